import { launchBrowser } from './web/browser.js'
import { startProduct } from './e2e/product.js'
import { mkdtempSync } from 'node:fs'
const [lang = 'da', name = 'x', clock = '', ...says] = process.argv.slice(2)
const dir = mkdtempSync('/tmp/zz-')
const product = await startProduct(dir, clock === '-' || clock === '' ? {} : { CLOCK: clock })
const browser = await launchBrowser()
const page = await browser.newPage({ viewport: { width: 390, height: 844 }, locale: lang })
await page.goto(product.url)
await page.waitForTimeout(1500)
let i = 0
for (const say of says) {
  if (say.startsWith('[')) await page.getByRole('button', { name: say.slice(1, -1), exact: true }).last().click()
  else { await page.locator('textarea').fill(say); await page.keyboard.press('Enter') }
  await page.waitForTimeout(1500)
  await page.screenshot({ path: `/tmp/shots/${name}-${++i}.png` })
}
await browser.close()
await product.stop()
