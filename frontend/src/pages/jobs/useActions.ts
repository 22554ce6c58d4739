// What a person may ask of jobs: each a call to the server, its refusal shown, its success said.
import { NButton, useMessage } from 'naive-ui'
import { h } from 'vue'
import { useI18n } from 'vue-i18n'
import { api, data, type Schemas } from '@/api/client'
import type { JobRow } from '@/live/stream'
import { useFailures } from '@/parts/failure'

type How = Schemas['StopRequest']['how']
export type Schedule = Schemas['ScheduleRequest']

/** Milliseconds for which a deletion offers to be undone. */
const UNDO = 10_000

/** Actions; each answers whether it went well, those that make a job with its id or null. */
export interface Actions {
  stop: (id: string, how: How) => Promise<boolean>
  retry: (id: string) => Promise<string | null>
  resume: (id: string) => Promise<string | null>
  sampleNow: (id: string) => Promise<boolean>
  saveNow: (id: string) => Promise<boolean>
  /** Into the bin, with a message that brings it back. */
  remove: (row: JobRow, onChange: () => void) => Promise<boolean>
  restore: (item: string) => Promise<boolean>
  purge: (item: string) => Promise<boolean>
  move: (id: string, position: number) => Promise<boolean>
  schedule: (id: string, wanted: Schedule) => Promise<boolean>
  pause: (paused: boolean) => Promise<boolean>
}

const place = (id: string) => ({ params: { path: { job_id: id } } })
const inBin = (id: string) => ({ params: { path: { item_id: id } } })

/** The item of the bin that a deleted job has become: the newest one that lay under its id. */
async function itemOf(job: string): Promise<string | null> {
  const rows = await data<Schemas['BinRow'][]>(api.GET('/api/bin'))
  const mine = rows.filter((row) => row.kind === 'job' && row.path.split(/[\\/]/).pop() === job)
  return mine.sort((one, other) => other.deleted - one.deleted)[0]?.id ?? null
}

/** The actions; call it where texts and messages are at hand. */
export function useActions(): Actions {
  const { t } = useI18n()
  const { show } = useFailures()
  const message = useMessage()

  async function done(work: Promise<unknown>, said?: string): Promise<boolean> {
    try {
      await work
    } catch (error) {
      show(error)
      return false
    }
    if (said) message.success(said)
    return true
  }

  async function made(work: Promise<{ data?: Schemas['JobMade'] }>): Promise<string | null> {
    try {
      const { id } = await data(work)
      message.success(t('jobs.said.queued'))
      return id
    } catch (error) {
      show(error)
      return null
    }
  }

  async function undo(row: JobRow, onChange: () => void): Promise<void> {
    try {
      const item = await itemOf(row.id)
      if (item) await api.POST('/api/bin/{item_id}/restore', inBin(item))
      onChange()
    } catch (error) {
      show(error)
    }
  }

  async function remove(row: JobRow, onChange: () => void): Promise<boolean> {
    if (!(await done(api.DELETE('/api/jobs/{job_id}', place(row.id))))) return false
    onChange()
    const press = (): void => {
      said.destroy()
      void undo(row, onChange)
    }
    const button = () => h(NButton, { size: 'tiny', onClick: press }, () => t('common.undo'))
    const words = () => h('span', [t('jobs.said.deleted', { name: row.name }), ' ', button()])
    const said = message.success(words, { duration: UNDO, closable: true })
    return true
  }

  return {
    stop: (id, how) => done(api.POST('/api/jobs/{job_id}/stop', { ...place(id), body: { how } })),
    retry: (id) => made(api.POST('/api/jobs/{job_id}/retry', place(id))),
    resume: (id) => made(api.POST('/api/jobs/{job_id}/resume', place(id))),
    sampleNow: (id) => done(api.POST('/api/jobs/{job_id}/sample', place(id)), t('jobs.said.sample')),
    saveNow: (id) => done(api.POST('/api/jobs/{job_id}/save', place(id)), t('jobs.said.save')),
    remove,
    restore: (item) => done(api.POST('/api/bin/{item_id}/restore', inBin(item)), t('jobs.said.restored')),
    purge: (item) => done(api.DELETE('/api/bin/{item_id}', inBin(item))),
    move: (id, position) => done(api.POST('/api/jobs/{job_id}/move', { ...place(id), body: { position } })),
    schedule: (id, wanted) => done(api.POST('/api/jobs/{job_id}/schedule', { ...place(id), body: wanted })),
    pause: (paused) => done(paused ? api.POST('/api/queue/pause') : api.POST('/api/queue/resume')),
  }
}
