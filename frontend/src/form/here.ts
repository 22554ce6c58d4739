// Tells which section of the form is at the top of the window.
import { onBeforeUnmount, ref, watch, type Ref } from 'vue'

/** Name of the section that is read now, of those named; the first one until anything is scrolled. */
export function useHere(names: () => string[]): Ref<string> {
  const here = ref('')
  let watcher: IntersectionObserver | undefined

  function follow(): void {
    watcher?.disconnect()
    watcher = new IntersectionObserver(
      (entries) => {
        const found = entries.find((entry) => entry.isIntersecting)
        if (found) here.value = found.target.id.replace('section-', '')
      },
      { rootMargin: '-120px 0px -70% 0px' },
    )
    for (const name of names()) {
      const section = document.getElementById(`section-${name}`)
      if (section) watcher.observe(section)
    }
    if (!names().includes(here.value)) here.value = names()[0] ?? ''
  }

  watch(() => names().join(), follow, { immediate: true, flush: 'post' })
  onBeforeUnmount(() => watcher?.disconnect())
  return here
}
