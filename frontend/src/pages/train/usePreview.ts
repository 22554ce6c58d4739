// What the draft's training will see, asked for anew when the draft changes, page by page otherwise.
import { onBeforeUnmount, reactive, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { api, data, type Problem } from '@/api/client'
import type { Values } from '@/form/types'
import { problemsOf } from '@/parts/failure'
import { sent, useDraft } from './draft'

const AFTER = 700 // milliseconds without a change
/** Batches on a page. */
export const BATCHES = 8

function askPreview(values: Values, place: Place, fresh: boolean, signal: AbortSignal) {
  return data(api.POST('/api/preview', { body: { values, ...place, limit: BATCHES, fresh }, signal }))
}

/** What the server foresees, as it comes over the wire. */
export type Preview = NonNullable<Awaited<ReturnType<typeof askPreview>>['preview']>
export type Batch = Preview['batches'][number]
export type Picture = Batch['pictures'][number]

/** Which part of the training is looked at. */
export interface Place {
  epoch: number
  start: number
  bucket: [number, number] | null
}

interface Look {
  place: Place
  preview: ShallowRef<Preview | null>
  problems: Ref<Problem[]>
  looking: Ref<boolean>
  again: () => void
  go: (change: Partial<Place>) => void
}

/** Look ahead at the draft; `unreachable` is what to say when the server does not answer. */
export function usePreview(unreachable: () => Problem): Look {
  const { draft } = useDraft()
  const place = reactive<Place>({ epoch: 1, start: 0, bucket: null })
  const preview = shallowRef<Preview | null>(null)
  const problems = ref<Problem[]>([])
  const looking = ref(false)
  let running: AbortController | null = null
  let timer: number | undefined

  async function ask(fresh: boolean): Promise<void> {
    running?.abort()
    const mine = new AbortController()
    running = mine
    looking.value = true
    try {
      const answer = await askPreview(sent(draft), place, fresh, mine.signal)
      if (running !== mine) return
      problems.value = answer.problems
      preview.value = answer.preview ?? null
      if (answer.preview) place.epoch = answer.preview.epoch.epoch
    } catch (error) {
      if (running === mine) problems.value = problemsOf(error, unreachable())
    } finally {
      if (running === mine) looking.value = false
    }
  }

  function go(change: Partial<Place>): void {
    Object.assign(place, { start: 0 }, change)
    void ask(false)
  }

  function again(): void {
    Object.assign(place, { start: 0, bucket: null })
    void ask(true)
  }

  watch(() => JSON.stringify(sent(draft)), () => {
    window.clearTimeout(timer)
    timer = window.setTimeout(again, AFTER)
  })
  onBeforeUnmount(() => {
    window.clearTimeout(timer)
    running?.abort()
    running = null
  })
  void ask(true)
  return { place, preview, problems, looking, again, go }
}
