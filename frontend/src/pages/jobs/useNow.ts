// The time, once a second, for what has been running since some moment.
import { onScopeDispose, ref, type Ref } from 'vue'

/** Unix seconds. */
export function useNow(): Ref<number> {
  const now = ref(Date.now() / 1000)
  const timer = window.setInterval(() => (now.value = Date.now() / 1000), 1000)
  onScopeDispose(() => window.clearInterval(timer))
  return now
}
