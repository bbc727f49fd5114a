/** The letters that staff get about their own account: a link that signs them in, and what was changed. */
import type { Letter } from '../mail.js'

/** Danish, and English under it; no name, because whoever reads it is whoever has the mailbox. */
export function staffLetter(link: string, hours: number): Pick<Letter, 'subject' | 'text'> {
  return {
    subject: 'Log ind i Opgang / Sign in to Opgang',
    text: `Hej

Her er dit link til at logge ind i Opgang. Åbn det, og tryk på knappen »Log ind«:
${link}

Linket gælder i ${hours} timer og kan bruges én gang. Send det ikke videre: Den, der har linket, logger ind som dig.
Har du ikke bedt om det, skal du ikke gøre noget.


Hello

The link above signs you in to Opgang. Open it and press the button "Sign in". It works for ${hours} hours and can be used once. Do not pass it on: whoever has it signs in as you.
If you did not ask for it, you need not do anything.
`,
  }
}

/** What was changed of how somebody signs in. */
export type AccountChange = 'passkey-added' | 'passkey-removed' | 'link-made' | 'mail-changed'

const CHANGES: Readonly<Record<AccountChange, Readonly<Record<'da' | 'en', string>>>> = {
  'passkey-added': { da: 'Der er oprettet en ny adgangsnøgle til din adgang.', en: 'A new passkey was made for your account.' },
  'passkey-removed': { da: 'En adgangsnøgle til din adgang er fjernet.', en: 'A passkey of your account was removed.' },
  'link-made': {
    da: 'Der er lavet et link, som logger ind som dig. Det er givet til en anden.',
    en: 'A link that signs in as you was made. It was handed to somebody.',
  },
  'mail-changed': {
    da: 'Denne mailadresse er ikke længere den, du får links sendt til.',
    en: 'This mail address is no longer the one that your links are sent to.',
  },
}

/** Says what was changed and what to do about it; holds nothing that signs anybody in, and no name. `page`: address of the console. */
export function changeLetter(change: AccountChange, page: string): Pick<Letter, 'subject' | 'text'> {
  const { da, en } = CHANGES[change]
  return {
    subject: 'Din adgang til Opgang er ændret / Your access to Opgang was changed',
    text: `Hej

${da}

Var det dig, eller vidste du det, skal du ikke gøre noget.
Ellers: Sig det straks til en administrator, og log ud på alle enheder under »Min adgang«:
${page}


Hello

${en}

If it was you, or you knew of it, you need not do anything.
If not: tell an administrator at once, and sign out on all devices under "My access", at the address above.
`,
  }
}
