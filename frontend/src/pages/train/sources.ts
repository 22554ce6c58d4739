// Where settings come from: the demo, presets, saved configurations, earlier jobs and files of any origin.
import { api, data, type Schemas } from '@/api/client'
import type { Field, Form, Text, Values } from '@/form/types'
import { fieldsOf, same } from '@/form/values'
import { CHOSEN, type Base, type Draft } from './draft'

export type Parsed = Schemas['ParsedAnswer']
export type Preset = Schemas['Preset']

/** Settings that could be taken over, with what is to be known of them before. */
export interface Offer {
  draft: Draft
  /** What it is good for; of presets. */
  why?: Text
  notes: string[]
  problems: Schemas['Problem'][]
}

const DEMO = 'demo' // name of its preset

const forms = new Map<string, Promise<Form>>()

/** Form of a method on a family by an engine; asked for once. */
export function formOf(method: string, family: string, engine: string): Promise<Form> {
  const key = `${method}/${family}/${engine}`
  const known = forms.get(key)
  if (known) return known
  const asked = data<Form>(
    api.GET('/api/forms/{method}/{family}', { params: { path: { method, family }, query: { engine } } }),
  )
  forms.set(key, asked)
  asked.catch(() => forms.delete(key))
  return asked
}

function made(target: { method: string; family: string; engine?: string }, values: Values, base: Base): Draft {
  const engine = typeof values.engine === 'string' ? values.engine : target.engine || 'auto'
  return { method: target.method, family: target.family, engine, values: formValues(values), base }
}

/** Values as the form holds them: without what the chooser says; model_type only where it says more than `auto`. */
function formValues(values: Values): Values {
  return without(values, values.model_type === 'auto' ? CHOSEN : ['method', 'engine'])
}

function without(values: Values, names: readonly string[]): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)))
}

/** Settings as the server read them; `kind` and `name` say where they came from. */
export function offerOf(parsed: Parsed, kind: Base['kind'], name: string): Offer {
  const engine = typeof parsed.values.engine === 'string' ? parsed.values.engine : 'auto'
  const draft = made({ ...parsed, engine }, parsed.values, { kind, name, values: formValues(parsed.values) })
  return { draft, notes: parsed.notes, problems: parsed.problems }
}

/** Settings of the demo that comes with the project; without it, an empty form. */
export async function demo(): Promise<Draft> {
  const presets = await data<Preset[]>(api.GET('/api/presets'))
  const found = presets.find((preset) => preset.name === DEMO)
  if (!found) return made({ method: 'lora', family: 'auto' }, {}, { kind: 'defaults', name: '', values: {} })
  const { draft } = fromPreset(found)
  return { ...draft, base: { ...draft.base, kind: 'demo' } }
}

/** Settings out of a file's text, whichever program it was made for. */
export async function fromFile(text: string, name: string): Promise<Offer> {
  return offerOf(await data<Parsed>(api.POST('/api/configs/parse', { body: { text, name } })), 'file', name)
}

/** Settings kept on the server under a name. */
export async function fromSaved(name: string): Promise<Offer> {
  const answer = api.GET('/api/configs/saved/{name}', { params: { path: { name } } })
  return offerOf(await data<Parsed>(answer), 'saved', name)
}

/** Settings of an earlier job; what it held at its default is left out again. */
export async function fromJob(id: string): Promise<Offer> {
  const job = await data<Schemas['JobDetail']>(api.GET('/api/jobs/{job_id}', { params: { path: { job_id: id } } }))
  const target = { method: job.row.method, family: job.row.family }
  const engine = typeof job.values.engine === 'string' ? job.values.engine : 'auto'
  const fields = fieldsOf(await formOf(target.method, target.family, engine))
  const values = Object.fromEntries(Object.entries(job.values).filter(([name, value]) => says(fields.get(name), name, value)))
  const base: Base = { kind: 'job', name: job.row.name, values: formValues(values) }
  return { draft: made({ ...target, engine }, values, base), notes: [], problems: [] }
}

/** Settings that an adapter's own metadata tell. */
export async function fromRecipe(path: string): Promise<Offer> {
  const told = (await data<unknown>(api.GET('/api/models/detail', { params: { query: { path } } }))) as Schemas['ModelDetail']
  const base: Base = { kind: 'job', name: told.row.name, values: formValues(told.recipe) }
  return { draft: made({ method: 'lora', family: told.row.family || 'auto' }, told.recipe, base), notes: [], problems: [] }
}

function isChosen(name: string): boolean {
  return (CHOSEN as readonly string[]).includes(name)
}

function says(field: Field | undefined, name: string, value: unknown): boolean {
  if (isChosen(name)) return true
  return field ? !same(field.default, value) : !same(value, null) && value !== false && name !== 'version'
}

/** Settings of a preset. */
export function fromPreset(preset: Preset): Offer {
  const base: Base = { kind: 'preset', name: preset.name, values: formValues(preset.values) }
  return { draft: made(preset, preset.values, base), why: preset.why, notes: [], problems: [] }
}

/** Settings that the guided mode chose. */
export function fromGuide(guide: Schemas['GuideAnswer']): Draft {
  const values = Object.fromEntries(guide.values.map((row) => [row.option, row.value]))
  return made(guide, values, { kind: 'guide', name: '', values: formValues(values) })
}

/** An option that would change, as it is and as it would be. */
export interface Change {
  option: string
  now: unknown
  then: unknown
}

/** What taking over settings would change, defaults of the new form filled in on both sides. */
export function changesOf(present: Draft, next: Draft, fields: Map<string, Field>): Change[] {
  const names = new Set([...Object.keys(present.values), ...Object.keys(next.values)])
  const value = (values: Values, name: string) => (name in values ? values[name] : fields.get(name)?.default)
  return [...names]
    .map((option) => ({ option, now: value(present.values, option), then: value(next.values, option) }))
    .filter((change) => !isChosen(change.option) && !same(change.now, change.then))
}

/**
 * Carry settings over to another form: what only the old one knows is kept where a person said it,
 * so that nothing is lost unseen, and left out where it held its default or came with a preset (`given`). Of a preset
 * goes as well what is usual for each method, such as its learning rate. Folders that the old form names by itself stay
 * where the new one names none.
 */
export function carriedOver(values: Values, old: Map<string, Field>, now: Map<string, Field>, given: Values): Values {
  const kept = Object.entries(values).filter(([name, value]) => {
    const [before, after] = [old.get(name), now.get(name)]
    if (name in given && same(given[name], value)) return after && (!before || same(before.default, after.default))
    return after ?? !same(before?.default, value)
  })
  const folders = [...now.values()]
    .filter((field) => field.path && same(field.default, null) && !(field.name in values) && old.get(field.name)?.default)
    .map((field) => [field.name, old.get(field.name)?.default] as const)
  return Object.fromEntries([...kept, ...folders])
}

/**
 * Take over settings but keep what is a person's own: pictures, models, folders and the name.
 * Paths are told by the form, so that no list of options has to be kept here.
 */
export function keepingOwn(offered: Draft, present: Draft, fields: Map<string, Field>): Draft {
  const own = Object.entries(present.values).filter(([name]) => isOwn(name, fields.get(name)))
  const values = Object.fromEntries(Object.entries(offered.values).filter(([name]) => !isOwn(name, fields.get(name))))
  return { ...offered, values: { ...values, ...Object.fromEntries(own) } }
}

function isOwn(name: string, field: Field | undefined): boolean {
  return name === 'output_name' || Boolean(field?.path) || field?.kind === 'concepts'
}
