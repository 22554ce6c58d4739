// The list of jobs that have ended: searched and filtered by the server, a page more at a time.
import { computed, onScopeDispose, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue'
import { api, data, type Schemas } from '@/api/client'
import { useStudio, type JobRow } from '@/live/stream'
import { hasEnded, type State } from './states'

/** Rows asked for at once. */
const PAGE = 100
/** Milliseconds that typing rests before the search begins. */
const REST = 250

export interface History {
  text: Ref<string>
  state: Ref<State | null>
  rows: ComputedRef<JobRow[]>
  loading: Ref<boolean>
  failure: Ref<unknown>
  /** Whether the server has rows that were not asked for yet. */
  more: ComputedRef<boolean>
  grow: () => Promise<void>
  reload: () => Promise<void>
}

/** The history; reloads itself when a job ends or goes. */
export function useHistory(): History {
  const { jobs } = useStudio()
  const text = ref('')
  const state = ref<State | null>(null)
  const found = shallowRef<Schemas['JobsAnswer'] | null>(null)
  const loading = ref(true)
  const failure = ref<unknown>(null)
  let size = PAGE
  let turn = 0
  let timer: number | undefined

  async function reload(): Promise<void> {
    const mine = ++turn
    const query = { text: text.value.trim(), limit: size, ...(state.value ? { state: state.value } : {}) }
    loading.value = true
    try {
      const answer = await data<Schemas['JobsAnswer']>(api.GET('/api/jobs', { params: { query } }))
      if (mine === turn) found.value = answer
      failure.value = null
    } catch (error) {
      if (mine === turn) failure.value = error
    } finally {
      if (mine === turn) loading.value = false
    }
  }

  async function grow(): Promise<void> {
    size += PAGE
    await reload()
  }

  // The stream knows sooner than the list how a job stands.
  const rows = computed(() =>
    (found.value?.jobs ?? []).map((row) => jobs.value.get(row.id) ?? row).filter((row) => hasEnded(row)),
  )
  const ends = computed(() => [...jobs.value.values()].map((row) => `${row.id}${hasEnded(row)}`).sort().join())

  watch([text, state], () => {
    size = PAGE
    window.clearTimeout(timer)
    timer = window.setTimeout(reload, REST)
  })
  watch(ends, () => reload(), { immediate: true })
  onScopeDispose(() => window.clearTimeout(timer))
  const more = computed(() => (found.value ? found.value.jobs.length < found.value.total : false))
  return { text, state, rows, loading, failure, more, grow, reload }
}
