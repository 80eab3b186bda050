import { defineNuxtRouteMiddleware } from '#imports'
import { useLanguage } from '../composables/useLanguage.ts'
import type { Area } from '../i18n/areas.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /** Texts that the page shows, beside `common`. */
    texts?: readonly Area[]
  }
}

/** Loads the words of a page before it is shown, so that it never stands there with gaps. */
export default defineNuxtRouteMiddleware((to) => useLanguage().need(['common', ...(to.meta.texts ?? [])]))
