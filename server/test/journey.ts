/**
 * Tests read as stories of visitors: `visitor('a').views('/').after('5m').views('/pricing').does('Signup')`.
 * A story is data; world.ts plays it through the real pipeline.
 */

/** One thing a visitor does, at so many seconds after the story begins. */
export interface Act {
  seconds: number
  /** Body of the event as a tracker would send it, without domain. */
  body: Record<string, unknown>
  from: Origin
}

/** What a request shows of its sender. */
export interface Origin {
  ip: string
  agent: string
  headers: Record<string, string>
}

const CHROME = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'
const UNITS = { s: 1, m: 60, h: 3600, d: 86_400 } as const

/** Seconds of `30s`, `5m`, `2h`, `1d`. */
export function seconds(text: string): number {
  const match = /^(\d+)([smhd])$/.exec(text)
  if (!match) throw new Error(`expected a time such as "5m", got "${text}"`)
  return Number(match[1]) * UNITS[match[2] as keyof typeof UNITS]
}

export interface VisitOptions {
  referrer?: string
  /** Query of the address, such as `?utm_source=x`. */
  query?: string
  host?: string
  [key: string]: unknown
}

/** A visitor and what he does, in order. Every method answers the same story, longer by one act. */
export class Story {
  readonly acts: Act[] = []
  #now = 0
  #page = '/'
  #host: string | undefined
  readonly #origin: Origin

  constructor(origin: Origin) {
    this.#origin = origin
  }

  /** Time goes by. */
  after(time: string): this {
    this.#now += seconds(time)
    return this
  }

  /** Looks at a page. */
  views(page: string, { referrer, query = '', host, ...body }: VisitOptions = {}): this {
    this.#page = page
    this.#host = host ?? this.#host
    return this.#act({ n: 'pageview', u: `${page}${query}`, ...(referrer && { r: referrer }), ...body })
  }

  /** Sends a custom event from the page he is on. */
  does(name: string, body: Record<string, unknown> = {}): this {
    return this.#act({ n: name, u: this.#page, ...body })
  }

  /** Stays on the page: an engagement ping with milliseconds and scroll depth. */
  reads(milliseconds: number, scroll: number): this {
    return this.#act({ n: 'engagement', u: this.#page, e: milliseconds, sd: scroll })
  }

  #act(body: Record<string, unknown>): this {
    this.acts.push({ seconds: this.#now, body: { ...body, host: this.#host }, from: this.#origin })
    return this
  }
}

/**
 * A visitor: the same name is the same person (one address and browser), another name another one.
 *
 * @param origin What to change of a usual visitor: `agent`, `ip`, or extra `headers`.
 */
export function visitor(name: string, origin: Partial<Origin> = {}): Story {
  const number = [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 65_536, 7)
  return new Story({ ip: `203.0.${number >> 8}.${number & 255}`, agent: CHROME, headers: {}, ...origin })
}
