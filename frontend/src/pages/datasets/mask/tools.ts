// The tools of the mask editor, and what a person has set them to.

export const TOOLS = ['brush', 'eraser', 'rectangle', 'lasso', 'fill', 'move'] as const
export type Tool = (typeof TOOLS)[number]

/** Keys of the tools. */
export const KEYS: Record<string, Tool> = { b: 'brush', e: 'eraser', r: 'rectangle', l: 'lasso', f: 'fill', h: 'move' }

export interface Setting {
  tool: Tool
  /** Of the brush, in pixels of the painted mask. */
  size: number
  /** 0 to 100. */
  softness: number
  /** Areas take away instead of adding. */
  takeAway: boolean
  /** Of the mask over the picture, 0 to 100. */
  opacity: number
  /** Colour what counts, or darken what does not. */
  look: 'colour' | 'dark'
}

export const MOST_SIZE = 600

export function usualSetting(): Setting {
  return { tool: 'brush', size: 40, softness: 20, takeAway: false, opacity: 55, look: 'colour' }
}

/** Whether a tool takes away; a held key or the right button asks for the opposite. */
export function takesAway(setting: Setting, opposite: boolean): boolean {
  const away = setting.tool === 'brush' ? false : setting.tool === 'eraser' ? true : setting.takeAway
  return away !== opposite
}

/** The next size up or down, in steps that grow with it. */
export function nextSize(size: number, up: boolean): number {
  const step = Math.max(1, Math.round(size * 0.15))
  return Math.min(MOST_SIZE, Math.max(1, up ? size + step : size - step))
}

/** A good size of the brush for a picture: a twentieth of its longer side. */
export function usualSize(of: { working_width: number; working_height: number }): number {
  return Math.min(MOST_SIZE, Math.max(8, Math.round(Math.max(of.working_width, of.working_height) / 20)))
}
