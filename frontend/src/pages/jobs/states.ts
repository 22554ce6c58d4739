// What a job's state means to the page.
import type { JobRow } from '@/live/stream'

export type State = JobRow['state']

const ENDED: ReadonlySet<State> = new Set<State>(['done', 'stopped', 'failed', 'lost'])

/** States in the order of a job's life, as a filter offers them. */
export const ENDINGS: State[] = ['done', 'stopped', 'failed', 'lost']

/** How many jobs can be compared at once: as many as there are colours of curves. */
export const MOST_COMPARED = 6

/** Whether nothing more will happen. */
export function hasEnded(row: JobRow): boolean {
  return ENDED.has(row.state)
}

/** Whether a process works on it. */
export function isAlive(row: JobRow): boolean {
  return row.state === 'running' || row.state === 'stopping'
}

/** Whether it trains; other programs have no steps, curves and samples. */
export function isTraining(row: JobRow): boolean {
  return row.program === 'train'
}

/** The address that fills a form with what a job was asked for. */
export function againOf(row: JobRow): string {
  return `${isTraining(row) ? '/train' : `/tools/${row.program}`}?job=${row.id}`
}

/** Share of the steps that are done, 0 to 100; null where it is not known yet. */
export function percent(row: JobRow): number | null {
  return row.total > 0 ? Math.min(100, (100 * row.step) / row.total) : null
}

/** Seconds that it ran or has run; null where it never started. */
export function lasted(row: JobRow, now: number): number | null {
  if (row.started === null) return null
  return Math.max(0, (row.ended ?? now) - row.started)
}

/** Jobs by id as they are called: their names, with the id where two have the same. */
export function labelsOf(rows: JobRow[]): Map<string, string> {
  const count = new Map<string, number>()
  for (const row of rows) count.set(row.name, (count.get(row.name) ?? 0) + 1)
  return new Map(rows.map((row) => [row.id, count.get(row.name)! > 1 ? `${row.name} (${row.id})` : row.name]))
}
