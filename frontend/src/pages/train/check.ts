// The check and the file of the draft, asked for again shortly after each change.
import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { api, data, type Problem, type Schemas } from '@/api/client'
import type { Values } from '@/form/types'
import { problemsOf } from '@/parts/failure'
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

/** Ask `work` once nothing has changed for a while; an answer that comes after a newer question is dropped. */
function latest<T>(after: number, work: (signal: AbortSignal) => Promise<T>, take: (answer: T) => void, fail: (error: unknown) => void) {
  let timer: number | undefined
  let running: AbortController | null = null
  async function ask(): Promise<void> {
    const mine = new AbortController()
    running = mine
    try {
      const answer = await work(mine.signal)
      if (running === mine) take(answer)
    } catch (error) {
      if (running === mine) fail(error)
    }
  }
  function stop(): void {
    window.clearTimeout(timer)
    running?.abort()
    running = null
  }
  function soon(now = false): void {
    stop()
    timer = window.setTimeout(() => void ask(), now ? 0 : after)
  }
  return { soon, stop }
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

  const faults = computed(() => {
    const found = new Map<string, string>()
    const all = (check.value?.problems ?? []).flatMap((problem) => findingsOf(problem, options.value))
    for (const { option, text } of all) if (option) found.set(option, [found.get(option), text].filter(Boolean).join('\n'))
    return found
  })

  function stop(): void {
    checks.stop()
    files.stop()
  }
  return { check, toml, checking, silence, faults, again: () => ask(true), stop }
}
