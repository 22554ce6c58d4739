// Settings of several jobs beside one another: only what differs.
import type { Schemas } from '@/api/client'

type Difference = Schemas['Difference']

/** An option and its value in each job. */
export interface DiffRow {
  option: string
  values: unknown[]
}

/** The differences of two jobs. */
export function rowsOfPair(differences: Difference[]): DiffRow[] {
  return differences.map((one) => ({ option: one.option, values: [one.left, one.right] }))
}

/** The differences of a first job from each other one, as one table: where none is told the first one's value holds. */
export function rowsOfMany(differences: Difference[][]): DiffRow[] {
  const first = new Map<string, unknown>()
  for (const one of differences.flat()) first.set(one.option, one.left)
  const tables = differences.map((list) => new Map(list.map((one) => [one.option, one.right])))
  return [...first].map(([option, left]) => ({
    option,
    values: [left, ...tables.map((table) => (table.has(option) ? table.get(option) : left))],
  }))
}

/** A value as a settings file would say it. */
export function textOf(value: unknown): string {
  return value === null || value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value)
}
