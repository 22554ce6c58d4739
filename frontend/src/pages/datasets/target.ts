// Where pictures that are dropped on a data set go.
import type { Schemas } from '@/api/client'
import type { Picked } from './picked'

/**
 * Loose pictures go into its only folder where it has one, so that nothing lands beside the `N_words` folder that is
 * trained on; folders go beside that one.
 */
export function targetOf(dataset: Schemas['Dataset'], files: Picked[]): string {
  const [first, ...others] = dataset.folders
  const loose = files.every((one) => !one.name.includes('/'))
  return first && !others.length && loose ? first.path : dataset.path
}
