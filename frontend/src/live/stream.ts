// The event streams: one for the whole page, one for each job that is looked at; both go on after an interruption.
import { ref, shallowRef, triggerRef, type Ref } from 'vue'
import { address, api, data, type Schemas } from '@/api/client'

export type JobRow = Schemas['JobRow']
export type MachineReading = Schemas['MachineReading']
export type StudioAnswer = Schemas['StudioAnswer']

/** One event of a job; its fields depend on its kind. */
export interface JobEvent {
  time: number
  kind: string
  [field: string]: unknown
}

interface Live {
  studio: Ref<StudioAnswer | null>
  jobs: Ref<Map<string, JobRow>>
  order: Ref<string[]>
  paused: Ref<boolean>
  machine: Ref<MachineReading | null>
  connected: Ref<boolean>
  reload: () => Promise<void>
}

/** Milliseconds after which a broken stream is opened anew; browsers give up by themselves after some failures. */
const RETRY = 2000

let live: Live | null = null

/** What the whole page knows of the studio; the stream is opened at the first call. */
export function useStudio(): Live {
  live ??= open()
  return live
}

function open(): Live {
  const studio = ref<StudioAnswer | null>(null)
  const jobs = shallowRef(new Map<string, JobRow>())
  const order = ref<string[]>([])
  const paused = ref(false)
  const machine = shallowRef<MachineReading | null>(null)
  const connected = ref(false)

  async function reload(): Promise<void> {
    studio.value = await data<StudioAnswer>(api.GET('/api/studio'))
    paused.value = studio.value.queue_paused
  }

  listen('api/stream', {
    opened: () => {
      connected.value = true
      if (!studio.value) reload().catch(() => undefined) // the stream opens again and with it comes another try
    },
    broken: () => (connected.value = false),
    events: {
      jobs: (text) => {
        const change = JSON.parse(text) as { jobs: JobRow[]; removed: string[] }
        for (const row of change.jobs) jobs.value.set(row.id, row)
        for (const id of change.removed) jobs.value.delete(id)
        triggerRef(jobs)
      },
      queue: (text) => {
        const change = JSON.parse(text) as { paused: boolean; order: string[] }
        paused.value = change.paused
        order.value = change.order
      },
      machine: (text) => (machine.value = JSON.parse(text) as MachineReading),
    },
  })
  return { studio, jobs, order, paused, machine, connected, reload }
}

/**
 * Follow a job's events from its first one, each once, in their order, also across interruptions.
 * `onEnd` is called when the job has ended and all was told. Returns what ends the following.
 */
export function followJob(id: string, onEvent: (event: JobEvent) => void, onEnd?: () => void): () => void {
  let seen = '0'
  const close = listen(() => `api/jobs/${encodeURIComponent(id)}/events?start=${seen}`, {
    events: {
      message: (text, last) => {
        seen = last || seen
        onEvent(JSON.parse(text) as JobEvent)
      },
      end: () => {
        close()
        onEnd?.()
      },
    },
  })
  return close
}

interface Listener {
  opened?: () => void
  broken?: () => void
  events: Record<string, (text: string, id: string) => void>
}

function listen(path: string | (() => string), listener: Listener): () => void {
  let source: EventSource | null = null
  let timer: number | undefined
  let closed = false

  function connect(): void {
    source = new EventSource(address(typeof path === 'string' ? path : path()))
    source.onopen = () => listener.opened?.()
    source.onerror = () => {
      listener.broken?.()
      source?.close()
      if (!closed) timer = window.setTimeout(connect, RETRY)
    }
    for (const [kind, handle] of Object.entries(listener.events)) {
      source.addEventListener(kind, (event) => {
        const message = event as MessageEvent<string>
        handle(message.data, message.lastEventId)
      })
    }
  }

  connect()
  return () => {
    closed = true
    window.clearTimeout(timer)
    source?.close()
  }
}
