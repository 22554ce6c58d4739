// What a person has filled in for a program, kept in this browser, and what an address asks for instead.
import { ref, type Ref } from 'vue'
import { api, data, type Schemas } from '@/api/client'
import type { Form, Values } from '@/form/types'
import { fieldsOf, same } from '@/form/values'

const KEPT = 'mikazuki.tools.'

/** Values of one program. */
export interface ToolDraft {
  values: Ref<Values>
  set: (name: string, value: unknown) => void
  unset: (name: string) => void
  replace: (values: Values) => void
}

/** The draft of a program, as it was left. */
export function useToolDraft(program: string): ToolDraft {
  const values = ref<Values>(kept(program))
  function replace(now: Values): void {
    values.value = now
    localStorage.setItem(KEPT + program, JSON.stringify(now))
  }
  return {
    values,
    replace,
    set: (name, value) => replace({ ...values.value, [name]: value }),
    unset: (name) => replace(Object.fromEntries(Object.entries(values.value).filter(([key]) => key !== name))),
  }
}

function kept(program: string): Values {
  return readValues(localStorage.getItem(KEPT + program) ?? '')
}

/** Values out of a text; none where it holds none. */
export function readValues(text: string): Values {
  try {
    const found: unknown = JSON.parse(text)
    return found && typeof found === 'object' && !Array.isArray(found) ? (found as Values) : {}
  } catch {
    return {}
  }
}

/** What an earlier job was asked for, without its defaults and without what is chosen anew at each start. */
export async function valuesOfJob(id: string, form: Form): Promise<Values> {
  const path = { job_id: id }
  const detail = await data<Schemas['JobDetail']>(api.GET('/api/jobs/{job_id}', { params: { path } }))
  const fields = fieldsOf(form)
  return Object.fromEntries(
    Object.entries(detail.values).filter(([name, value]) => fields.has(name) && !same(value, fields.get(name)!.default)),
  )
}

/** Values that an address brings, with a place to write to that follows from them. */
export function completed(values: Values): Values {
  const { image_dir: pictures, output_dir: copies, model_to_load: model, model_to_save: result } = values
  const found = { ...values }
  if (typeof pictures === 'string' && pictures && !copies) found.output_dir = `${pictures.replace(/[\\/]+$/, '')}-prepared`
  if (typeof model === 'string' && model && !result) found.model_to_save = otherLayout(model)
  return found
}

/** The name of a model in the other layout: a folder for a file that could be it, else a file. */
function otherLayout(model: string): string {
  const plain = model.replace(/[\\/]+$/, '')
  return plain.endsWith('.safetensors') ? plain.replace(/\.safetensors$/, '') : `${plain.replace(/\.ckpt$/, '')}.safetensors`
}
