// The theme's colours as CSS variables, for the form's own inputs.
import { useThemeVars } from 'naive-ui'
import { computed, type ComputedRef } from 'vue'

/** Style to bind on the outermost element of what uses the classes of form.css. */
export function useLook(): ComputedRef<Record<string, string>> {
  const theme = useThemeVars()
  return computed(() => ({
    '--f-primary': theme.value.primaryColor,
    '--f-text': theme.value.textColor1,
    '--f-text2': theme.value.textColor2,
    '--f-text3': theme.value.textColor3,
    '--f-border': theme.value.borderColor,
    '--f-line': theme.value.dividerColor,
    '--f-card': theme.value.cardColor,
    '--f-body': theme.value.bodyColor,
    '--f-hover': theme.value.hoverColor,
    '--f-error': theme.value.errorColor,
    '--f-warning': theme.value.warningColor,
    '--f-success': theme.value.successColor,
  }))
}
