// Whether the screen is narrow: what stands beside the pictures then lies in a drawer.
import { onBeforeUnmount, ref, type Ref } from 'vue'

/** Whether a media query matches, now and later. */
export function useNarrow(query: string): Ref<boolean> {
  const media = window.matchMedia(query)
  const narrow = ref(media.matches)
  const measured = (event: MediaQueryListEvent): void => void (narrow.value = event.matches)
  media.addEventListener('change', measured)
  onBeforeUnmount(() => media.removeEventListener('change', measured))
  return narrow
}
