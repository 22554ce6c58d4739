// A list of thousands: parts of it are fetched when they come into sight.
import { onBeforeUnmount, ref, shallowRef, type Ref, type ShallowRef } from 'vue'

/** A part of a list as the server answers it. */
export interface Page<Row> {
  total: number
  start: number
  rows: Row[]
}

/** A list whose rows are there or not yet. */
export interface Pages<Row> {
  rows: ShallowRef<(Row | undefined)[]>
  /** Null until the first answer. */
  total: Ref<number | null>
  /** Fetch what is missing of these places, which are in sight from now on. */
  need: (first: number, last: number) => Promise<void>
  /** List anew what is in sight, or its beginning; false where a newer question has been asked meanwhile. */
  anew: (fromTop?: boolean) => Promise<boolean>
  /** Fetch a part again. */
  refresh: (place: number) => Promise<Row | undefined>
  put: (place: number, row: Row) => void
}

/** Rows by parts of `size`; where one tells that the list is longer or shorter by now it is listed anew, by `moved` if given. */
export function usePages<Row>(size: number, page: (start: number) => Promise<Page<Row>>, moved?: () => Promise<unknown>): Pages<Row> {
  const rows = shallowRef<(Row | undefined)[]>([])
  const total = ref<number | null>(null)
  const coming = new Set<number>()
  let inSight: [number, number] = [0, 0]
  let asked = 0

  /** Starts of the parts that hold these places. */
  function startsOf(first: number, last: number): number[] {
    const from = Math.floor(first / size)
    return Array.from({ length: Math.max(0, Math.floor(last / size) - from + 1) }, (_, index) => (from + index) * size)
  }

  async function fetchPart(start: number): Promise<void> {
    if (coming.has(start)) return
    const mine = asked
    coming.add(start)
    try {
      const answer = await page(start)
      if (mine !== asked) return
      if (total.value !== answer.total) return void (await (moved ?? anew)())
      show(rows.value, [answer])
    } finally {
      if (mine === asked) coming.delete(start)
    }
  }

  /** Show a list with these parts in it: a new one, so that what shows it sees the change. */
  function show(before: (Row | undefined)[], parts: Omit<Page<Row>, 'total'>[]): void {
    const now = before.slice()
    for (const part of parts) part.rows.forEach((row, index) => (now[part.start + index] = row))
    rows.value = now
  }

  async function anew(fromTop = false): Promise<boolean> {
    if (fromTop) inSight = [0, 0]
    asked += 1
    coming.clear()
    const mine = asked
    try {
      const parts = await Promise.all(startsOf(...inSight).map(page))
      if (mine !== asked) return false
      total.value = parts[0]!.total
      show(new Array<undefined>(total.value), parts)
      return true
    } catch (error) {
      if (mine === asked) throw error
      return false
    }
  }

  async function need(first: number, last: number): Promise<void> {
    inSight = [first, last]
    const end = Math.min(last, rows.value.length - 1)
    const missing = startsOf(first, end).filter((start) => rows.value.slice(Math.max(first, start), Math.min(end + 1, start + size)).includes(undefined))
    await Promise.all(missing.map(fetchPart))
  }

  async function refresh(place: number): Promise<Row | undefined> {
    await fetchPart(place - (place % size))
    return rows.value[place]
  }

  function put(place: number, row: Row): void {
    show(rows.value, [{ start: place, rows: [row] }])
  }

  onBeforeUnmount(() => (asked += 1))
  return { rows, total, need, anew, refresh, put }
}
