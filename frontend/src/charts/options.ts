// What uPlot is told: axes, scales, cursor and strokes of a chart.
import uPlot from 'uplot'
import { curveColour, faded } from './colours'

/** What a chart looks like, apart from its data. */
export interface Style {
  /** Names of the lines, and whether each is drawn smoothed over its own faint shadow. */
  lines: { label: string; smooth: boolean }[]
  log: boolean
  time: boolean
  dark: boolean
  text: string
  grid: string
  font: string
  /** Charts of the same name show their cursors together. */
  group: string
  /** Largest value of the upright axis; undefined: as the data have it. */
  top: number | undefined
  format: (value: number) => string
}

/** What a chart tells. */
export interface Hooks {
  cursor: (step: number | null) => void
  zoom: (range: [number, number] | null) => void
}

const AXIS_WIDTH = 62
const FAINT = 0.28

/** Rows of the chart's data: a line each, or the raw and the smoothed one where they are smoothed. */
function strokes(style: Style): uPlot.Series[] {
  return style.lines.flatMap(({ label, smooth }, place) => {
    const colour = curveColour(place, style.dark)
    const line: uPlot.Series = { label, stroke: colour, width: 1.5, spanGaps: true, points: { size: 5 } }
    const shadow: uPlot.Series = { ...line, stroke: faded(colour, FAINT), width: 1, points: { show: false } }
    return smooth ? [shadow, line] : [line]
  })
}

/** A moment in unix seconds as hours, minutes and seconds. */
export function clockOf(moment: number): string {
  return new Date(moment * 1000).toLocaleTimeString(document.documentElement.lang || undefined, { hourCycle: 'h23' })
}

function axes(style: Style): uPlot.Axis[] {
  const both = {
    stroke: style.text,
    font: `12px ${style.font}`,
    grid: { stroke: style.grid, width: 1 },
    ticks: { stroke: style.grid, width: 1 },
  }
  const upright = (_: uPlot, splits: number[]): string[] =>
    splits.map((value) => (value === null ? '' : style.format(value)))
  const wholes = (_: uPlot, splits: number[]): string[] =>
    splits.map((step) => (Number.isInteger(step) ? step.toLocaleString() : ''))
  const clock = (_: uPlot, splits: number[]): string[] => splits.map((moment) => clockOf(moment))
  return [
    style.time ? { ...both, space: 80, values: clock } : { ...both, space: 70, values: wholes },
    { ...both, size: AXIS_WIDTH, values: upright },
  ]
}

function scales(style: Style): uPlot.Scales {
  const upright: uPlot.Scale = style.log ? { distr: 3 } : style.top === undefined ? {} : { range: [0, style.top] }
  return { x: { time: style.time }, y: upright }
}

/** The options of a chart of this size. */
export function options(style: Style, hooks: Hooks, width: number, height: number): uPlot.Options {
  return {
    width,
    height,
    legend: { show: false },
    scales: scales(style),
    axes: axes(style),
    series: [{}, ...strokes(style)],
    cursor: {
      y: false,
      points: { size: 7 },
      drag: { x: !style.time, y: false, setScale: false },
      bind: { dblclick: () => () => (hooks.zoom(null), null) },
      sync: {
        key: style.group,
        scales: ['x', null],
        filters: { pub: (kind: string) => kind === 'mousemove' || kind === 'mouseleave', sub: () => true },
      },
    },
    hooks: {
      setCursor: [
        (chart) => hooks.cursor(chart.cursor.left === undefined || chart.cursor.left < 0 ? null
          : chart.posToVal(chart.cursor.left, 'x')),
      ],
      setSelect: [
        (chart) => {
          if (chart.select.width < 4) return
          const first = Math.floor(chart.posToVal(chart.select.left, 'x'))
          const last = Math.ceil(chart.posToVal(chart.select.left + chart.select.width, 'x'))
          chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
          if (last > first) hooks.zoom([Math.max(first, 0), last])
        },
      ],
    },
  }
}
