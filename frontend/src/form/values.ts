// Values as fields hold them: the same or not, set or not, and how numbers are read and written.
import type { Condition, Fault, Field, Form, Values } from './types'

const SHARE = /^\d+(\.\d+)?%$/ // some counts may also be a share of the whole; the server knows which
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** Whether two values say the same; nothing, an empty text and an empty list all say nothing. */
export function same(left: unknown, right: unknown): boolean {
  return JSON.stringify(plain(left)) === JSON.stringify(plain(right))
}

function plain(value: unknown): unknown {
  if (value === undefined || value === '' || (Array.isArray(value) && !value.length)) return null
  return value
}

/** Number that a text says, `1e-4` among them; null where it says none, or none that is whole for `int`. */
export function readNumber(text: string, kind: 'int' | 'float'): number | null {
  const found = text.trim()
  if (!NUMBER.test(found)) return null
  const number = Number(found)
  return Number.isFinite(number) && (kind === 'float' || Number.isInteger(number)) ? number : null
}

/** What a number field means by a text: a number, several with commas between, nothing, or the text as it stands. */
export function meaning(text: string, kind: 'int' | 'float'): unknown {
  if (!text.trim()) return null
  const numbers = text.split(',').map((part) => readNumber(part, kind))
  if (numbers.includes(null)) return text
  return numbers.length === 1 ? numbers[0] : numbers
}

/** Number as a person writes it: `1e-4` rather than `0.0001`. */
export function writeNumber(value: number): string {
  const decimal = String(value)
  if (value === 0 || Math.abs(value) >= 0.01) return decimal
  const scientific = value.toExponential()
  return scientific.length < decimal.length ? scientific : decimal
}

/** Any value as one line of text. */
export function written(value: unknown): string {
  if (typeof value === 'number') return writeNumber(value)
  if (Array.isArray(value)) return value.map(written).join(', ')
  return value === null || value === undefined ? '' : String(value)
}

/** What an option holds: what was set, else its default. */
export function held(field: Field, values: Values): unknown {
  return field.name in values ? values[field.name] : field.default
}

/** Whether a field differs from its default. */
export function isChanged(field: Field, values: Values): boolean {
  return field.name in values && !same(values[field.name], field.default)
}

/** All fields of a form by name. */
export function fieldsOf(form: Form): Map<string, Field> {
  return new Map(form.sections.flatMap((section) => section.fields).map((field) => [field.name, field]))
}

/** Conditions of a field that do not hold; none: it is shown. */
export function unmet(field: Field, values: Values, fields: Map<string, Field>): Condition[] {
  return field.when.filter((condition) => !holds(condition, values, fields))
}

function holds(condition: Condition, values: Values, fields: Map<string, Field>): boolean {
  const other = fields.get(condition.option)
  const value = other ? held(other, values) : values[condition.option]
  const parts = Array.isArray(value) && value.length ? value : [value]
  const found = parts.some((part) => condition.values.some((wanted) => same(part, wanted)))
  return found !== condition.is_not
}

/** What is wrong with a value as far as its field can tell. */
export function faultOf(field: Field, value: unknown): Fault | null {
  if ((field.kind !== 'int' && field.kind !== 'float') || value === null || value === undefined || value === '') return null
  if (Array.isArray(value)) return value.map((one) => faultOf(field, one)).find((fault) => fault !== null) ?? null
  if (typeof value === 'string' && SHARE.test(value.trim())) return null
  if (typeof value !== 'number') return { key: `form.fault.${field.kind}`, params: {} }
  const { minimum: low, maximum: high, multiple_of: unit } = field
  const below = typeof low === 'number' && (field.exclusive_minimum ? value <= low : value < low)
  if (below) return { key: field.exclusive_minimum ? 'form.fault.above' : 'form.fault.least', params: { bound: low } }
  const above = typeof high === 'number' && (field.exclusive_maximum ? value >= high : value > high)
  if (above) return { key: field.exclusive_maximum ? 'form.fault.below' : 'form.fault.most', params: { bound: high } }
  if (unit && !Number.isInteger(value / unit)) return { key: 'form.fault.multiple', params: { unit } }
  return null
}

/** Bounds of a number in symbols, which need no translation: `>= 0, < 1`. */
export function boundsOf(field: Field): string {
  const bounds: string[] = []
  if (typeof field.minimum === 'number') bounds.push(`${field.exclusive_minimum ? '>' : '≥'} ${written(field.minimum)}`)
  if (typeof field.maximum === 'number') bounds.push(`${field.exclusive_maximum ? '<' : '≤'} ${written(field.maximum)}`)
  if (field.multiple_of && field.multiple_of !== 1) bounds.push(`× ${field.multiple_of}`)
  return bounds.join(', ')
}

/** Whether a field's name or its text in either language holds every word that is searched for. */
export function matches(field: Field, search: string): boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const where = `${field.name} ${field.name.replace(/_/g, ' ')} ${field.text.en} ${field.text.zh}`.toLowerCase()
  return words.every((word) => where.includes(word))
}

/** The language of a text that may come from the server, which speaks English alone; undefined: the page's own. */
export function languageOf(text: string): 'en' | undefined {
  return /[\u4e00-\u9fff]/.test(text) ? undefined : 'en'
}
