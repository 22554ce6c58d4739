// The draft of a data set's captions: what the server says of it, its rows as they come into sight, and every change.
import { computed, onBeforeUnmount, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { api, ApiError, data, type Schemas } from '@/api/client'

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
  refused: Ref<string>
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

/** The parts of a list that hold these places. */
function partsOf(first: number, last: number): number[] {
  const from = Math.floor(first / PART)
  return Array.from({ length: Math.max(0, Math.floor(last / PART) - from + 1) }, (_, index) => from + index)
}

/** The draft of one folder; what the server refuses is handed to `onFailure`. */
export function useDraft(path: () => string, onFailure: (error: unknown) => void): Draft {
  const state = ref<State | null>(null)
  const rows = shallowRef<(Row | undefined)[]>([])
  const total = ref<number | null>(null)
  const working = ref(0)
  let editing: { name: string; text: string | null; answer: Promise<Row | null> } | null = null
  const stamp = ref(0)
  const refused = ref('')
  const coming = new Set<number>()
  let question: Question = { query: EVERYTHING, separator: ',', order: 'name', descending: false }
  let inSight: [number, number] = [0, PART - 1]
  let asked = 0

  /** Do something that takes a while, after the caption that was just typed has arrived; null where it was refused. */
  async function attempt<T>(work: () => Promise<T>, failed = onFailure): Promise<T | null> {
    working.value += 1
    try {
      await editing?.answer
      return await work()
    } catch (error) {
      failed(error)
      return null
    } finally {
      working.value -= 1
    }
  }

  async function look(): Promise<void> {
    const found = await data<State>(api.GET('/api/datasets/captions', { params: { query: { path: path() } } }))
    const before = state.value
    state.value = found
    const same = before && before.revision === found.revision && before.captions === found.captions && before.pictures === found.pictures && before.conflicts === found.conflicts
    if (before && !same) await again()
  }

  async function open(): Promise<void> {
    await attempt(look)
  }

  async function page(part: number): Promise<Schemas['RowsPage']> {
    const body = { path: path(), ...question, start: part * PART, limit: PART }
    return data<Schemas['RowsPage']>(api.POST('/api/datasets/captions/rows', { body }))
  }

  async function fetchPart(part: number): Promise<void> {
    if (coming.has(part)) return
    const mine = asked
    coming.add(part)
    try {
      const answer = await page(part)
      if (mine !== asked) return
      if (total.value !== answer.total) return void (await again())
      answer.rows.forEach((row, index) => (rows.value[answer.start + index] = row))
      rows.value = rows.value.slice() // a new list, so that what shows it sees the change
    } finally {
      if (mine === asked) coming.delete(part)
    }
  }

  /** List anew what is in sight; what is shown stays until the new rows are there, and when they are refused. */
  async function again(): Promise<void> {
    asked += 1
    stamp.value += 1
    coming.clear()
    const mine = asked
    const answers = await attempt(() => Promise.all(partsOf(...inSight).map(page)), (error) => {
      if (!(error instanceof ApiError) || error.status !== WRONG) return onFailure(error)
      if (mine === asked) refused.value = error.message
    })
    if (!answers || mine !== asked) return
    refused.value = ''
    const fresh = new Array<Row | undefined>(answers[0]!.total)
    for (const answer of answers) answer.rows.forEach((row, index) => (fresh[answer.start + index] = row))
    total.value = answers[0]!.total
    rows.value = fresh
  }

  async function ask(wanted: Question): Promise<void> {
    question = wanted
    inSight = [0, PART - 1]
    await again()
  }

  async function need(first: number, last: number): Promise<void> {
    inSight = [first, last]
    const missing = partsOf(first, Math.min(last, rows.value.length - 1)).filter((part) => rows.value.slice(part * PART, (part + 1) * PART).includes(undefined))
    await Promise.all(missing.map(fetchPart)).catch(onFailure)
  }

  function put(row: Row): void {
    const place = rows.value.findIndex((one) => one?.name === row.name)
    if (place < 0) return
    rows.value[place] = row
    rows.value = rows.value.slice() // a new list, so that what shows it sees the change
  }

  /** Change one caption. A key and the loss of the focus may hand over the same text: that is one change. */
  function edit(row: Row, text: string | null): Promise<Row | null> {
    if (editing?.name === row.name && editing.text === text) return editing.answer
    const answer = changed(row, text)
    const mine = { name: row.name, text, answer }
    editing = mine
    void answer.then(() => editing === mine && (editing = null))
    return answer
  }

  async function changed(row: Row, text: string | null): Promise<Row | null> {
    const body = { path: path(), name: row.name, text, seen: row.caption, separator: question.separator }
    try {
      const answer = await data<Schemas['CaptionEdited']>(api.PUT('/api/datasets/captions/text', { body }))
      state.value = answer.state
      put(answer.row)
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
    const body = { path: path() }
    const answer = await attempt(() => data<Schemas['Changed']>(api.POST(`/api/datasets/captions/${route}`, { body })))
    if (answer) await took(answer.state)
  }

  async function apply(selection: Selection, operation: Operation, revision?: number): Promise<number> {
    const body = { path: path(), selection, operation, separator: question.separator, revision, start: 0, limit: 1 }
    const answer = await attempt(() => data<Schemas['Changed']>(api.POST('/api/datasets/captions/apply', { body })))
    if (answer) await took(answer.state)
    return answer?.captions ?? 0
  }

  async function save(): Promise<Schemas['CaptionsSaved'] | null> {
    const answer = await attempt(() => data<Schemas['CaptionsSaved']>(api.POST('/api/datasets/captions/save', { body: { path: path() } })))
    if (answer) await took(answer.state)
    return answer
  }

  const timer = window.setInterval(() => {
    if (!document.hidden && state.value && !working.value && !editing) look().catch(() => undefined) // the frame tells of a silent server
  }, LOOK_EVERY)
  onBeforeUnmount(() => {
    window.clearInterval(timer)
    asked += 1
  })

  return { state, rows, total, busy: computed(() => working.value > 0), stamp, refused, open, ask, need, edit, turn, apply, save, took }
}
