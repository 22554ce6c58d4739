// What the server says of a program's values, asked for again shortly after each change.
import { computed, onScopeDispose, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { api, data, type Problem, type Schemas } from '@/api/client'
import type { Form, Values } from '@/form/types'
import { fieldsOf, held, written } from '@/form/values'
import { problemsOf } from '@/parts/failure'
import { latest } from '@/parts/latest'
import { faultsOf } from '../train/check'

const AFTER = 500 // milliseconds without a change

export type ToolCheck = Schemas['ProgramCheck']

/** The server's word on the values. */
export interface ToolVerdict {
  check: ShallowRef<ToolCheck | null>
  checking: Ref<boolean>
  /** Why the last check got no answer; empty: it got one. */
  silence: Ref<Problem[]>
  /** What is wrong, by the option that it is about. */
  faults: ComputedRef<Map<string, string>>
  /** What must be filled in first. */
  needed: ComputedRef<string[]>
  options: ComputedRef<ReadonlySet<string>>
  /** Ask again at once, looking at every picture where that is wanted. */
  again: (thorough?: boolean) => void
}

/** Options that must be filled in and are not yet. */
export function neededOf(form: Form | null, values: Values): string[] {
  const fields = form ? [...fieldsOf(form).values()] : []
  return fields.filter((field) => !field.nullable && field.default === null && !written(held(field, values)).trim()).map((field) => field.name)
}

/** Follow the values of a program; nothing is asked while something must be filled in first. */
export function useToolCheck(program: string, values: Ref<Values>, form: Ref<Form | null>, unreachable: () => Problem): ToolVerdict {
  const needed = computed(() => neededOf(form.value, values.value))
  const options = computed<ReadonlySet<string>>(() => new Set(form.value ? fieldsOf(form.value).keys() : []))
  const check = shallowRef<ToolCheck | null>(null)
  const checking = ref(false)
  const silence = ref<Problem[]>([])
  let looks = false

  const checks = latest(
    AFTER,
    (signal) => {
      const params = { path: { name: program }, query: { thorough: looks } }
      return data<ToolCheck>(api.POST('/api/programs/{name}/check', { params, body: { values: values.value }, signal }))
    },
    (answer) => {
      check.value = answer
      silence.value = []
      checking.value = false
    },
    (error) => {
      silence.value = problemsOf(error, unreachable())
      checking.value = false
    },
  )

  function ask(now: boolean, thorough: boolean): void {
    looks = thorough
    checking.value = !needed.value.length
    if (checking.value) return checks.soon(now)
    check.value = null
    checks.stop()
  }

  watch(values, () => ask(false, false))
  onScopeDispose(checks.stop)

  const faults = computed(() => faultsOf(check.value?.problems ?? [], options.value))
  return { check, checking, silence, faults, needed, options, again: (thorough = false) => ask(true, thorough) }
}
