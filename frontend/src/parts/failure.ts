// Shows what the server refused: what, where, what to do.
import { useDialog } from 'naive-ui'
import { h } from 'vue'
import { useI18n } from 'vue-i18n'
import { ApiError, type Problem } from '@/api/client'

/** Problems of any error; the words for a silent server are the page's own. */
export function problemsOf(error: unknown, unreachable: Problem): Problem[] {
  if (!(error instanceof ApiError)) return [{ code: 'internal', message: String(error), hint: '' }]
  return error.status === 0 ? [unreachable] : error.problems
}

/** Returns `show(error)`: a message box with one paragraph a problem. */
export function useFailures(): { show: (error: unknown) => void } {
  const dialog = useDialog()
  const { t } = useI18n()
  function show(error: unknown): void {
    const silent = { code: 'unreachable', message: t('common.unreachable'), hint: t('common.unreachable_hint') }
    const problems = problemsOf(error, silent)
    dialog.error({
      title: t('common.failed'),
      positiveText: t('common.close'),
      content: () =>
        problems.map((problem) =>
          h('p', { style: 'white-space: pre-wrap; overflow-wrap: anywhere' }, [
            problem.message,
            problem.hint ? h('span', { style: 'opacity: .8' }, ` ${problem.hint}`) : null,
          ]),
        ),
    })
  }
  return { show }
}
