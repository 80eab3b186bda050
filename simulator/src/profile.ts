import type { NewGoal } from '@footfall/contract/sites.ts'
import type { Country } from './places.ts'

/** Weights by name; they need not sum to anything. */
export type Weights<Name extends string = string> = Readonly<Partial<Record<Name, number>>>

/** A custom event that people send from a page. */
export interface Action {
  name: string
  /** How many of the views of the page lead to it, 0–1. */
  chance: number
  /** Props by name; one of the values is drawn. `{path}` stands for the path of the page. */
  props?: Readonly<Record<string, readonly string[]>>
  /** An amount drawn from these prices, one to three of them added up. */
  revenue?: { currency: string; prices: readonly number[] }
  interactive?: boolean
}

/** Pages that are alike: one reads them equally long and goes on to the same places. */
export interface Section {
  /** Paths and how often each is looked at. */
  pages: Weights
  /** Median reading time in seconds. */
  reads: number
  /** How far down the median reader gets, percent. */
  scrolls: number
  /** How many of the views end the visit, 0–1. */
  leaves: number
  /** Names of sections that people go to from here. */
  next: Weights
  /** Props of the page views, by path (`*`: every path). */
  props?: Readonly<Record<string, Readonly<Record<string, string>>>>
  actions?: readonly Action[]
}

/** Where people come from: what the browser says (`referrer`) and what the link says (`utm`). */
export interface Source {
  share: number
  referrers?: Weights
  utm?: { source?: string; medium?: string; campaign?: string; content?: string; term?: string }
  /** Sections on which these visits begin; default: the landing weights of the site. */
  landing?: Weights
}

/** Something that brings a crowd for a few days, again and again. */
export interface Campaign {
  name: string
  /** Comes back after so many days, counted from 1970-01-01; `on` shifts it. */
  every: number
  on: number
  /** Days it lasts; it fades over them. */
  days: number
  /** Visits on its first day, as a multiple of a usual day's. */
  lift: number
  source: Source
}

/** A website as the simulator knows it. Data only. */
export interface SiteProfile {
  domain: string
  title: string
  timezone: string
  /** Its part of all visits of the demo. */
  share: number
  /** 24 weights, from midnight, in the site's time zone. */
  hours: readonly number[]
  /** 7 weights, from Monday. */
  weekdays: readonly number[]
  /** Growth of traffic in 30 days: 0.1 is ten percent. */
  growth: number
  /** How many of the visits are by somebody who was here before, 0–1. */
  returning: number
  countries: Weights<Country>
  /** Shares of kinds of devices. */
  devices: Weights<Device>
  landing: Weights
  sections: Readonly<Record<string, Section>>
  sources: readonly Source[]
  campaigns: readonly Campaign[]
  goals: readonly DemoGoal[]
}

export type Device = 'Desktop' | 'Mobile' | 'Tablet'

/** Body of `PUT /api/v1/sites/goals` without the site. */
export type DemoGoal = Omit<NewGoal, 'site_id'>
