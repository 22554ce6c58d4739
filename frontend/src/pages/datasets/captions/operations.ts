// The operations that can be done in bulk: what each of them asks for, and the record that is sent of it.
import type { Operation } from './draft'

export type Kind = Exclude<Operation['kind'], 'set'>
export type Ask = 'tags' | 'where' | 'position' | 'find' | 'pattern' | 'by' | 'whole_tags' | 'match_case' | 'word' | 'order' | 'keep_first' | 'spaces' | 'case'

/** What a person has filled in, for all operations together. */
export interface Filled {
  tags: string[]
  where: 'front' | 'back' | 'at'
  position: number
  find: string
  pattern: string
  by: string
  whole_tags: boolean
  match_case: boolean
  word: string
  order: 'frequency' | 'alphabet' | 'reverse'
  keep_first: number
  spaces: 'spaces' | 'underscores'
  case: 'lower' | 'upper' | 'first'
}

export const NOTHING: Filled = {
  tags: [], where: 'back', position: 0, find: '', pattern: '', by: '', whole_tags: false, match_case: false,
  word: '', order: 'frequency', keep_first: 0, spaces: 'spaces', case: 'lower',
}

/** What each operation asks for, in the order of the form. */
export const ASKED: Record<Kind, readonly Ask[]> = {
  add: ['tags', 'where', 'position'],
  remove: ['tags'],
  replace: ['find', 'by', 'whole_tags', 'match_case'],
  replace_pattern: ['pattern', 'by', 'match_case'],
  trigger: ['word'],
  move_first: ['tags'],
  sort: ['order', 'keep_first'],
  deduplicate: [],
  trim: [],
  underscores: ['spaces'],
  case: ['case'],
  delete: [],
}
export const KINDS = Object.keys(ASKED) as Kind[]

/** Whether an operation is asked for a part, given what was filled in. */
export function asks(kind: Kind, part: Ask, filled: Filled): boolean {
  return ASKED[kind].includes(part) && (part !== 'position' || filled.where === 'at')
}

/** The record of an operation; null where something is missing yet. */
export function operationOf(kind: Kind, filled: Filled): Operation | null {
  const { tags, where, position, find, pattern, by, whole_tags, match_case, keep_first } = filled
  switch (kind) {
    case 'add': return tags.length ? { kind, tags, where, position } : null
    case 'remove': case 'move_first': return tags.length ? { kind, tags } : null
    case 'replace': return find ? { kind, find, by, whole_tags, match_case } : null
    case 'replace_pattern': return pattern ? { kind, pattern, by, match_case } : null
    case 'trigger': return filled.word.trim() ? { kind, word: filled.word } : null
    case 'sort': return { kind, by: filled.order, keep_first }
    case 'underscores': return { kind, to: filled.spaces }
    case 'case': return { kind, to: filled.case }
    default: return { kind }
  }
}
