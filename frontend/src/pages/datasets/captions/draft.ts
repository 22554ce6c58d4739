// The draft of a data set's captions: what the server says of it, its rows as they come into sight, and every change.
import { computed, onBeforeUnmount, ref, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { api, ApiError, data, type Problem, type Schemas } from '@/api/client'
import { usePages } from '../pages'
import { splitTags } from './words'

export type Row = Schemas['DraftCaption']
export type State = Schemas['CaptionState']
export type Query = Schemas['Query']
export type Operation = Schemas['OperationRequest']['operation']
export type Selection = Schemas['Selection']
export type Order = NonNullable<Schemas['RowsRequest']['order']>

const PART = 100
const WRONG = 422 // the status of a query that cannot be answered
const LOOK_EVERY = 5000 // milliseconds between two looks at what other programs and tabs have changed

/** The query that finds everything; it has all keys, so that two queries can be compared as text. */
export const EVERYTHING: Query = {
  all_tags: [], any_tags: [], no_tags: [], text: '', caption: 'any', resolution: 512, changed: false, pattern: null, folder: null, bucket: null,
  least_tags: null, most_tags: null, least_characters: null, most_characters: null, least_tokens: null, most_tokens: null,
}

/** What is listed, and how. */
export interface Question {
  query: Query
  separator: string
  order: Order
  descending: boolean
}

export interface Draft {
  state: Ref<State | null>
  rows: ShallowRef<(Row | undefined)[]>
  total: Ref<number | null>
  busy: ComputedRef<boolean>
  /** Why the query cannot be answered, such as a regular expression that is not finished. */
  refused: Ref<Problem[]>
  /** Grows whenever captions may have changed: what was counted of them has to be counted anew. */
  stamp: Ref<number>
  open: () => Promise<void>
  ask: (question: Question) => Promise<void>
  need: (first: number, last: number) => Promise<void>
  edit: (row: Row, text: string | null) => Promise<Row | null>
  turn: (route: 'undo' | 'redo' | 'discard') => Promise<void>
  apply: (selection: Selection, operation: Operation, revision?: number) => Promise<number>
  save: () => Promise<Schemas['CaptionsSaved'] | null>
  took: (state: State) => Promise<void>
}

/** A change of one caption that is on its way. */
interface Edit {
  text: string | null
  /** The caption as the server is known to have it. */
  row: Row
  answer: Promise<Row | null>
}

/** The draft of one folder; what the server refuses is handed to `onFailure`. */
export function useDraft(path: string, onFailure: (error: unknown) => void): Draft {
  const state = ref<State | null>(null)
  const working = ref(0)
  const editing = new Map<string, Edit>() // the newest of each caption
  let cameBack = false // from another program, which may have rewritten captions: the state says nothing of that
  const stamp = ref(0)
  const refused = ref<Problem[]>([])
  let question: Question = { query: EVERYTHING, separator: ',', order: 'name', descending: false }
  const list = usePages<Row>(PART, page, () => again())
  const { rows, total } = list

  /** Do something that takes a while, after the captions that were just typed have arrived; null where it was refused. */
  async function attempt<T>(work: () => Promise<T>, failed = onFailure): Promise<T | null> {
    working.value += 1
    try {
      await Promise.all([...editing.values()].map((one) => one.answer))
      return await work()
    } catch (error) {
      failed(error)
      return null
    } finally {
      working.value -= 1
    }
  }

  /** See where the draft stands, and list it anew where that differs, or `anyway`. */
  async function look(anyway = false): Promise<void> {
    const found = await data<State>(api.GET('/api/datasets/captions', { params: { query: { path } } }))
    const before = state.value
    state.value = found
    const same = before && before.revision === found.revision && before.captions === found.captions && before.pictures === found.pictures && before.conflicts === found.conflicts
    if (before && (anyway || !same)) await again()
  }

  async function open(): Promise<void> {
    await attempt(() => look())
  }

  async function page(start: number): Promise<Schemas['RowsPage']> {
    const body = { path, ...question, start, limit: PART }
    return data<Schemas['RowsPage']>(api.POST('/api/datasets/captions/rows', { body }))
  }

  /** List anew what is in sight; what is shown stays until the new rows are there, and when they are refused. */
  async function again(fromTop = false): Promise<void> {
    stamp.value += 1
    const listed = await attempt(() => list.anew(fromTop), (error) => {
      if (error instanceof ApiError && error.status === WRONG) refused.value = error.problems
      else onFailure(error)
    })
    if (listed) refused.value = []
  }

  async function ask(wanted: Question): Promise<void> {
    question = wanted
    await again(true)
  }

  /** Show a caption; its tags as they will be once what was changed has arrived: the next change goes on from there. */
  function put(row: Row): void {
    const place = rows.value.findIndex((one) => one?.name === row.name)
    const coming = editing.get(row.name)
    if (place >= 0) list.put(place, coming ? { ...row, tags: splitTags(coming.text ?? '', question.separator) } : row)
  }

  /** Change one caption. A key and the loss of the focus may hand over the same text: that is one change. */
  function edit(row: Row, text: string | null): Promise<Row | null> {
    const earlier = editing.get(row.name)
    if (earlier?.text === text) return earlier.answer
    const mine: Edit = { text, row, answer: Promise.resolve(null) }
    editing.set(row.name, mine)
    put(row)
    mine.answer = arrived(mine, earlier)
    return mine.answer
  }

  /** Send a change after the one before it, from which it went on: where that was refused, so is this. */
  async function arrived(mine: Edit, earlier?: Edit): Promise<Row | null> {
    const goes = !earlier || (await earlier.answer) !== null
    if (earlier) mine.row = earlier.row
    const answer = goes ? await sent(mine) : null
    mine.row = answer ?? mine.row
    if (editing.get(mine.row.name) === mine) editing.delete(mine.row.name)
    put(mine.row)
    return answer
  }

  async function sent({ row, text }: Edit): Promise<Row | null> {
    const body = { path, name: row.name, text, seen: row.caption, separator: question.separator }
    try {
      const answer = await data<Schemas['CaptionEdited']>(api.PUT('/api/datasets/captions/text', { body }))
      state.value = answer.state
      stamp.value += 1
      return answer.row
    } catch (error) {
      onFailure(error)
      return null
    }
  }

  async function took(now: State): Promise<void> {
    state.value = now
    await again()
  }

  async function turn(route: 'undo' | 'redo' | 'discard'): Promise<void> {
    const body = { path }
    const answer = await attempt(() => data<Schemas['Changed']>(api.POST(`/api/datasets/captions/${route}`, { body })))
    if (answer) await took(answer.state)
  }

  async function apply(selection: Selection, operation: Operation, revision?: number): Promise<number> {
    const body = { path, selection, operation, separator: question.separator, revision, start: 0, limit: 1 }
    const answer = await attempt(() => data<Schemas['Changed']>(api.POST('/api/datasets/captions/apply', { body })))
    if (answer) await took(answer.state)
    return answer?.captions ?? 0
  }

  async function save(): Promise<Schemas['CaptionsSaved'] | null> {
    const answer = await attempt(() => data<Schemas['CaptionsSaved']>(api.POST('/api/datasets/captions/save', { body: { path } })))
    if (answer) await took(answer.state)
    return answer
  }

  const timer = window.setInterval(() => {
    if (document.hidden || !state.value || working.value || editing.size) return
    look(cameBack).then(() => (cameBack = false), () => undefined) // the frame tells of a silent server
  }, LOOK_EVERY)

  const back = (): boolean => (cameBack = true)
  window.addEventListener('focus', back)
  onBeforeUnmount(() => {
    window.clearInterval(timer)
    window.removeEventListener('focus', back)
  })

  const need = (first: number, last: number): Promise<void> => list.need(first, last).catch(onFailure)
  return { state, rows, total, busy: computed(() => working.value > 0), stamp, refused, open, ask, need, edit, turn, apply, save, took }
}
