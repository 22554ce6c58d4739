// A job's log: its end first, then what is added to it, and what stands before it when asked for.
import { onScopeDispose, ref, shallowRef, type Ref } from 'vue'
import { api, data, type Schemas } from '@/api/client'
import { linesOfText } from './lines'

type Part = Schemas['LogPart']

/** Bytes asked for at once. */
const PART = 1 << 20
/** Bytes without an end of line at their end that are asked for again each time. */
const WINDOW = 1 << 16

export interface Log {
  lines: Ref<string[]>
  /** Bytes before the first line that is here. */
  before: Ref<number>
  loading: Ref<boolean>
  failure: Ref<unknown>
  /** Fetch what was added. */
  goOn: () => Promise<void>
  /** Fetch what stands before; answers how many lines came. */
  back: () => Promise<number>
}

/** Lines with more behind them: the first of these goes on from the last of those, which was not finished. */
function joined(known: string[], more: string[]): string[] {
  return [...known.slice(0, -1), (known.at(-1) ?? '') + more[0]!, ...more.slice(1)]
}

/** The log of a job. */
export function useLog(id: string): Log {
  const lines = shallowRef<string[]>([])
  const before = ref(0)
  const loading = ref(false)
  const failure = ref<unknown>(null)
  let settled: string[] = []
  let anchor: number | null = null // where the settled lines end, in bytes
  let seen = -1
  let open = true

  function part(start: number, limit: number): Promise<Part> {
    return data(api.GET('/api/jobs/{job_id}/log', { params: { path: { job_id: id }, query: { start, limit } } }))
  }

  /** Do one thing at a time; what is asked for meanwhile is left out, since it is asked for again soon. */
  async function alone<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
    if (loading.value) return otherwise
    loading.value = true
    try {
      const answer = await work()
      failure.value = null
      return answer
    } catch (error) {
      failure.value = error
      return otherwise
    } finally {
      loading.value = false
    }
  }

  /** Fetch from the last end of a line on: a bar that draws itself anew replaces what it was before. */
  async function fetchMore(): Promise<void> {
    while (open) {
      const found = await part(anchor ?? -PART, PART)
      if (anchor === null) before.value = anchor = found.start
      if (found.next === seen) return
      seen = found.next
      if (found.text) lines.value = joined(settled, linesOfText(found.text))
      if (found.text.endsWith('\n') || found.next - anchor > WINDOW) {
        settled = lines.value
        anchor = found.next
      }
      if (found.next >= found.size) return
    }
  }

  async function fetchBefore(): Promise<number> {
    const start = Math.max(0, before.value - PART)
    const found = await part(start, before.value - start)
    const more = linesOfText(found.text)
    lines.value = joined(more, lines.value)
    settled = settled.length ? joined(more, settled) : more
    before.value = found.start
    return more.length - 1
  }

  const goOn = (): Promise<void> => alone(fetchMore, undefined)
  const back = (): Promise<number> => alone(fetchBefore, 0)
  onScopeDispose(() => (open = false))
  void goOn()
  return { lines, before, loading, failure, goOn, back }
}
