// What a search finds in the part of a log that is not here yet: the server looks there.
import { computed, onScopeDispose, shallowRef, watch, type ComputedRef, type Ref } from 'vue'
import { api, data, type Schemas } from '@/api/client'

/** Milliseconds that typing rests before the server is asked. */
const REST = 300

/** Where lines that were found begin, in bytes, in their order: only those before what is here. */
export function useEarlier(id: string, query: Ref<string>, before: Ref<number>): ComputedRef<number[]> {
  const found = shallowRef<number[]>([])
  let timer: number | undefined

  async function ask(text: string): Promise<void> {
    const params = { path: { job_id: id }, query: { text } }
    const answer = await data<Schemas['LogSearch']>(api.GET('/api/jobs/{job_id}/log/search', { params }))
    if (text === query.value) found.value = answer.hits.map((hit) => hit.offset)
  }

  watch([query, () => before.value > 0], ([text, more]) => {
    window.clearTimeout(timer)
    found.value = []
    if (text && more) timer = window.setTimeout(() => ask(text).catch(() => undefined), REST) // what is here is searched anyway
  })
  onScopeDispose(() => window.clearTimeout(timer))
  return computed(() => found.value.filter((offset) => offset < before.value))
}
