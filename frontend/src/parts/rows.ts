// All rows of one kind, fetched when a page opens and whenever it looks again.
import { onMounted, ref, type Ref } from 'vue'
import { useFailures } from './failure'

/** Rows, null until the first answer; one that fails is shown, and leaves the rows as they are. */
export function useRows<T>(fetch: () => Promise<T[]>): { rows: Ref<T[] | null>; load: () => Promise<void> } {
  const { show } = useFailures()
  const rows = ref(null) as Ref<T[] | null>
  async function load(): Promise<void> {
    try {
      rows.value = await fetch()
    } catch (error) {
      rows.value ??= []
      show(error)
    }
  }
  onMounted(load)
  return { rows, load }
}
