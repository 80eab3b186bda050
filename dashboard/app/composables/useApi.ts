import { useNuxtApp } from '#imports'
import type { Api } from '../utils/api.ts'

export const useApi = (): Api => useNuxtApp().$api
