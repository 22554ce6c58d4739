// How numbers read: with units, in the page's language.
import { i18n } from '@/i18n'

const BYTES = ['B', 'kB', 'MB', 'GB', 'TB']

function locale(): string {
  return i18n.global.locale.value
}

/** 2.1 GB, in powers of 1000. */
export function bytes(count: number): string {
  let value = count
  let unit = 0
  while (value >= 999.5 && unit < BYTES.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${number(value, unit && value < 99.95 ? 1 : 0)} ${BYTES[unit]}`
}

/** 1,234.5 with at most `digits` places. */
export function number(value: number, digits = 0): string {
  return value.toLocaleString(locale(), { maximumFractionDigits: digits })
}

/** Seconds as 8.2 s, 1 min 05 s, 2 h 10 min. */
export function duration(seconds: number): string {
  const { t } = i18n.global
  if (seconds < 9.95) return t('common.seconds', { n: number(seconds, 1) })
  const whole = Math.round(seconds)
  if (whole < 60) return t('common.seconds', { n: whole })
  const two = (value: number) => String(value).padStart(2, '0')
  const minutes = Math.floor(whole / 60)
  if (minutes < 60) return t('common.minutes', { m: minutes, s: two(whole % 60) })
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return t('common.hours', { h: hours, m: two(minutes % 60) })
  return t('common.days', { d: Math.floor(hours / 24), h: hours % 24 })
}

/** A moment: the time of today, the date with the time of another day. */
export function when(unixSeconds: number): string {
  const moment = new Date(unixSeconds * 1000)
  const today = moment.toDateString() === new Date().toDateString()
  const time: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' }
  const date: Intl.DateTimeFormatOptions = { year: 'numeric', month: '2-digit', day: '2-digit' }
  return moment.toLocaleString(locale(), today ? time : { ...date, ...time })
}

/** Steps a second, or for slow ones seconds a step. */
export function speed(stepsPerSecond: number): string {
  const { t } = i18n.global
  return stepsPerSecond >= 1
    ? t('common.steps_per_second', { n: number(stepsPerSecond, 1) })
    : t('common.seconds_per_step', { n: number(1 / stepsPerSecond, 1) })
}

/** A loss or a rate: four figures that matter, very small ones as 1.2e-5. */
export function figure(value: number): string {
  if (value === 0) return '0'
  const size = Math.abs(value)
  if (size < 0.001 || size >= 1e6) return value.toExponential(2).replace(/\.?0+e/, 'e')
  return value.toLocaleString(locale(), { maximumSignificantDigits: 4, useGrouping: false })
}
