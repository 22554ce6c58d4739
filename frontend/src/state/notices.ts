// Tells how a training goes in the tab's title, and its end in a notice of the desktop's.
import { watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { useStudio, type JobRow } from '@/live/stream'
import { useTabTitle } from '@/pages/jobs/title'
import { usePreferences } from './preferences'

const ENDED = new Set(['done', 'failed', 'stopped', 'lost'])

/** Call once, where texts are at hand. */
export function useNotices(): void {
  const { t } = useI18n()
  const { jobs } = useStudio()
  const { preferences } = usePreferences()
  useTabTitle()
  const before = new Map<string, string>()

  function tell(job: JobRow): void {
    if (!preferences.value?.desktop_notices || !('Notification' in window) || Notification.permission !== 'granted') return
    const notice = new Notification(t(`nav.ended_${job.state}`, { name: job.name }), { body: job.reason, tag: job.id })
    notice.onclick = () => {
      window.focus()
      location.hash = `#/jobs/${job.id}`
    }
  }

  watch(jobs, (all) => {
    for (const job of all.values()) {
      const was = before.get(job.id)
      if (was && !ENDED.has(was) && ENDED.has(job.state)) tell(job)
      before.set(job.id, job.state)
    }
  })
}
