// Pictures of a folder, thousands of them: parts of the list are fetched when they come into sight.
import { onBeforeUnmount, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { api, data, type Schemas } from '@/api/client'

export type PictureRow = Schemas['PictureRow']
export type Captions = 'all' | 'with' | 'without'

/** Which pictures are listed. */
export interface Question {
  path: string
  text: string
  captions: Captions
}

const PART = 200

/** A list whose rows are there or not yet. */
export interface Listing {
  rows: ShallowRef<(PictureRow | undefined)[]>
  total: Ref<number | null>
  ask: (question: Question) => Promise<void>
  need: (first: number, last: number) => Promise<void>
  refresh: (place: number) => Promise<PictureRow | undefined>
  put: (place: number, row: PictureRow) => void
}

/** The list of the page. */
export function useListing(onFailure: (error: unknown) => void): Listing {
  const rows = shallowRef<(PictureRow | undefined)[]>([])
  const total = ref<number | null>(null)
  const coming = new Set<number>()
  let question: Question | null = null
  let stamp = 0

  async function fetchPart(part: number): Promise<void> {
    if (!question || coming.has(part)) return
    const asked = stamp
    coming.add(part)
    try {
      const query = { ...question, start: part * PART, limit: PART }
      const answer = await data<Schemas['PicturePage']>(api.GET('/api/datasets/pictures', { params: { query } }))
      if (asked !== stamp) return
      if (total.value !== answer.total) {
        rows.value = rows.value.slice(0, answer.total)
        rows.value.length = answer.total
        total.value = answer.total
      }
      answer.pictures.forEach((row, index) => (rows.value[answer.start + index] = row))
      rows.value = rows.value.slice() // a new list, so that what shows it sees the change
    } finally {
      if (asked === stamp) coming.delete(part)
    }
  }

  async function ask(wanted: Question): Promise<void> {
    question = wanted
    stamp += 1
    coming.clear()
    const asked = stamp
    const before = rows.value
    rows.value = []
    try {
      await fetchPart(0)
    } catch (error) {
      if (asked !== stamp) return
      rows.value = before
      total.value ??= 0
      onFailure(error)
    }
  }

  async function need(first: number, last: number): Promise<void> {
    const wanted: Promise<void>[] = []
    for (let part = Math.floor(first / PART); part <= Math.floor(last / PART); part += 1) {
      const from = Math.max(first, part * PART)
      const to = Math.min(last, (part + 1) * PART - 1, rows.value.length - 1)
      if (from <= to && rows.value.slice(from, to + 1).includes(undefined)) wanted.push(fetchPart(part))
    }
    await Promise.all(wanted).catch(onFailure)
  }

  async function refresh(place: number): Promise<PictureRow | undefined> {
    await fetchPart(Math.floor(place / PART))
    return rows.value[place]
  }

  function put(place: number, row: PictureRow): void {
    rows.value[place] = row
    rows.value = rows.value.slice() // a new list, so that what shows it sees the change
  }

  onBeforeUnmount(() => (stamp += 1))
  return { rows, total, ask, need, refresh, put }
}
