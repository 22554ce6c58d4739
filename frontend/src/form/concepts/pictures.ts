// How many pictures lie in a folder, looked up shortly after its name was changed.
import { onBeforeUnmount, ref, watch, type Ref } from 'vue'
import { api, data, type Schemas } from '@/api/client'

const AFTER = 400 // milliseconds without a change

/** Pictures of a folder and all below it. */
export interface Pictures {
  count: number
  /** Path of one of them; empty: there is none. */
  first: string
}

/** Follow a folder's pictures; null while it is not named, not there, or not known yet. */
export function usePictures(folder: () => string): Ref<Pictures | null> {
  const found = ref<Pictures | null>(null)
  let timer: number | undefined
  let asked = 0

  async function look(path: string): Promise<void> {
    const mine = ++asked
    try {
      const query = { path, limit: 1, recursive: true }
      const page = await data<Schemas['PicturePage']>(api.GET('/api/datasets/pictures', { params: { query } }))
      if (mine === asked) found.value = { count: page.total, first: page.pictures[0]?.path ?? '' }
    } catch {
      if (mine === asked) found.value = null // the check says what is wrong with it
    }
  }

  watch(folder, (path, before) => {
    window.clearTimeout(timer)
    asked += 1
    found.value = null
    if (path.trim()) timer = window.setTimeout(() => void look(path), before === undefined ? 0 : AFTER)
  }, { immediate: true })
  onBeforeUnmount(() => window.clearTimeout(timer))
  return found
}
