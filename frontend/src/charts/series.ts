// Curves as plain arrays: smoothing, the same axis for several, the part that a logarithm can show.
import uPlot from 'uplot'

export type Values = (number | null)[]

/** One curve: its name, where it is known, and its values there. */
export interface Line {
  label: string
  steps: number[]
  values: Values
  /** Smooth by nature, as a running mean is: it is drawn as it is. */
  steady?: boolean
}

/**
 * Exponential running mean without the bias of its start.
 *
 * @param weight How much of the past stays at each point: 0 (nothing is smoothed) to below 1.
 */
export function smoothed(values: Values, weight: number): Values {
  let mean = 0
  let share = 1
  return values.map((value) => {
    if (value === null) return null
    mean = mean * weight + value * (1 - weight)
    share *= weight
    return mean / (1 - share)
  })
}

/** Values above zero; others become gaps, since a logarithmic scale has no place for them. */
export function positive(values: Values): Values {
  return values.map((value) => (value !== null && value > 0 ? value : null))
}

/** All lines on one axis: a row of steps, then a row of values a line, null where a line is not known. */
export function aligned(lines: Line[]): uPlot.AlignedData {
  if (!lines.length) return [[]]
  return uPlot.join(lines.map((line) => [line.steps, line.values] as uPlot.AlignedData))
}

/** The last known value of a line. */
export function lastValue(line: Line): number | null {
  for (let place = line.values.length - 1; place >= 0; place -= 1) {
    const value = line.values[place]
    if (value !== null && value !== undefined) return value
  }
  return null
}

/** The value of a line at a step, or at the last known step before it. */
export function valueAt(line: Line, step: number): number | null {
  let low = 0
  let high = line.steps.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (line.steps[middle]! <= step) low = middle + 1
    else high = middle
  }
  for (let place = low - 1; place >= 0; place -= 1) {
    const value = line.values[place]
    if (value !== null && value !== undefined) return value
  }
  return null
}
