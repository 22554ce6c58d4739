// Workspaces as the server answers them.
import { api, data, type Schemas } from '@/api/client'
import type { Parsed } from '../train/sources'

export type Row = Schemas['WorkspaceRow']
export type Detail = Schemas['WorkspaceDetail']

/** A workspace's name in the address of a request. */
export const at = (name: string) => ({ params: { path: { name } } })

/** The settings of a workspace, or of another one for it. */
export async function paramsOf(name: string, into?: string): Promise<Parsed> {
  return data<Parsed>(api.GET('/api/workspaces/{name}/params', { params: { path: { name }, query: { into } } }))
}
