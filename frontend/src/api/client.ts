// The one way to the server: typed by its OpenAPI document, failures as ApiError.
import createClient, { type Middleware } from 'openapi-fetch'
import type { components, paths } from './schema'

export type Schemas = components['schemas']
export type Problem = Schemas['Problem']

/** A refusal of the server, or its silence (status 0). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly problems: Problem[],
  ) {
    super(problems.map((problem) => `${problem.message} ${problem.hint ?? ''}`.trim()).join('\n'))
  }
}

/** Address of a path of the server, relative to the page, so that a path prefix in front of it does no harm. */
export function address(path: string): string {
  return new URL(path.replace(/^\//, ''), document.baseURI.split('#')[0]).toString()
}

const failures: Middleware = {
  async onResponse({ response }) {
    if (response.ok) return undefined
    let problems: Problem[] = []
    try {
      problems = ((await response.clone().json()) as Schemas['Failure']).errors ?? []
    } catch {
      // No body of ours: a proxy in between answered.
    }
    if (!problems.length) problems = [{ code: `http-${response.status}`, message: response.statusText, hint: '' }]
    throw new ApiError(response.status, problems)
  },
  onError({ error }) {
    if (error instanceof ApiError) return error
    return new ApiError(0, [{ code: 'unreachable', message: String((error as Error).message ?? error), hint: '' }])
  },
}

export const api = createClient<paths>({ baseUrl: address('').replace(/\/$/, '') })
api.use(failures)

/** Data of an answer: failures have been thrown before. */
export async function data<T>(answer: Promise<{ data?: T }>): Promise<T> {
  return (await answer).data as T
}
