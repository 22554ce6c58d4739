// The check and the file of the draft, asked for again shortly after each change.
import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { api, data, type Problem, type Schemas } from '@/api/client'
import type { Values } from '@/form/types'
import { problemsOf } from '@/parts/failure'
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
export interface Verdict {
  check: ShallowRef<Check | null>
  toml: ShallowRef<Toml | null>
  checking: Ref<boolean>
  /** Why the last check got no answer; empty: it got one. */
  silence: Ref<Problem[]>
  /** What is wrong, by the option that it names first. */
  faults: ComputedRef<Map<string, string>>
  again: () => void
}

/** One thing that is wrong, and the option that it is about. */
export interface Finding {
  option: string
  text: string
}

/** What a problem says, one finding a line where its message is a list. */
export function findingsOf(problem: Problem, options: ReadonlySet<string>): Finding[] {
  const [head = '', ...items] = problem.message.split(/\n\s*- /)
  const texts = items.length ? items : [`${problem.message} ${problem.hint ?? ''}`]
  const about = items.length ? headOption(head, options) : undefined
  return texts.map((text) => ({ option: about ?? optionOf(text, options) ?? '', text: text.trim() }))
}

/** What problems say, by the option that each thing is about. */
export function faultsOf(problems: Problem[], options: ReadonlySet<string>): Map<string, string> {
  const found = new Map<string, string>()
  const all = problems.flatMap((problem) => findingsOf(problem, options))
  for (const { option, text } of all) if (option) found.set(option, [found.get(option), text].filter(Boolean).join('\n'))
  return found
}

/** Option that the head of a list names as what all of it is about: `concepts_list: 2 things are wrong`. */
function headOption(head: string, options: ReadonlySet<string>): string | undefined {
  const name = /(?:^|\()([a-z]+_[a-z_]+)\)?: \d+ thing/.exec(head)?.[1]
  return name && options.has(name) ? name : undefined
}

function optionOf(text: string, options: ReadonlySet<string>): string | undefined {
  const words = text.match(/[A-Za-z_][A-Za-z0-9_]*/g) ?? []
  const known = words.filter((word) => options.has(word))
  // Short names such as `seed` or `vae` are also words of a sentence: a name with an underscore is surer.
  return known.find((word) => word.includes('_')) ?? known[0]
}

/** Follow the draft with check and file; `options` are those of the form that is shown. */
export function useVerdict(options: Ref<ReadonlySet<string>>, unreachable: () => Problem): Verdict & { stop: () => void } {
  const { draft } = useDraft()
  const check = shallowRef<Check | null>(null)
  const toml = shallowRef<Toml | null>(null)
  const checking = ref(false)
  const silence = ref<Problem[]>([])

  const checks = latest(
    CHECK_AFTER,
    (signal) => askCheck(sent(draft), signal),
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
  const files = latest(
    FILE_AFTER,
    (signal) => data<Toml>(api.POST('/api/configs/toml', { body: { values: sent(draft) }, signal })),
    (answer) => (toml.value = answer),
    () => (toml.value = null),
  )

  function ask(now: boolean): void {
    checking.value = true
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
