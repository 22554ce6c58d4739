// What the server says of a program's values, asked for again shortly after each change.
import { computed, onScopeDispose, watch, type ComputedRef, type Ref } from 'vue'
import { api, data, type Schemas } from '@/api/client'
import { faultsOf } from '@/form/findings'
import type { Form, Values } from '@/form/types'
import { fieldsOf, held, written } from '@/form/values'
import { useCheck, type Checked } from '@/parts/check'

const AFTER = 500 // milliseconds without a change

export type ToolCheck = Schemas['ProgramCheck']

/** The server's word on the values. */
export interface ToolVerdict extends Omit<Checked<ToolCheck>, 'soon' | 'stop'> {
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
export function useToolCheck(program: string, values: Ref<Values>, form: Ref<Form | null>): ToolVerdict {
  const needed = computed(() => neededOf(form.value, values.value))
  const options = computed<ReadonlySet<string>>(() => new Set(form.value ? fieldsOf(form.value).keys() : []))
  let looks = false

  const { check, checking, silence, soon, stop } = useCheck<ToolCheck>(AFTER, (signal) => {
    const params = { path: { name: program }, query: { thorough: looks } }
    return data(api.POST('/api/programs/{name}/check', { params, body: { values: values.value }, signal }))
  })

  function ask(now: boolean, thorough: boolean): void {
    looks = thorough
    if (!needed.value.length) return soon(now)
    stop()
    check.value = null
  }

  watch(values, () => ask(false, false))
  onScopeDispose(stop)

  const faults = computed(() => faultsOf(check.value?.problems ?? [], options.value))
  return { check, checking, silence, faults, needed, options, again: (thorough = false) => ask(true, thorough) }
}
