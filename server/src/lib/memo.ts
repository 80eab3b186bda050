/**
 * Remembers what `compute` answered for the last keys, at most `2 × limit` of them.
 * Two generations instead of a list in order of use: a hit costs one Map lookup and moves nothing, and
 * what was not asked for during a whole generation is forgotten. A client that invents keys can
 * push others out, but cannot make it grow.
 * @param limit keys in one generation
 */
export function memo<Value extends {} | null>(limit: number, compute: (key: string) => Value): (key: string) => Value {
  let young = new Map<string, Value>()
  let old = new Map<string, Value>()
  return (key) => {
    let value = young.get(key)
    if (value !== undefined) return value
    value = old.get(key)
    if (value === undefined) value = compute(key)
    if (young.size >= limit) {
      old = young
      young = new Map()
    }
    young.set(key, value)
    return value
  }
}
