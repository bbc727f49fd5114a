/**
 * Meta's data deletion callback. The id in it is app-scoped and cannot be matched with a Messenger conversation in Europe
 * (Messenger Platform, Europe and Japan updates), so nothing is erased here; the answer says so and shows the way that works.
 */
import type { Keys } from '../../app/ports.js'
import type { Instant } from '../../core/types.js'
import type { MessengerConfig } from './messenger-config.js'
import { parseSignedRequest } from './signed-request.js'

/** Characters of the confirmation code: 96 bits, so that none can be guessed. */
const CODE_LENGTH = 16
const CODE = new RegExp(`^[A-Za-z0-9_-]{${CODE_LENGTH}}$`)

export interface DeletionDeps {
  readonly config: Pick<MessengerConfig, 'appSecrets'>
  readonly keys: Keys
  /** Address that residents reach, without a slash at its end. */
  readonly publicUrl: string
  readonly now: () => Instant
}

/** The callback's answer; the same person always gets the same code. Undefined (400) when Meta did not sign the request. */
export function answerDeletion(signedRequest: string, deps: DeletionDeps): { url: string; confirmation_code: string } | undefined {
  const request = parseSignedRequest(signedRequest, deps.config.appSecrets, deps.now())
  if (request === undefined) return undefined
  const code = deps.keys.mac('deletion', request.userId).slice(0, CODE_LENGTH)
  return { url: `${deps.publicUrl}/deletion/${code}`, confirmation_code: code }
}

/** The page a person reads about a deletion request, in Danish and English; undefined for what cannot be a code. */
export function deletionStatus(code: string): string | undefined {
  return CODE.test(code) ? page(code) : undefined
}

function page(code: string): string {
  return `<!doctype html>
<html lang="da">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>Sletning af oplysninger</title></head>
<body>
<main>
<h1>Sletning af oplysninger</h1>
<p>Kode: <code>${code}</code></p>
<p>Facebook har bedt os slette oplysninger om dig. Facebook sendte et nummer, som ikke kan kobles til en samtale i Messenger. Vi fandt derfor ingen oplysninger ud fra nummeret, og vi har ikke slettet noget.</p>
<p><strong>Sådan sletter du dine oplysninger:</strong> Åbn samtalen med os, skriv <strong>slet mig</strong>, og svar ja. Så sletter vi alt, hvad vi har om dig fra samtalen.</p>
<section lang="en">
<h2>Deletion of your information</h2>
<p>Facebook asked us to delete information about you. The number that Facebook sent cannot be matched with a conversation in Messenger. So we found nothing by that number, and we have deleted nothing.</p>
<p><strong>How to delete your information:</strong> open the conversation with us, write <strong>delete me</strong>, and answer yes. Then we delete everything we have about you from the conversation.</p>
</section>
</main>
</body>
</html>
`
}
