// One job as its page sees it: the row lives in the stream of the studio, the rest is asked for when the row changes.
import { computed, onScopeDispose, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue'
import { ApiError, api, data, type Schemas } from '@/api/client'
import { followJob, useStudio, type JobEvent, type JobRow } from '@/live/stream'
import { hasEnded, isTraining } from './states'

export type JobDetail = Schemas['JobDetail']

/** Warnings that are kept: a program may have one for every picture. */
const MOST = 500

/** Least milliseconds between two questions for what is new. */
const PAUSE = 1500

export interface Job {
  row: ComputedRef<JobRow | null>
  detail: Ref<JobDetail | null>
  missing: Ref<boolean>
  failure: Ref<unknown>
  /** Grows when there is something new to ask for. */
  beat: Ref<number>
  reload: () => Promise<void>
}

/** Follow one job. */
export function useJob(id: string): Job {
  const { jobs, connected } = useStudio()
  const detail = shallowRef<JobDetail | null>(null)
  const missing = ref(false)
  const failure = ref<unknown>(null)
  const row = computed(() => jobs.value.get(id) ?? detail.value?.row ?? null)

  async function reload(): Promise<void> {
    try {
      detail.value = await data<JobDetail>(api.GET('/api/jobs/{job_id}', { params: { path: { job_id: id } } }))
      missing.value = false
      failure.value = null
    } catch (error) {
      missing.value = error instanceof ApiError && error.status === 404
      failure.value = error
    }
  }

  watch([() => row.value?.state, () => row.value?.resumable, connected], reload, { immediate: true })
  return { row, detail, missing, failure, beat: useBeat(row), reload }
}

/** A number that grows with a job's row, at once when its state changes, else not more often than one can look. */
function useBeat(row: ComputedRef<JobRow | null>): Ref<number> {
  const beat = ref(0)
  let timer: number | undefined
  const strike = (): void => {
    timer = undefined
    beat.value += 1
  }
  watch(
    () => [row.value?.state, row.value?.sample, row.value?.step, row.value?.stage] as const,
    (now, before) => {
      if (now[0] !== before[0]) strike()
      else timer ??= window.setTimeout(strike, PAUSE)
    },
  )
  onScopeDispose(() => window.clearTimeout(timer))
  return beat
}

/** What a job warns of. */
export interface Warning {
  code: string
  text: string
}

/** What a job told before its first step. */
export interface Opening {
  /** How far the stage under way is. */
  part: Ref<{ done: number; total: number } | null>
  warnings: Ref<Warning[]>
}

/** Follow a job's events, of a training up to its first step: those before it are few, those after it are in its row. */
export function useOpening(job: Job, id: string): Opening {
  const part = ref<{ done: number; total: number } | null>(null)
  const warnings = ref<Warning[]>([])
  let close = (): void => undefined

  function take(event: JobEvent): void {
    if (event.kind === 'stage' || event.kind === 'progress') part.value = null
    if (event.kind === 'stage_progress') part.value = { done: Number(event.done), total: Number(event.total) }
    else if (event.kind === 'warning' && warnings.value.length < MOST) warnings.value.push({ code: String(event.code), text: String(event.text) })
    else if (event.kind === 'progress' && job.row.value && isTraining(job.row.value)) close()
  }

  const begun = computed(() => job.row.value !== null && job.row.value.state !== 'queued')
  const ended = computed(() => job.row.value !== null && hasEnded(job.row.value))
  watch(begun, (now) => now && (close = followJob(id, take)), { immediate: true })
  watch(ended, (now) => now && (part.value = null))
  onScopeDispose(() => close())
  return { part, warnings }
}
