// Which models are shown, and in which order.
import type { Schemas } from '@/api/client'

export type ModelRow = Schemas['ModelRow']
export type Group = 'all' | 'base' | 'adapters' | 'others'
export type Order = 'name' | 'bytes' | 'modified' | 'rank'

const ADAPTERS = new Set(['lora', 'lycoris', 'hypernetwork', 'embedding'])

/** The group that a model's kind belongs to. */
export function groupOf(row: ModelRow): Group {
  if (row.kind === 'base') return 'base'
  return ADAPTERS.has(row.kind) ? 'adapters' : 'others'
}

/** Models of a group and a family whose path holds every word, in order. */
export function shown(rows: ModelRow[], wanted: { text: string; group: Group; family: string | null; order: Order; down: boolean }): ModelRow[] {
  const words = wanted.text.toLowerCase().split(/\s+/).filter(Boolean)
  const found = rows.filter(
    (row) =>
      (wanted.group === 'all' || groupOf(row) === wanted.group) &&
      (!wanted.family || row.family === wanted.family) &&
      words.every((word) => row.path.toLowerCase().includes(word)),
  )
  const sign = wanted.down ? -1 : 1
  const compare = (one: ModelRow, other: ModelRow): number =>
    wanted.order === 'name' ? one.name.localeCompare(other.name, undefined, { numeric: true }) : (one[wanted.order] ?? -1) - (other[wanted.order] ?? -1)
  return found.sort((one, other) => sign * compare(one, other))
}

/** The folder that a model lies in. */
export function folderOf(row: ModelRow): string {
  return row.path.slice(0, -row.name.length).replace(/[\\/]+$/, '')
}
