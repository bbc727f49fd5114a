/** What the API says when it refuses something about a volunteer. */
import type { Refusal } from './refusal.js'

export const PEOPLE_REFUSALS = {
  'alias-number': {
    status: 400,
    message: { da: 'Navnet indeholder et nummer.', en: 'The name has a number in it.' },
    advice: { da: 'Skriv et fornavn eller et navn, I finder på.', en: 'Write a first name, or a made-up one.' },
  },
  'stairwell-unknown': {
    status: 400,
    message: { da: 'Opgangen findes ikke i området.', en: 'There is no such stairwell in the area.' },
    advice: { da: 'Vælg en opgang, eller lad feltet stå tomt.', en: 'Choose a stairwell, or leave it empty.' },
  },
  'decided-before': {
    status: 409,
    message: { da: 'En anden har allerede svaret.', en: 'Somebody else has answered already.' },
    advice: { da: 'Personen har fået besked. Du skal ikke gøre mere.', en: 'The person has been told. There is nothing more to do.' },
  },
  'no-promise': {
    status: 409,
    message: { da: 'Personen har ikke givet løftet om tavshed.', en: 'The person has not promised confidentiality.' },
    advice: {
      da: 'Få løftet først. Den, der driver Opgang, skriver det i filen over folk.',
      en: 'Get the promise first. Whoever runs Opgang writes it in the file of people.',
    },
  },
  'person-has-chat': {
    status: 409,
    message: { da: 'Personen skriver allerede med Opgang.', en: 'The person writes with Opgang already.' },
    advice: { da: 'Der skal ikke bruges noget engangsord.', en: 'No one-time word is needed.' },
  },
  'not-approved': {
    status: 409,
    message: { da: 'Personen er ikke godkendt som frivillig.', en: 'The person is not approved as a volunteer.' },
    advice: { da: 'Godkend personen først.', en: 'Approve the person first.' },
  },
  paused: {
    status: 409,
    message: { da: 'Personen holder pause.', en: 'The person has a break.' },
    advice: { da: 'Slut pausen først, hvis personen vil det.', en: 'End the break first, if the person wants that.' },
  },
  'report-waits': {
    status: 409,
    message: { da: 'Pausen gælder, til bekymringen er afgjort.', en: 'The pause holds until the report is decided.' },
    advice: { da: 'Afgør bekymringen på opgaven under Opgaver.', en: 'Decide the report on its request, under Requests.' },
  },
  'person-window-closed': {
    status: 409,
    message: {
      da: 'Personen har ikke skrevet til Opgang i 24 timer og kan ikke få besked om opgaver.',
      en: 'The person has not written to Opgang for 24 hours and cannot be told of requests.',
    },
    advice: {
      da: 'Bed personen om at skrive til Opgang. Så kan vagten begynde.',
      en: 'Ask the person to write to Opgang. Then the duty can begin.',
    },
  },
} as const satisfies Record<string, Refusal>
