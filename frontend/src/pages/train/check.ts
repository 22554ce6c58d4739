// The check and the file of the draft, asked for again shortly after each change.
import { computed, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { api, data, type Schemas } from '@/api/client'
import { faultsOf } from '@/form/findings'
import type { Values } from '@/form/types'
import { useCheck, type Checked } from '@/parts/check'
import { latest } from '@/parts/latest'
import { sent, useDraft } from './draft'

const CHECK_AFTER = 700 // milliseconds without a change
const FILE_AFTER = 250

function askCheck(values: Values, signal: AbortSignal) {
  return data(api.POST('/api/configs/check', { body: { values }, signal }))
}

/** The check's answer as it comes over the wire. */
export type Check = Awaited<ReturnType<typeof askCheck>>
export type Toml = Schemas['TomlAnswer']

/** The server's word on the draft. */
export interface Verdict extends Omit<Checked<Check>, 'soon'> {
  toml: ShallowRef<Toml | null>
  /** What is wrong, by the option that it names first. */
  faults: ComputedRef<Map<string, string>>
  again: () => void
}

/** Follow the draft with check and file; `options` are those of the form that is shown. */
export function useVerdict(options: Ref<ReadonlySet<string>>): Verdict {
  const { draft } = useDraft()
  const toml = shallowRef<Toml | null>(null)
  const { check, checking, silence, ...checks } = useCheck<Check>(CHECK_AFTER, (signal) => askCheck(sent(draft), signal))
  const files = latest(
    FILE_AFTER,
    (signal) => data<Toml>(api.POST('/api/configs/toml', { body: { values: sent(draft) }, signal })),
    (answer) => (toml.value = answer),
    () => (toml.value = null),
  )

  function ask(now: boolean): void {
    checks.soon(now)
    files.soon(now)
  }

  watch(() => JSON.stringify(sent(draft)), () => ask(false))

  const faults = computed(() => faultsOf(check.value?.problems ?? [], options.value))

  function stop(): void {
    checks.stop()
    files.stop()
  }
  return { check, toml, checking, silence, faults, again: () => ask(true), stop }
}
