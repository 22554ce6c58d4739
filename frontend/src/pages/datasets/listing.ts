// Pictures of a folder, thousands of them, as a search finds them.
import { api, data, type Schemas } from '@/api/client'
import { usePages, type Pages } from './pages'

export type PictureRow = Schemas['PictureRow']
export type Captions = 'all' | 'with' | 'without'

/** Which pictures are listed. */
export interface Question {
  path: string
  text: string
  captions: Captions
}

const PART = 200

/** The list of the page. */
export interface Listing extends Omit<Pages<PictureRow>, 'anew'> {
  ask: (question: Question) => Promise<void>
}

/** List pictures; what the server refuses is handed to `onFailure`. */
export function useListing(onFailure: (error: unknown) => void): Listing {
  let question: Question | null = null
  const { anew, ...list } = usePages<PictureRow>(PART, page)
  const { rows, total } = list

  async function page(start: number) {
    const query = { ...question!, start, limit: PART }
    const answer = await data<Schemas['PicturePage']>(api.GET('/api/datasets/pictures', { params: { query } }))
    return { ...answer, rows: answer.pictures }
  }

  async function ask(wanted: Question): Promise<void> {
    question = wanted
    const before = rows.value
    rows.value = []
    try {
      await anew(true)
    } catch (error) {
      rows.value = before
      total.value ??= 0
      onFailure(error)
    }
  }

  return { ...list, ask, need: (first, last) => list.need(first, last).catch(onFailure) }
}
