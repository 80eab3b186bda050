import { Type, type TSchema } from 'typebox'
import * as accounts from './accounts.ts'
import { Dropped, DroppedAsked } from './dropped.ts'
import * as funnels from './funnels.ts'
import { ImportList } from './import.ts'
import { JourneysBody, JourneysResult } from './journeys.ts'
import { Cities, CitiesAsked } from './cities.ts'
import { Keeping, KeepingAsked } from './keeping.ts'
import { NamesBody, NamesResult } from './names-used.ts'
import { QueryBody, QueryResult } from './query.ts'
import { Realtime, RealtimeAsked, RealtimeVisitors } from './realtime.ts'
import { Regions, RegionsAsked } from './regions.ts'
import { RetentionBody, RetentionResult } from './retention.ts'
import * as saved from './saved.ts'
import { ScriptSize } from './script.ts'
import * as sharing from './sharing.ts'
import * as sites from './sites.ts'
import { System } from './system.ts'
import { VisitAsked, VisitTimeline, VisitsBody, VisitsResult } from './visits.ts'

/** What a call takes beside the parameters of its address, and what comes back. */
export interface CallSchema {
  query?: TSchema
  body?: TSchema
  answer: TSchema
}

const Nothing = Type.Null()
const { Deleted } = sites

/**
 * Every call of the API that programs make and that is answered with JSON. The server validates with these schemas (a test compares them
 * with /openapi.json), and client.ts takes its types from them, so neither can drift.
 */
export const CALL_SCHEMAS = {
  session: { answer: accounts.SessionState },
  signIn: { body: accounts.Credentials, answer: accounts.SessionState },
  signOut: { answer: Nothing },
  setup: { body: accounts.Credentials, answer: accounts.SessionState },
  changeAccount: { body: accounts.OwnPatch, answer: accounts.Account },
  signOutEverywhere: { answer: Nothing },
  users: { answer: accounts.AccountList },
  addUser: { body: accounts.NewAccount, answer: accounts.Account },
  changeUser: { body: accounts.AccountPatch, answer: accounts.Account },
  removeUser: { answer: Nothing },
  keys: { answer: accounts.KeyList },
  makeKey: { body: accounts.NewKey, answer: accounts.MadeKey },
  revokeKey: { answer: Nothing },
  system: { answer: System },
  sites: { query: sites.SitesAsked, answer: sites.SiteList },
  addSite: { body: sites.NewSite, answer: sites.Site },
  site: { answer: sites.Site },
  changeSite: { body: sites.SitePatch, answer: sites.Site },
  deleteSite: { answer: Deleted },
  keeping: { query: KeepingAsked, answer: Keeping },
  goals: { query: sites.OfSite, answer: sites.GoalList },
  addGoal: { body: sites.NewGoal, answer: sites.Goal },
  deleteGoal: { query: sites.MaybeOfSite, answer: Deleted },
  segments: { answer: saved.SegmentList },
  addSegment: { body: saved.NewSegment, answer: sites.Segment },
  changeSegment: { body: saved.SegmentPatch, answer: sites.Segment },
  deleteSegment: { answer: Deleted },
  annotations: { query: saved.AnnotationsAsked, answer: saved.AnnotationList },
  addAnnotation: { body: saved.NewAnnotation, answer: saved.Annotation },
  changeAnnotation: { body: saved.AnnotationPatch, answer: saved.Annotation },
  deleteAnnotation: { answer: Deleted },
  funnels: { answer: funnels.FunnelList },
  addFunnel: { body: funnels.NewFunnel, answer: funnels.Funnel },
  changeFunnel: { body: funnels.FunnelPatch, answer: funnels.Funnel },
  deleteFunnel: { answer: Deleted },
  links: { answer: sharing.LinkList },
  addLink: { body: sharing.NewLink, answer: sharing.Link },
  changeLink: { body: sharing.LinkPatch, answer: sharing.Link },
  deleteLink: { answer: Deleted },
  shared: { answer: sharing.SharedDashboard },
  openShared: { body: sharing.SharePassword, answer: sharing.SharePass },
  scriptSize: { body: sites.TrackerOptions, answer: ScriptSize },
  imports: { answer: ImportList },
  dropped: { query: DroppedAsked, answer: Dropped },
  query: { body: QueryBody, answer: QueryResult },
  funnel: { body: funnels.FunnelBody, answer: funnels.FunnelResult },
  retention: { body: RetentionBody, answer: RetentionResult },
  journeys: { body: JourneysBody, answer: JourneysResult },
  names: { body: NamesBody, answer: NamesResult },
  visits: { body: VisitsBody, answer: VisitsResult },
  visit: { query: VisitAsked, answer: VisitTimeline },
  regions: { query: RegionsAsked, answer: Regions },
  cities: { query: CitiesAsked, answer: Cities },
  realtime: { query: RealtimeAsked, answer: Realtime },
  realtimeVisitors: { query: RealtimeAsked, answer: RealtimeVisitors },
} satisfies Record<string, CallSchema>
