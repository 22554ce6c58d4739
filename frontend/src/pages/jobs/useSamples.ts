// Sample pictures of one or several jobs, asked for again when there may be more.
import { ref, shallowRef, watch, type Ref } from 'vue'
import { api, data } from '@/api/client'
import type { Sample } from './samples'

export interface Samples {
  /** By job; in the order in which they were drawn. */
  all: Ref<Map<string, Sample[]>>
  loading: Ref<boolean>
  failure: Ref<unknown>
  load: () => Promise<void>
}

/** The samples of jobs; `beat` is read to know when to look again. */
export function useSamples(ids: () => string[], beat: () => unknown): Samples {
  const all = shallowRef(new Map<string, Sample[]>())
  const loading = ref(true)
  const failure = ref<unknown>(null)
  let turn = 0

  async function load(): Promise<void> {
    const mine = ++turn
    try {
      const one = async (id: string): Promise<[string, Sample[]]> => {
        const path = { job_id: id }
        return [id, await data<Sample[]>(api.GET('/api/jobs/{job_id}/samples', { params: { path } }))]
      }
      const found = await Promise.all(ids().map(one))
      if (mine === turn) all.value = new Map(found)
      failure.value = null
    } catch (error) {
      if (mine === turn) failure.value = error
    } finally {
      loading.value = false
    }
  }

  watch(() => [ids().join('\n'), beat()], load, { immediate: true })
  return { all, loading, failure, load }
}
