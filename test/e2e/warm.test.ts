/** The product right after its start, while the danger words and the answers' models are still being made. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { startProduct } from './product.js'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'opgang-warm-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

test('it is ready, and a stop ends it in order', async () => {
  const product = await startProduct(dir, { LOG_LEVEL: 'error' })
  expect((await fetch(`${product.url}/readyz`)).status).toBe(200)
  expect(await product.stop()).toBe(0)
  expect(product.output[0]).toContain('Opgang is open')
})
