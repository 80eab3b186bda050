import { inject, provide, type InjectionKey } from 'vue'

/** Whoever looks at a shared dashboard, as far as its pages must know. */
export interface Guest {
  /** Address of the dashboard, below which its pages are. */
  home: string
  /** Only a part of the visits is shown. */
  limited: boolean
  /** Inside a frame of another page: there is no header. */
  embed: boolean
}

const KEY: InjectionKey<Guest> = Symbol('guest')
export const provideGuest = (guest: Guest): void => provide(KEY, guest)

/** The guest whose dashboard this is, or null for somebody with an account. */
export const useGuest = (): Guest | null => inject(KEY, null)
