// The form as it is being filled in: kept in the browser until it is sent, with the way back to what was before.
import { computed, reactive, ref, watch, type ComputedRef, type Ref } from 'vue'
import type { Values } from '@/form/types'
import { EMPTY_CONCEPTS } from '@/form/concepts/list'
import { same } from '@/form/values'

const PLACE = 'mikazuki.draft.1'
const KEPT = 30 // changes that can be undone

/** Where settings came from; what a person changes is shown against it. */
export interface Base {
  kind: 'demo' | 'defaults' | 'preset' | 'guide' | 'saved' | 'workspace' | 'job' | 'file'
  name: string
  values: Values
}

/** What is being filled in. */
export interface Draft {
  method: string
  family: string
  engine: string
  values: Values
  base: Base
}

interface Step {
  label: string
  draft: Draft
}

/** Options of the chooser above the form: they hold what the draft's method, family and engine say. */
export const CHOSEN = ['method', 'model_type', 'engine'] as const

const EMPTY: Draft = {
  method: 'lora',
  family: 'sd1',
  engine: 'auto',
  values: {},
  base: { kind: 'defaults', name: '', values: {} },
}

const draft = reactive<Draft>(structuredClone(EMPTY))
const steps = ref<Step[]>([])
let restored = false

/** Put away the draft, so that it is there after a reload. */
function keep(): void {
  localStorage.setItem(PLACE, JSON.stringify(draft))
}

function restore(): boolean {
  if (restored) return true
  const text = localStorage.getItem(PLACE)
  if (!text) return false
  try {
    Object.assign(draft, { ...structuredClone(EMPTY), ...(JSON.parse(text) as Partial<Draft>) })
  } catch {
    return false // half written: begin anew
  }
  restored = true
  return true
}

function copy(): Draft {
  return JSON.parse(JSON.stringify(draft)) as Draft
}

/** Replace the whole draft; `label` says in the undo button what is taken back. */
function replace(now: Draft, label: string): void {
  if (label) steps.value = [...steps.value, { label, draft: copy() }].slice(-KEPT)
  Object.assign(draft, JSON.parse(JSON.stringify(now)) as Draft)
  restored = true
}

function undo(): void {
  const step = steps.value.at(-1)
  if (!step) return
  steps.value = steps.value.slice(0, -1)
  Object.assign(draft, step.draft)
}

function set(name: string, value: unknown): void {
  draft.values[name] = value
}

function unset(name: string): void {
  delete draft.values[name]
}

interface Store {
  draft: Draft
  undoLabel: ComputedRef<string>
  /** Whether anything differs from where the settings came from. */
  touched: ComputedRef<boolean>
  restore: () => boolean
  replace: (now: Draft, label: string) => void
  copy: () => Draft
  undo: () => void
  set: (name: string, value: unknown) => void
  unset: (name: string) => void
  steps: Ref<Step[]>
}

let timer: number | undefined
watch(
  draft,
  () => {
    if (!restored) return
    window.clearTimeout(timer)
    timer = window.setTimeout(keep, 300)
  },
  { deep: true },
)

/** The one draft of the page. */
export function useDraft(): Store {
  return {
    draft,
    steps,
    undoLabel: computed(() => steps.value.at(-1)?.label ?? ''),
    touched: computed(() => changedFrom(draft.base.values, draft.values).length > 0),
    restore,
    replace,
    copy,
    undo,
    set,
    unset,
  }
}

/** Options that are set differently on the two sides, on one side only among them. */
export function changedFrom(base: Values, values: Values): string[] {
  const names = new Set([...Object.keys(base), ...Object.keys(values)])
  return [...names].filter((name) => name in base !== name in values || !same(base[name], values[name]))
}

/** The draft's values with what the chooser says: what is checked, written, kept and started. */
export function sent(from: Draft): Values {
  const values: Values = { ...from.values }
  values.method = from.method
  if (from.engine !== 'auto') values.engine = from.engine
  else delete values.engine
  return values
}

/**
 * Let concepts stand in place of the folder of pictures, which excludes them. A first concept that names nothing yet
 * takes that folder over, with its class pictures.
 */
export function withConcepts(from: Draft, option: string, value: unknown): Draft {
  const { train_data_dir: pictures, reg_data_dir: others, ...rest } = from.values
  const first = { instance_data_dir: pictures, ...(others ? { class_data_dir: others } : {}) }
  return { ...from, values: { ...rest, [option]: value === EMPTY_CONCEPTS ? JSON.stringify([first]) : value } }
}
