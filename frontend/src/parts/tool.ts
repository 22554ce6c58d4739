// The way to a program's form with values in it.
import type { RouteLocationRaw } from 'vue-router'

/** Where a program's form stands open with these values, beside which the rest stays as it was left. */
export function toolWith(program: string, values: Record<string, unknown>): RouteLocationRaw {
  return { name: 'tool', params: { name: program }, query: { values: JSON.stringify(values) } }
}
