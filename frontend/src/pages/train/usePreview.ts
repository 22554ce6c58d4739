// What the draft's training will see, asked for anew when the draft changes, page by page otherwise.
import { onBeforeUnmount, reactive, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { api, data, type Problem } from '@/api/client'
import type { Values } from '@/form/types'
import { problemsOf } from '@/parts/failure'
import { latest } from '@/parts/latest'
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

/** Look ahead at the draft. */
export function usePreview(): Look {
  const { draft } = useDraft()
  const place = reactive<Place>({ epoch: 1, start: 0, bucket: null })
  const preview = shallowRef<Preview | null>(null)
  const problems = ref<Problem[]>([])
  const looking = ref(false)
  let fresh = true // until an answer comes: a page that is turned meanwhile must not take the older look

  const looks = latest(
    AFTER,
    (signal) => askPreview(sent(draft), place, fresh, signal),
    (answer) => {
      fresh = looking.value = false
      problems.value = answer.problems
      preview.value = answer.preview ?? null
      if (answer.preview) place.epoch = answer.preview.epoch.epoch
    },
    (error) => {
      looking.value = false
      problems.value = problemsOf(error)
    },
  )

  function look(now: boolean): void {
    looking.value = true
    looks.soon(now)
  }

  function go(change: Partial<Place>): void {
    Object.assign(place, { start: 0 }, change)
    look(true)
  }

  function anew(now: boolean): void {
    fresh = true
    Object.assign(place, { start: 0, bucket: null })
    look(now)
  }

  watch(() => JSON.stringify(sent(draft)), () => anew(false))
  onBeforeUnmount(looks.stop)
  look(true)
  return { place, preview, problems, looking, again: () => anew(true), go }
}
