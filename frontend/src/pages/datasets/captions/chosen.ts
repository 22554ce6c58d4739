// Which pictures are chosen: one is looked at, several may be marked, and all that is found counts where none is.
import { computed, ref, type ComputedRef, type Ref } from 'vue'
import type { Draft, Query, Row, Selection } from './draft'

export interface Chosen {
  place: Ref<number | null>
  names: Ref<ReadonlySet<string>>
  row: ComputedRef<Row | undefined>
  rows: ComputedRef<Row[]>
  /** What an operation on many works on, and how many captions that is. */
  selection: ComputedRef<Selection>
  count: ComputedRef<number>
  toggle: (place: number, how: 'toggle' | 'range') => Promise<void>
  /** Mark all that is found; of more than `MOST` none is marked, which means all of them as well. */
  all: () => Promise<void>
  none: () => void
}

const MOST = 1000

export function useChosen(draft: Draft, query: Ref<Query>): Chosen {
  const place = ref<number | null>(null)
  const names = ref<ReadonlySet<string>>(new Set())

  const row = computed(() => (place.value === null ? undefined : draft.rows.value[place.value]))
  const rows = computed(() => draft.rows.value.filter((one): one is Row => !!one && names.value.has(one.name)))
  const selection = computed<Selection>(() => (names.value.size ? { names: [...names.value] } : { query: query.value }))
  const count = computed(() => names.value.size || (draft.total.value ?? 0))

  async function toggle(to: number, how: 'toggle' | 'range'): Promise<void> {
    const from = how === 'range' ? (place.value ?? to) : to
    const [first, last] = [Math.min(from, to), Math.max(from, to)]
    await draft.need(first, last)
    const marked = new Set(names.value)
    for (const one of draft.rows.value.slice(first, last + 1)) {
      if (!one) continue
      if (how === 'toggle' && marked.has(one.name)) marked.delete(one.name)
      else marked.add(one.name)
    }
    names.value = marked
    place.value = to
  }

  async function all(): Promise<void> {
    const last = (draft.total.value ?? 0) - 1
    if (last >= MOST) return none()
    await draft.need(0, last)
    names.value = new Set(draft.rows.value.flatMap((one) => (one ? [one.name] : [])))
  }

  function none(): void {
    names.value = new Set()
  }

  return { place, names, row, rows, selection, count, toggle, all, none }
}
