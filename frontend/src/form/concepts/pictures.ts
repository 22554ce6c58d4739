// How many pictures lie in a folder, looked up shortly after its name was changed.
import { onBeforeUnmount, ref, watch, type Ref } from 'vue'
import { api, data, type Schemas } from '@/api/client'
import { latest } from '@/parts/latest'

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
  const looks = latest(
    AFTER,
    (signal) => {
      const query = { path: folder(), limit: 1, recursive: true }
      return data<Schemas['PicturePage']>(api.GET('/api/datasets/pictures', { params: { query }, signal }))
    },
    (page) => (found.value = { count: page.total, first: page.pictures[0]?.path ?? '' }),
    () => (found.value = null), // the check says what is wrong with it
  )

  watch(folder, (path, before) => {
    found.value = null
    if (path.trim()) looks.soon(before === undefined)
    else looks.stop()
  }, { immediate: true })
  onBeforeUnmount(looks.stop)
  return found
}
