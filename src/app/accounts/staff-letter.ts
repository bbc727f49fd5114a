/** The letter with a link that signs somebody in. */
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
