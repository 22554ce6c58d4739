// Shows what the server refused: what, where, what to do.
import { useDialog } from 'naive-ui'
import { h, type VNode } from 'vue'
import { useI18n } from 'vue-i18n'
import { ApiError, type Problem } from '@/api/client'
import { i18n } from '@/i18n'
import ProblemText from './ProblemText.vue'

/** Problems of any error; the words for a silent server are the page's own. */
export function problemsOf(error: unknown): Problem[] {
  const { t } = i18n.global
  if (!(error instanceof ApiError)) return [{ code: 'internal', message: String(error), hint: '' }]
  if (error.status) return error.problems
  return [{ code: 'unreachable', message: t('common.unreachable'), hint: t('common.unreachable_hint') }]
}

/** What a message box says: one paragraph a problem. */
export function told(problems: Problem[]): VNode[] {
  return problems.map((problem) => h(ProblemText, { ...problem, style: 'margin-bottom: 10px' }))
}

/** The title of a message box that names the box to screen readers too, which Naive UI leaves out. */
export function naming(title: string): () => VNode {
  const name = ({ el }: VNode): void => (el as HTMLElement).closest('[role=dialog]')?.setAttribute('aria-label', title)
  return () => h('span', { onVnodeMounted: name }, title)
}

/** Returns `show(error)`: a message box with one paragraph a problem. */
export function useFailures(): { show: (error: unknown) => void } {
  const dialog = useDialog()
  const { t } = useI18n()
  function show(error: unknown): void {
    const problems = problemsOf(error)
    dialog.error({
      title: naming(t('common.failed')),
      positiveText: t('common.close'),
      content: () => told(problems),
    })
  }
  return { show }
}
