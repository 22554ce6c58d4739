// A question that is asked again after each change, and whose last answer alone counts.

/** Ask `work` once nothing has changed for a while; an answer that comes after a newer question is dropped. */
export function latest<T>(after: number, work: (signal: AbortSignal) => Promise<T>, take: (answer: T) => void, fail: (error: unknown) => void) {
  let timer: number | undefined
  let running: AbortController | null = null
  async function ask(): Promise<void> {
    const mine = new AbortController()
    running = mine
    try {
      const answer = await work(mine.signal)
      if (running === mine) take(answer)
    } catch (error) {
      if (running === mine) fail(error)
    }
  }
  function stop(): void {
    window.clearTimeout(timer)
    running?.abort()
    running = null
  }
  function soon(now = false): void {
    stop()
    timer = window.setTimeout(() => void ask(), now ? 0 : after)
  }
  return { soon, stop }
}
