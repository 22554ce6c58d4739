// The form of one concept, asked for once.
import { api, data } from '@/api/client'
import type { Form } from '../types'

let asked: Promise<Form> | null = null

/** Return the form that each concept of a list is drawn from. */
export function conceptForm(): Promise<Form> {
  if (!asked) {
    asked = data<Form>(api.GET('/api/forms/concept'))
    asked.catch(() => (asked = null))
  }
  return asked
}
