// What the form is drawn from, and what it fills in.
import type { Schemas } from '@/api/client'

export type Field = Schemas['Field']
export type Section = Schemas['Section']
export type Form = Schemas['FormAnswer']
export type Condition = Schemas['Condition']
export type Text = Schemas['Text']

/** Settings that are set, by option; one that is missing holds its default. */
export type Values = Record<string, unknown>

/** What is wrong at a field: a text of the catalogue with its parameters. */
export interface Fault {
  key: string
  params: Record<string, unknown>
}
