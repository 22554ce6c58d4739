// Deleting with a way back, for data sets, pictures and models alike.
import { NButton, useMessage } from 'naive-ui'
import { h } from 'vue'
import { useI18n } from 'vue-i18n'
import { api } from '@/api/client'
import { useFailures } from '@/parts/failure'

const SECONDS_TO_UNDO = 12

/** Bring things back from the bin, in the opposite order of their deletion. */
export async function restore(ids: string[]): Promise<void> {
  for (const id of [...ids].reverse()) await api.POST('/api/bin/{item_id}/restore', { params: { path: { item_id: id } } })
}

/** Returns `told(text, ids, after)`: says that something lies in the bin, with a button that brings it back. */
export function useBinned(): (text: string, ids: string[], after: () => unknown) => void {
  const message = useMessage()
  const { t } = useI18n()
  const { show } = useFailures()
  return (text, ids, after) => {
    const undo = (): void => {
      note.destroy()
      restore(ids).then(after).catch(show)
    }
    const note = message.info(
      () => h('span', { class: 'binned' }, [text, ' ', h(NButton, { size: 'tiny', onClick: undo }, () => t('common.undo'))]),
      { duration: SECONDS_TO_UNDO * 1000, closable: true },
    )
  }
}
