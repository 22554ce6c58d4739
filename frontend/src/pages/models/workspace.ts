// A workspace's settings on their way into the form and back.
import { api, data, type Schemas } from '@/api/client'
import { CHOSEN, type Draft } from '../train/draft'

export type Row = Schemas['WorkspaceRow']
export type Detail = Schemas['WorkspaceDetail']
export type Parsed = Schemas['ParsedAnswer']

/** A workspace's name in the address of a request. */
export const at = (name: string) => ({ params: { path: { name } } })

/** The settings of a workspace, or of another one for it. */
export async function paramsOf(name: string, into?: string): Promise<Parsed> {
  return data<Parsed>(api.GET('/api/workspaces/{name}/params', { params: { path: { name }, query: { into } } }))
}

/** A draft of settings; it remembers the workspace that they were loaded from. */
export function draftOf(parsed: Parsed, origin: string, fromElsewhere = false): Draft {
  const chosen: readonly string[] = CHOSEN
  const values = Object.fromEntries(Object.entries(parsed.values).filter(([name]) => !chosen.includes(name)))
  const base = fromElsewhere ? ({ kind: 'file', name: origin, values } as const) : ({ kind: 'workspace', name: origin, values } as const)
  return { method: parsed.method, family: parsed.family, engine: parsed.engine, values, base }
}

/** The last part of a path. */
export function nameOf(path: string): string {
  return path.split(/[\\/]/).pop() ?? path
}
