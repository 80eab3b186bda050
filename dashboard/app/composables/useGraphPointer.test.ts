import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shallowRef } from 'vue'
import { useGraphPointer } from './useGraphPointer.ts'

/** A graph of five points, 100 pixels apart, that writes down what it is told. */
function graph() {
  const told: unknown[] = []
  const box = { getBoundingClientRect: () => ({ left: 0 }), setPointerCapture: () => undefined } as unknown as HTMLElement
  const { on, active } = useGraphPointer({
    box: shallowRef(box),
    spots: () => [0, 100, 200, 300, 400].map((x) => ({ x, y: 0 })),
    open: (index) => told.push(['open', index]),
    zoom: (first, last) => told.push(['zoom', first, last]),
    back: () => told.push(['back']),
  })
  const at = (clientX: number) => ({ clientX, button: 0, pointerId: 1 }) as PointerEvent
  const key = (name: string, shiftKey = false) => on.keydown({ key: name, shiftKey, preventDefault: () => undefined } as KeyboardEvent)
  return { told, on, at, key, active }
}

test('a tap opens the point under the finger: the browser takes the finger away and gives the focus before it clicks', () => {
  const { told, on, at } = graph()
  on.pointerdown(at(110))
  on.pointerup()
  on.pointerleave()
  on.focus()
  on.click(at(110))
  assert.deepEqual(told, [['open', 1]])
})

test('a drag shows its stretch in either direction, and is no click', () => {
  const { told, on, at } = graph()
  on.pointerdown(at(310))
  on.pointermove(at(120))
  on.pointerup()
  on.click(at(120))
  assert.deepEqual(told, [['zoom', 1, 3]])
})

test('a finger that scrolls the page chooses nothing', () => {
  const { told, on, at } = graph()
  on.pointerdown(at(100))
  on.pointermove(at(300))
  on.pointercancel()
  assert.deepEqual(told, [])
})

test('keys: arrows and Enter open, with Shift they choose a stretch, which Escape gives up', () => {
  const { told, on, key, active } = graph()
  on.focus()
  assert.equal(active.value, 4)
  key('ArrowLeft')
  key('Enter')
  key('ArrowLeft', true)
  key('ArrowLeft', true)
  key('Enter')
  key('ArrowRight', true)
  key('Escape')
  key('Enter')
  assert.deepEqual(told, [
    ['open', 3],
    ['zoom', 1, 3],
    ['open', 2],
  ])
})
