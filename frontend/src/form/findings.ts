// What a check finds wrong, put to the options that it is about.
import type { Problem } from '@/api/client'

/** One thing that is wrong, and the option that it is about. */
export interface Finding {
  option: string
  text: string
}

/** What a problem says, one finding a line where its message is a list. */
export function findingsOf(problem: Problem, options: ReadonlySet<string>): Finding[] {
  const [head = '', ...items] = problem.message.split(/\n\s*- /)
  const texts = items.length ? items : [`${problem.message} ${problem.hint ?? ''}`]
  const about = items.length ? headOption(head, options) : undefined
  return texts.map((text) => ({ option: about ?? optionOf(text, options) ?? '', text: text.trim() }))
}

/** The options that a problem is about. */
export function optionsOf(problem: Problem, options: ReadonlySet<string>): string[] {
  return [...new Set(findingsOf(problem, options).map((one) => one.option))].filter(Boolean)
}

/** What problems say, by the option that each thing is about. */
export function faultsOf(problems: Problem[], options: ReadonlySet<string>): Map<string, string> {
  const found = new Map<string, string>()
  const all = problems.flatMap((problem) => findingsOf(problem, options))
  for (const { option, text } of all) if (option) found.set(option, [found.get(option), text].filter(Boolean).join('\n'))
  return found
}

/** Option that the head of a list names as what all of it is about: `concepts_list: 2 things are wrong`. */
function headOption(head: string, options: ReadonlySet<string>): string | undefined {
  const name = /(?:^|\()([a-z]+_[a-z_]+)\)?: \d+ thing/.exec(head)?.[1]
  return name && options.has(name) ? name : undefined
}

function optionOf(text: string, options: ReadonlySet<string>): string | undefined {
  const words = text.match(/[A-Za-z_][A-Za-z0-9_]*/g) ?? []
  const known = words.filter((word) => options.has(word))
  // Short names such as `seed` or `vae` are also words of a sentence: a name with an underscore is surer.
  return known.find((word) => word.includes('_')) ?? known[0]
}
