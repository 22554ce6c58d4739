// Which component draws which kind of field: by kind, never by option.
import { defineAsyncComponent, type Component } from 'vue'
import type { Field } from '../types'
import BoolKind from './BoolKind.vue'
import ChoiceKind from './ChoiceKind.vue'
import ListKind from './ListKind.vue'
import NumberKind from './NumberKind.vue'
import PathKind from './PathKind.vue'
import SizeKind from './SizeKind.vue'
import TextKind from './TextKind.vue'

const BY_KIND: Record<Field['kind'], Component> = {
  bool: BoolKind,
  int: NumberKind,
  float: NumberKind,
  text: TextKind,
  choice: ChoiceKind,
  list: ListKind,
  size: SizeKind,
  concepts: defineAsyncComponent(() => import('./ConceptsKind.vue')), // draws fields of its own in turn
}

/** Whether a kind says itself what is wrong and where, over the whole width, and takes its value back by its own means. */
export function isEditor(field: Field): boolean {
  return field.kind === 'concepts'
}

/** Component that draws a field. */
export function componentOf(field: Field): Component {
  if (field.path && field.kind === 'text') return PathKind
  if (field.kind === 'bool' && field.nullable) return ChoiceKind
  return BY_KIND[field.kind]
}
