// The browser tab's title: how far the training is, and that it has ended until somebody has looked.
import { computed, onScopeDispose, ref, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { useStudio, type JobRow } from '@/live/stream'
import { hasEnded, isAlive, percent } from './states'

const NAME = 'Mikazuki'

/** What the title says: the ending first, since it is news; then the job that began first. */
export function titleOf(rows: JobRow[], ended: string): string {
  if (ended) return `${ended} · ${NAME}`
  const alive = rows.filter((row) => isAlive(row)).sort((one, other) => (one.started ?? 0) - (other.started ?? 0))
  const first = alive[0]
  if (!first) return NAME
  const share = percent(first)
  return `${share === null ? '…' : `${Math.floor(share)} %`} ${first.name} · ${NAME}`
}

/** Keep the tab's title; call once for the whole page. */
export function useTabTitle(): void {
  const { t } = useI18n()
  const { jobs } = useStudio()
  const news = ref('')
  const before = new Map<string, boolean>()
  const look = (): void => {
    if (!document.hidden) news.value = ''
  }
  const title = computed(() => titleOf([...jobs.value.values()], news.value))

  watch(jobs, (all) => {
    for (const row of all.values()) {
      const ended = hasEnded(row)
      if (before.get(row.id) === false && ended && document.hidden) {
        news.value = `${t(`jobs.state.${row.state}`)}: ${row.name}`
      }
      before.set(row.id, ended)
    }
  }, { immediate: true })
  watch(title, (text) => (document.title = text), { immediate: true })
  document.addEventListener('visibilitychange', look)
  onScopeDispose(() => document.removeEventListener('visibilitychange', look))
}
