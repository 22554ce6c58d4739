// The list of tags that suggestions are taken from beside the data set's own: chosen once, kept in this browser.
import { onMounted, ref, watch, type Ref } from 'vue'
import { api, data, type Schemas } from '@/api/client'

const KEY = 'mikazuki.tag-list'

/** The list in use, empty for none, and those that lie in the folder for them. */
export function useTagList(): { list: Ref<string>; lists: Ref<Schemas['TagListFile'][]> } {
  const list = ref(window.localStorage.getItem(KEY) ?? '')
  const lists = ref<Schemas['TagListFile'][]>([])
  watch(list, (path) => window.localStorage.setItem(KEY, path))
  onMounted(async () => {
    try {
      lists.value = await data<Schemas['TagListFile'][]>(api.GET('/api/datasets/captions/lists'))
    } catch {
      lists.value = [] // suggestions then come from the data set alone
    }
  })
  return { list, lists }
}
