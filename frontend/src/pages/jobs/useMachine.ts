// The machine's last ten minutes, gathered from the stream from the first call on.
import { effectScope, shallowRef, watch, type Ref } from 'vue'
import { useStudio, type MachineReading } from '@/live/stream'

/** A reading and when it came, in unix seconds. */
export interface Moment {
  time: number
  reading: MachineReading
}

/** Seconds that are kept. */
const KEPT = 600

let history: Ref<Moment[]> | null = null

/** Readings of the last ten minutes, oldest first. */
export function useMachine(): Ref<Moment[]> {
  history ??= effectScope(true).run(gather)!
  return history
}

function gather(): Ref<Moment[]> {
  const { machine } = useStudio()
  const moments = shallowRef<Moment[]>([])
  watch(
    machine,
    (reading) => {
      if (!reading) return
      const time = Date.now() / 1000
      moments.value = [...moments.value.filter((moment) => moment.time > time - KEPT), { time, reading }]
    },
    { immediate: true },
  )
  return moments
}
