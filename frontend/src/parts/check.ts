// The server's newest word on what is filled in: the answer, or why there is none.
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import type { Problem } from '@/api/client'
import { problemsOf } from './failure'
import { latest } from './latest'

/** A check that is asked for again after each change. */
export interface Checked<T> {
  check: ShallowRef<T | null>
  checking: Ref<boolean>
  /** Why the last check got no answer; empty: it got one. */
  silence: Ref<Problem[]>
  soon: (now: boolean) => void
  stop: () => void
}

/** Follow a check; `after` is how many milliseconds nothing has to change before it is asked for. */
export function useCheck<T>(after: number, ask: (signal: AbortSignal) => Promise<T>): Checked<T> {
  const check = shallowRef<T | null>(null)
  const checking = ref(false)
  const silence = ref<Problem[]>([])

  function take(answer: T | null, problems: Problem[]): void {
    if (answer !== null) check.value = answer
    silence.value = problems
    checking.value = false
  }

  const asks = latest(after, ask, (answer) => take(answer, []), (error) => take(null, problemsOf(error)))

  function soon(now: boolean): void {
    checking.value = true
    asks.soon(now)
  }

  function stop(): void {
    checking.value = false
    asks.stop()
  }
  return { check, checking, silence, soon, stop }
}
