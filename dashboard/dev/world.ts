// Writes the outlines of the countries for the map: node dashboard/dev/world.ts
// From world-atlas (ISC), which is made of Natural Earth (public domain): 1:110 million, without Antarctica.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { geoNaturalEarth1, geoPath } from 'd3-geo'
import { feature } from 'topojson-client'

const WIDTH = 1000
const HEIGHT = 500
/** What the atlas calls otherwise than Unicode does. Without a code of its own: northern Cyprus and Somaliland, drawn with no country. */
const NAMED: Record<string, string> = {
  'W. Sahara': 'EH',
  'United States of America': 'US',
  'Dem. Rep. Congo': 'CD',
  'Dominican Rep.': 'DO',
  'Falkland Is.': 'FK',
  'Fr. S. Antarctic Lands': 'TF',
  "Côte d'Ivoire": 'CI',
  'Central African Rep.': 'CF',
  Congo: 'CG',
  'Eq. Guinea': 'GQ',
  eSwatini: 'SZ',
  Palestine: 'PS',
  Myanmar: 'MM',
  Turkey: 'TR',
  'Solomon Is.': 'SB',
  'Bosnia and Herz.': 'BA',
  Macedonia: 'MK',
  'Trinidad and Tobago': 'TT',
  'S. Sudan': 'SS',
}
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
const english = new Intl.DisplayNames('en', { type: 'region' })
// Codes that were given up (SU, DD) are named like what came after them.
const inForce = letters.flatMap((a) => letters.map((b) => a + b)).filter((code) => new Intl.Locale(`und-${code}`).region === code)
const codes = new Map(inForce.map((code) => [english.of(code) ?? '', code]))

const atlas = createRequire(import.meta.url).resolve('world-atlas/countries-110m.json')
const topology = JSON.parse(readFileSync(atlas, 'utf8')) as Parameters<typeof feature>[0]
const all = feature(topology, topology.objects['countries'] as never) as unknown as GeoJSON.FeatureCollection<
  GeoJSON.Geometry,
  { name: string }
>
const world = { ...all, features: all.features.filter(({ properties }) => properties.name !== 'Antarctica') }
const draw = geoPath(geoNaturalEarth1().fitSize([WIDTH, HEIGHT], world)).digits(0)

/** The same outline by whole steps from point to point, which is half as long; steps of nothing are left out. */
const bySteps = (path: string): string =>
  [...path.matchAll(/M([^MZ]*)Z?/g)]
    .map(([, points]) => {
      let [x, y] = [0, 0]
      const steps = (points ?? '').split('L').map((point, at) => {
        const [toX = 0, toY = 0] = point.split(',').map(Number)
        const step = `${toX - x},${toY - y}`
        ;[x, y] = [toX, toY]
        return at > 0 && step === '0,0' ? '' : step
      })
      const [first, ...others] = steps.filter((step) => step !== '')
      // An island smaller than a unit is a point: a small square instead.
      return others.length > 1 ? `M${first}l${others.join(' ')}z` : `M${first}h2v2h-2z`
    })
    .join('')

const countries: Record<string, string> = {}
let rest = ''
for (const shape of world.features) {
  const { name } = shape.properties
  const code = NAMED[name] ?? codes.get(name)
  const path = bySteps(draw(shape) ?? '')
  if (code === undefined) rest += path
  else countries[code] = path
}
writeFileSync(
  new URL('../app/assets/world.json', import.meta.url),
  `${JSON.stringify({ width: WIDTH, height: HEIGHT, countries: Object.fromEntries(Object.entries(countries).toSorted()), rest })}\n`,
)
