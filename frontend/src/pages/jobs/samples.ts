// Sample pictures by step and by prompt.
import type { Schemas } from '@/api/client'

export type Sample = Schemas['SampleRow']

/** A prompt that is drawn again and again: its place in the file of prompts, and its words. */
export interface Prompt {
  index: number
  text: string
}

/** Steps at which something was drawn, rising. */
export function stepsOf(samples: Sample[]): number[] {
  return [...new Set(samples.map((one) => one.step))].sort((one, other) => one - other)
}

/** Prompts in their order. */
export function promptsOf(samples: Sample[]): Prompt[] {
  const words = new Map(samples.map((one) => [one.index, one.prompt]))
  return [...words].sort(([one], [other]) => one - other).map(([index, text]) => ({ index, text }))
}

/** The picture of a prompt at a step; of several the newest. */
export function sampleAt(samples: Sample[], step: number, index: number): Sample | null {
  return samples.filter((one) => one.step === step && one.index === index).at(-1) ?? null
}

/** The picture of a prompt at a step, or the newest one before it. */
export function sampleBy(samples: Sample[], step: number, index: number): Sample | null {
  const known = samples.filter((one) => one.index === index && one.step <= step)
  return known.reduce<Sample | null>((best, one) => (best && best.step > one.step ? best : one), null)
}
