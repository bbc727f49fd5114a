/** `/healthz`: the process lives. `/readyz`: it can take turns; else 503 with the reason in words. */
import { Router } from 'express'

/** Undefined when ready, else why not. */
export type Readiness = () => Promise<string | undefined>

export function healthRouter(readiness: Readiness): Router {
  const router = Router()
  router.get('/healthz', (_, response) => void response.type('text').send('alive\n'))
  router.get('/readyz', async (_, response) => {
    const reason = await readiness()
    response
      .status(reason === undefined ? 200 : 503)
      .type('text')
      .send(`${reason ?? 'ready'}\n`)
  })
  return router
}
