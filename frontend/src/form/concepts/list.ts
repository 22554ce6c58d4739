// A concepts_list as the form holds it: the name of a file, or JSON text, read and written without loss.
import type { Field } from '../types'
import { same } from '../values'

/** One concept: the keys that are set, with their values. */
export type Concept = Record<string, unknown>

const EMPTY: Concept = { instance_data_dir: '' }

/** Value of the option with one concept that names nothing yet. */
export const EMPTY_CONCEPTS = JSON.stringify([EMPTY])

/** A concept to fill in. */
export function emptyConcept(): Concept {
  return { ...EMPTY }
}

/** What a value of the option says. */
export type Reading =
  | { kind: 'none' }
  | { kind: 'file'; path: string }
  | { kind: 'list'; concepts: Concept[] }
  | { kind: 'broken'; text: string; reason: 'json' | 'list'; detail: string }

/** Read a value as it stands. */
export function read(value: unknown): Reading {
  const text = typeof value === 'string' ? value : value ? JSON.stringify(value) : ''
  if (!text.trim()) return { kind: 'none' }
  if (!/^\s*[[{]/.test(text)) return { kind: 'file', path: text }
  return readText(text)
}

/** Read a text that is meant as JSON: a list, one concept, or settings with a concepts_list in them. */
export function readText(text: string): Reading {
  let found: unknown
  try {
    found = JSON.parse(text)
  } catch (error) {
    return { kind: 'broken', text, reason: 'json', detail: (error as Error).message }
  }
  if (isObject(found)) found = 'concepts_list' in found ? found.concepts_list : [found]
  if (typeof found === 'string') return read(found)
  if (Array.isArray(found) && found.every(isObject)) return { kind: 'list', concepts: found }
  return { kind: 'broken', text, reason: 'list', detail: '' }
}

function isObject(value: unknown): value is Concept {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Write concepts as the option holds them; none at all is not set. */
export function write(concepts: Concept[]): string | null {
  return concepts.length ? JSON.stringify(concepts) : null
}

/** Write concepts for somebody to read. */
export function pretty(concepts: Concept[]): string {
  return JSON.stringify(concepts, null, 2)
}

/** A concept with one value changed; what says no more than the default is left out. */
export function changed(concept: Concept, field: Field, value: unknown): Concept {
  const { [field.name]: _, ...others } = concept
  return same(value, field.default) ? others : { ...others, [field.name]: value }
}

/** A list with one entry moved to another place. */
export function moved<T>(list: T[], from: number, to: number): T[] {
  const rest = list.filter((_, place) => place !== from)
  return [...rest.slice(0, to), list[from]!, ...rest.slice(to)]
}

/** What is wrong with a list: as a whole, by concept, and by concept and key. */
export interface Faults {
  whole: string[]
  of: Map<number, { whole: string[]; fields: Map<string, string> }>
}

/** Put each line of what the server says to the concept and the key that it is about. */
export function placed(fault: string, concepts: Concept[], keys: ReadonlySet<string>): Faults {
  const found: Faults = { whole: [], of: new Map() }
  for (const line of fault.split('\n').filter((one) => one.trim())) {
    const [place, text] = placeOf(line, concepts)
    if (place < 0) {
      found.whole.push(line)
      continue
    }
    const own = found.of.get(place) ?? { whole: [], fields: new Map<string, string>() }
    found.of.set(place, own)
    const written = concepts[place] ?? {}
    const key = (text.match(/\w+/g) ?? []).find((word) => keys.has(word) || word in written)
    if (key && !own.fields.has(key)) own.fields.set(key, text)
    else own.whole.push(text)
  }
  return found
}

/** Place of the concept that a line is about, -1 for none, and what it says of it. */
function placeOf(line: string, concepts: Concept[]): [number, string] {
  const number = Number(/^concept (\d+)\b/.exec(line)?.[1] ?? 0) - 1
  if (number >= 0 && number < concepts.length) return [number, said(line, number, concepts)]
  const folders = concepts.map((one) => String(one.instance_data_dir ?? ''))
  const held = folders.map((folder) => (folder && line.includes(folder) ? folder.length : 0))
  const longest = Math.max(0, ...held)
  return [longest ? held.indexOf(longest) : -1, line]
}

/** A line without the concept's number and folder, under which it is shown. */
function said(line: string, place: number, concepts: Concept[]): string {
  const folder = concepts[place]?.instance_data_dir
  const begin = `concept ${place + 1}${folder ? ` (${String(folder)})` : ''}`
  return line.startsWith(begin) ? line.slice(begin.length).replace(/^:? /, '') : line
}
