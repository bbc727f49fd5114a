/** The pages behind a link to a request: Danish, and English under it; no script, no file, nothing from elsewhere. */
import { createHash } from 'node:crypto'
import type { CaseSeen } from '../app/case-links.js'

/** `unavailable`: it cannot be read or kept now. `crowded`: too much from one address. */
export type CasePage = CaseSeen | { readonly is: 'unavailable' | 'crowded' }

type Words = { readonly da: string; readonly en: string }
interface Said {
  readonly status: number
  readonly head: Words
  readonly body: Words
}

const YES: Words = { da: 'Vi tager den', en: 'We take it' }
const NO: Words = { da: 'Det kan vi ikke', en: 'We cannot' }

const NOTHING_TO_DO: Words = { da: 'I skal ikke gøre noget.', en: 'You need not do anything.' }
/** 404 whether a link was never there or is too old; 410 for what was used, and for what is over. */
const SAID: Readonly<Record<Exclude<CasePage['is'], 'open' | 'answered' | 'used'>, Said>> = {
  unknown: {
    status: 404,
    head: { da: 'Linket virker ikke', en: 'This link does not work' },
    body: { da: 'Se efter, om du har hele linket fra mailen.', en: 'Check that you have the whole link from the mail.' },
  },
  late: {
    status: 404,
    head: { da: 'Linket er for gammelt', en: 'This link is too old' },
    body: {
      da: 'Det gjaldt i 7 dage. Spørg boligområdet, hvis I stadig vil hjælpe.',
      en: 'It worked for 7 days. Ask the housing area if you still want to help.',
    },
  },
  gone: { status: 410, head: { da: 'Opgaven findes ikke mere', en: 'This task no longer exists' }, body: NOTHING_TO_DO },
  over: { status: 410, head: { da: 'Opgaven er ikke længere åben', en: 'This task is no longer open' }, body: NOTHING_TO_DO },
  busy: {
    status: 409,
    head: { da: 'Svaret er ved at blive gemt', en: 'The answer is being saved' },
    body: {
      da: 'Åbn linket igen om et halvt minut. Så kan du se svaret.',
      en: 'Open the link again in half a minute. Then you can see the answer.',
    },
  },
  unavailable: {
    status: 503,
    head: { da: 'Det virker ikke lige nu', en: 'This does not work right now' },
    body: {
      da: 'Åbn linket igen om et minut. Så kan du se, om dit svar kom med.',
      en: 'Open the link again in a minute. Then you can see whether your answer was saved.',
    },
  },
  crowded: {
    status: 429,
    head: { da: 'For mange på én gang', en: 'Too many at once' },
    body: { da: 'Åbn linket igen om et minut.', en: 'Open the link again in a minute.' },
  },
}

const STYLE = `
:root { color-scheme: light dark; --paper: #faf8f4; --ink: #1d2421; --muted: #57615c; --line: #d8d3c8; --accent: #1c5a48; --link: #1c5a48 }
@media (prefers-color-scheme: dark) {
  :root { --paper: #151917; --ink: #ecebe6; --muted: #abb5af; --line: #39423d; --accent: #24705a; --link: #8fd0b6 }
}
* { box-sizing: border-box }
html { background: var(--paper); color: var(--ink); font: 106.25%/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; text-size-adjust: 100% }
body { margin: 0; overflow-wrap: anywhere }
main { max-inline-size: 32rem; margin-inline: auto; padding: 1.5rem 1rem }
h1 { margin: 0; font-size: 1.4em; line-height: 1.25 }
p { margin: 0 0 .5rem }
h1 + p { margin-block: .25rem 1.5rem }
[lang=en] { color: var(--muted) }
dl { margin: 0 0 1.5rem; border-block-start: 1px solid var(--line) }
dl div { padding-block: .5rem; border-block-end: 1px solid var(--line) }
dt { color: var(--muted) }
dd { margin: 0; font-weight: 600 }
dd [lang=en] { font-weight: 400 }
button { display: block; inline-size: 100%; min-block-size: 56px; margin-block-end: .75rem; padding: .5rem 1rem; border: 2px solid var(--accent); border-radius: 12px; background: none; color: inherit; font: inherit; cursor: pointer }
button span { display: block; font-size: .9em }
.yes { background: var(--accent); color: #fff }
.yes span { color: inherit }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px }
`

/** What a page of a link may do: show itself, and post to us. The style is known by its hash. */
export const CASE_PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  'img-src data:',
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The page for what is seen, and its status. `token` is that of the link, for the buttons. */
export function casePage(page: CasePage, token: string): { readonly status: number; readonly html: string } {
  if (page.is === 'open') return { status: 200, html: whole(`Opgave ${page.receipt}`, openBody(page, token)) }
  const { status, head, body } = page.is === 'answered' || page.is === 'used' ? answerSaid(page) : SAID[page.is]
  const question = `<h1>${escape(head.da)}</h1>\n${english(head.en)}\n<p>${escape(body.da)}</p>\n${english(body.en)}`
  return { status, html: whole(head.da, question) }
}

function answerSaid({ is, yes }: Extract<CasePage, { is: 'answered' | 'used' }>): Said {
  const said = yes ? YES : NO
  const body = { da: `Jeres svar er gemt: ${said.da}.`, en: `Your answer is saved: ${said.en}.` }
  if (is === 'answered') return { status: 200, head: { da: 'Tak for svaret', en: 'Thank you for answering' }, body }
  return { status: 410, head: { da: 'Linket er brugt', en: 'This link has been used' }, body }
}

function openBody({ receipt, area, task }: Extract<CasePage, { is: 'open' }>, token: string): string {
  const line = (name: Words, value: string) => `<div><dt>${name.da} · <span lang="en">${name.en}</span></dt><dd>${value}</dd></div>`
  const form = (answer: 'yes' | 'no', { da, en }: Words) =>
    `<form method="post" action="/case/${token}/${answer}"><button class="${answer}">${da} <span lang="en">${en}</span></button></form>`
  return `<h1>Kan I tage opgaven?</h1>
${english('Can you take this task?')}
<dl>
${line({ da: 'Nummer', en: 'Number' }, escape(receipt))}
${line({ da: 'Område', en: 'Area' }, escape(area))}
${line({ da: 'Opgave', en: 'Task' }, `${escape(task.da)} <span lang="en">${escape(task.en)}</span>`)}
</dl>
${form('yes', YES)}
${form('no', NO)}
<p>I kan svare én gang.</p>
${english('You can answer once.')}`
}

function english(text: string): string {
  return `<p lang="en">${escape(text)}</p>`
}

function whole(title: string, body: string): string {
  return `<!doctype html>
<html lang="da">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex, nofollow">
<title>${escape(title)} · Opgang</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`)
}
