/** What the resident's page needs to begin: where it is, in which languages, and its words. */
import { Router } from 'express'
import { z } from 'zod'
import { RETENTION_DAYS } from '../core/language-choice.js'
import type { LanguageInfo, Library } from '../core/library.js'
import type { Area } from '../core/types.js'

const Opening = z.object({ area: z.string().max(64).optional(), languages: z.string().max(400).default('') })
const LanguageCode = /^[a-z]{2,3}$/

/** The page's words by language: `locales/<language>/web.json`. */
export type WebTexts = Readonly<Record<string, Readonly<Record<string, string>>>>

export interface ChatParts {
  readonly library: () => Library
  readonly webTexts: () => WebTexts
  /** Wall time of a drill in Denmark, `YYYY-MM-DDTHH:mm`. */
  readonly drill: string | undefined
}

export function chatRouter(parts: ChatParts): Router {
  const router = Router()
  router.get('/chat/page', (request, response) => {
    const opening = Opening.safeParse(request.query)
    if (!opening.success) return void response.status(400).json({ message: 'This request cannot be read.' })
    const { area, languages } = opening.data
    response.set('Cache-Control', 'no-store').json(describePage(parts, area, languages.split(',')))
  })
  router.get('/chat/texts/:file', (request, response, next) => {
    const code = request.params.file.replace(/\.json$/, '')
    const texts = LanguageCode.test(code) ? parts.webTexts()[code] : undefined
    if (texts === undefined) return next()
    response.set('Cache-Control', 'no-cache').json(texts)
  })
  return router
}

function describePage(parts: ChatParts, wanted: string | undefined, languages: readonly string[]): object {
  const library = parts.library()
  const { id, name, colour, demo } = areaOf(library, wanted)
  const texts = parts.webTexts()
  const codes = [library.defaultLanguage, ...preferred(library.languages, languages)]
  return {
    area: { id, name, colour, demo },
    ...(parts.drill === undefined ? {} : { drill: { date: parts.drill } }),
    languages: library.languages,
    defaultLanguage: library.defaultLanguage,
    texts: Object.fromEntries(codes.flatMap((code) => (texts[code] === undefined ? [] : [[code, texts[code]]]))),
    retentionDays: RETENTION_DAYS,
  }
}

function areaOf(library: Library, wanted: string | undefined): Area {
  const id = wanted !== undefined && Object.hasOwn(library.areas, wanted) ? wanted : library.defaultArea
  const area = library.areas[id]
  if (area === undefined) throw new Error('The library has no area: add dialogs/areas/<id>.yaml')
  return area
}

/** The first of the device's languages that is offered. */
function preferred(offered: readonly LanguageInfo[], languages: readonly string[]): string[] {
  const codes = languages.map((tag) => tag.toLowerCase().split('-')[0] ?? '')
  return codes.filter((code) => offered.some((language) => language.code === code)).slice(0, 1)
}
