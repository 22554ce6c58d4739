// A job's stage and why it waits or ended, in the page's language; what is not known here stays as the server said it.
import { useI18n } from 'vue-i18n'
import type { JobRow } from '@/live/stream'
import { hasEnded, isTraining } from './states'

/** The server's own sentences, and their keys in the catalogue; any other is about one job alone, as an error is. */
const REASONS: Record<string, string> = {
  'ended at once; nothing was saved since the last checkpoint': 'at_once',
  'held back until it is released': 'held',
  'its process is gone': 'gone',
  'stopped on request': 'on_request',
  'taken out of the queue before it began': 'taken_out',
  'the queue is paused': 'paused',
  'waits for its time': 'time',
  'waits for its turn': 'turn',
}

/** Words for a job's stage and reason. */
export interface Wordings {
  stageOf: (row: JobRow) => string
  /** Empty where the state's own word has said it. */
  reasonOf: (row: JobRow) => string
  /** What it does: a training's method, family and engine, or the program's name. */
  kindOf: (row: JobRow) => string
  /** The language of the reason where it is the server's own word, else undefined. */
  languageOf: (row: JobRow) => 'en' | undefined
}

/** The wordings; call it where texts are at hand. */
export function useWordings(): Wordings {
  const { t, te } = useI18n()

  function stageOf(row: JobRow): string {
    if (!row.stage) return t('jobs.starting')
    const key = `jobs.stage.${row.stage}`
    return te(key) ? t(key) : row.stage
  }

  function reasonOf(row: JobRow): string {
    if (row.state === 'done') return ''
    const key = REASONS[row.reason]
    return key ? t(`jobs.reason.${key}`) : row.reason
  }

  function kindOf(row: JobRow): string {
    if (isTraining(row)) return `${row.method} · ${row.family} · ${row.engine}`
    const key = `jobs.program.${row.program}`
    return te(key) ? t(key) : row.program
  }

  const languageOf = (row: JobRow): 'en' | undefined => (hasEnded(row) && !REASONS[row.reason] ? 'en' : undefined)

  return { stageOf, reasonOf, kindOf, languageOf }
}
