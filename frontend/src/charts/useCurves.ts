// Curves of one or several jobs: thinned by the server, continued while they run, asked for anew where one zooms in.
import { ref, shallowRef, watch, type Ref } from 'vue'
import { api, data, type Schemas } from '@/api/client'
import type { Line } from './series'

export type Metrics = Schemas['MetricsAnswer']
type Series = Schemas['Series']

/** Points asked for a curve; with two pixels a point more than any screen shows. */
const POINTS = 1500

/** As the last step of a range: no bound. */
const OPEN = 0

/** Tags of curves that are means or plans, which smoothing would only delay. */
const STEADY = /average|^lr\/|^progress\//

/** What is known of the jobs' curves, and what changes it. */
export interface Curves {
  /** By job. */
  answers: Ref<Map<string, Metrics>>
  range: Ref<[number, number] | null>
  loading: Ref<boolean>
  failure: Ref<unknown>
  zoom: (range: [number, number] | null) => Promise<void>
  /** Fetch what came since the last time. */
  goOn: (id: string) => Promise<void>
}

async function fetched(id: string, range: [number, number] | null): Promise<Metrics> {
  const bounds = range ? { first: range[0], last: range[1] } : {}
  return data(
    api.GET('/api/jobs/{job_id}/metrics', { params: { path: { job_id: id }, query: { points: POINTS, ...bounds } } }),
  )
}

function continued(known: Series | undefined, more: Series): Series {
  if (!known) return more
  const last = known.steps.at(-1) ?? -1
  const start = more.steps.findIndex((step) => step > last)
  if (start < 0) return known
  return {
    steps: known.steps.concat(more.steps.slice(start)),
    values: known.values.concat(more.values.slice(start)),
    count: known.count + more.steps.length - start,
  }
}

/** Known curves with what came after them. */
export function joined(known: Metrics, more: Metrics): Metrics {
  const series = { ...known.series }
  for (const [tag, one] of Object.entries(more.series)) series[tag] = continued(known.series[tag], one)
  return { tags: Object.keys(series), series, last_step: Math.max(known.last_step, more.last_step) }
}

/** Whether live points have piled up beyond what is worth drawing. */
function crowded(metrics: Metrics): boolean {
  return Object.values(metrics.series).some((one) => one.steps.length > 2 * POINTS)
}

/** Lines of one job for the tags of a group; names are the tags without the group's own. */
export function linesOf(metrics: Metrics, tags: string[]): Line[] {
  return tags.flatMap((tag) => {
    const one = metrics.series[tag]
    return one ? [{ label: tag, steps: one.steps, values: one.values, steady: STEADY.test(tag) }] : []
  })
}

/** Places of the charts below one another; others stand in the middle. */
const RANKS: Record<string, number> = { loss: 1, validation: 2, lr: 3, speed: 8, memory: 9 }
const MIDDLE = 5

/**
 * Tags by chart, in each the means last so that they lie on top.
 *
 * A chart is what stands before the first slash; the validation's losses have one apart from the training's, and speed
 * and memory one each, since they have no unit in common.
 */
export function groupsOf(tags: string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const tag of [...tags].sort().reverse()) {
    const [first, second] = tag.split('/')
    const name = tag.startsWith('loss/validation') ? 'validation' : first === 'progress' ? second! : first!
    groups.set(name, [...(groups.get(name) ?? []), tag])
  }
  const rank = (name: string): number => RANKS[name] ?? MIDDLE
  return new Map([...groups].sort(([one], [other]) => rank(one) - rank(other)))
}

/** Follow the curves of jobs; what the ids are may change. */
export function useCurves(ids: () => string[]): Curves {
  const answers = shallowRef(new Map<string, Metrics>())
  const range = ref<[number, number] | null>(null)
  const loading = ref(true)
  const failure = ref<unknown>(null)
  const busy = new Set<string>()
  let turn = 0

  async function fill(): Promise<void> {
    const mine = ++turn
    const wanted = ids()
    try {
      const all = await Promise.all(wanted.map((id) => fetched(id, range.value)))
      if (mine !== turn) return
      answers.value = new Map(wanted.map((id, at) => [id, all[at]!]))
      failure.value = null
    } catch (error) {
      if (mine === turn) failure.value = error
    } finally {
      if (mine === turn) loading.value = false
    }
  }

  async function goOn(id: string): Promise<void> {
    const known = answers.value.get(id)
    if (range.value || busy.has(id)) return
    if (!known || crowded(known)) return fill()
    const mine = turn
    busy.add(id)
    try {
      const more = await fetched(id, [known.last_step, OPEN])
      if (mine === turn) answers.value = new Map(answers.value).set(id, joined(known, more))
    } catch (error) {
      failure.value = error
    } finally {
      busy.delete(id)
    }
  }

  async function zoom(wanted: [number, number] | null): Promise<void> {
    range.value = wanted
    await fill()
  }

  watch(() => ids().join('\n'), fill, { immediate: true })
  return { answers, range, loading, failure, zoom, goOn }
}
