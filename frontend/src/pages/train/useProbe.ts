// Measuring what was suggested: begins a measurement, follows it, and puts what it found in the place of the estimate.
import { onScopeDispose, ref, shallowRef } from 'vue'
import { api, ApiError, data, type Schemas } from '@/api/client'

type Guide = Schemas['GuideAnswer']
type Answer = Schemas['ProbeAnswer']

/** Milliseconds between two looks at a measurement. */
const AGAIN = 1000

/** Looks that may fail one after the other before a measurement is given up. */
const TRIES = 5

/** Warning of the estimate, which a measurement knows better. */
const ESTIMATED = 'memory-short'

/** A guide's choices with what was measured: each change, and the batch size, has the measurement as its reason. */
export function measured(guide: Guide, found: Answer): Guide {
  const kept = guide.warnings.filter((one) => !found.fits || one.code !== ESTIMATED)
  const warnings = [...kept, ...found.warnings]
  const why = found.lines.at(-1)?.why
  if (!found.fits || !why) return { ...guide, warnings }
  const changed = guide.values.map((row) =>
    row.option in found.changes || row.option === 'train_batch_size'
      ? { ...row, value: row.option in found.changes ? found.changes[row.option] : row.value, why }
      : row,
  )
  const known = new Set(guide.values.map((row) => row.option))
  const more = Object.entries(found.changes).filter(([option]) => !known.has(option))
  return { ...guide, warnings, values: [...changed, ...more.map(([option, value]) => ({ option, value, why }))] }
}

function rest(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, AGAIN))
}

/** One measurement at a time; it is ended with the part of the page that began it. */
export function useProbe() {
  const lines = shallowRef<Answer['lines']>([])
  const running = ref(false)
  let id = ''
  let unwanted = false

  /** Measure values; returns what was found, null where it was ended. Throws what stops it. */
  async function run(body: Schemas['ProbeRequest']): Promise<Answer | null> {
    running.value = true
    unwanted = false
    lines.value = []
    try {
      id = (await data<Schemas['ProbeMade']>(api.POST('/api/probes', { body }))).id
      // a person may have thought otherwise before it had a name
      if (unwanted) await stop()
      for (;;) {
        const probe = await look()
        lines.value = probe.lines
        if (probe.state === 'done') return probe
        if (probe.state === 'stopped') return null
        if (probe.state === 'failed') throw new ApiError(422, probe.problems)
        await rest()
      }
    } finally {
      running.value = false
      id = ''
    }
  }

  /** See how far it is. What keeps failing, and what is refused, gives it up: nobody would know of it any more. */
  async function look(): Promise<Answer> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await data<Answer>(api.GET('/api/probes/{probe_id}', place()))
      } catch (error) {
        const refused = error instanceof ApiError && error.status >= 400 && error.status < 500
        if (refused || tries === TRIES) {
          await stop().catch(() => undefined) // the first failure says more
          throw error
        }
        await rest()
      }
    }
  }

  async function stop(): Promise<void> {
    unwanted = true
    if (id) await api.DELETE('/api/probes/{probe_id}', place())
  }

  function place() {
    return { params: { path: { probe_id: id } } }
  }

  onScopeDispose(() => void stop().catch(() => undefined)) // nobody is there to be told
  return { lines, running, run, stop }
}
