/** What the API says when it refuses an act about a request or an alarm. */
import { RELOAD, type Refusal } from './refusal.js'

export const BOARD_REFUSALS = {
  'request-gone': {
    status: 404,
    message: { da: 'Opgaven er slettet, eller den findes ikke.', en: 'It has been erased, or there is no such thing.' },
    advice: { da: 'Gå tilbage til listen.', en: 'Go back to the list.' },
  },
  'changed-meanwhile': {
    status: 409,
    message: { da: 'Den er ændret, siden du så den. Der er ikke gjort noget.', en: 'It has changed since you saw it. Nothing was done.' },
    advice: { da: 'Se, hvad der er sket, og prøv igen.', en: 'See what has happened, and try again.' },
  },
  'still-waiting': {
    status: 409,
    message: { da: 'Opgaven venter stadig på en frivillig.', en: 'The request still waits for a volunteer.' },
    advice: { da: 'Tag opgaven, hvis du selv vil have den.', en: 'Take it if you want to have it yourself.' },
  },
  'has-helper': {
    status: 409,
    message: { da: 'En frivillig har opgaven.', en: 'A volunteer has the task.' },
    advice: { da: 'Giv den til en anden, hvis den skal videre.', en: 'Give it to somebody else if it must move on.' },
  },
  'is-over': {
    status: 409,
    message: { da: 'Opgaven er lukket.', en: 'The request is closed.' },
    advice: { da: 'Opret en ny, hvis der stadig er brug for hjælp.', en: 'Open a new one if help is still needed.' },
  },
  'is-passed-on': {
    status: 409,
    message: { da: 'Opgaven er sendt videre til andre.', en: 'The request has been passed on to others.' },
    advice: { da: 'Tag opgaven, hvis den skal tilbage.', en: 'Take it if it must come back.' },
  },
  'with-staff': {
    status: 409,
    message: { da: 'Opgaven er hos de ansatte. Ingen frivillig er i gang.', en: 'The request is with staff. No volunteer is on it.' },
    advice: { da: 'Spørg flere, hvis en frivillig skal have den.', en: 'Ask more people if a volunteer should have it.' },
  },
  frozen: {
    status: 409,
    message: { da: 'Opgaven står stille, til en bekymring er afgjort.', en: 'The request stands still until a report is decided.' },
    advice: { da: 'Afgør bekymringen først.', en: 'Decide the report first.' },
  },
  'already-yours': {
    status: 409,
    message: { da: 'Du har allerede opgaven.', en: 'You have it already.' },
    advice: { da: 'Du skal ikke gøre mere.', en: 'There is nothing more to do.' },
  },
  'taken-by-staff': {
    status: 409,
    message: { da: 'En kollega har opgaven.', en: 'A colleague has it.' },
    advice: { da: 'Tal med den, der har den, eller tag over.', en: 'Talk with whoever has it, or take over.' },
  },
  'own-report': {
    status: 409,
    message: { da: 'Bekymringen er din egen, eller handler om dig.', en: 'The report is your own, or about you.' },
    advice: { da: 'Bed en kollega om at afgøre den.', en: 'Ask a colleague to decide it.' },
  },
  'nothing-to-decide': {
    status: 409,
    message: { da: 'Der er ingen bekymring at afgøre.', en: 'There is no report to decide.' },
    advice: RELOAD,
  },
  'staff-only': {
    status: 409,
    message: { da: 'Ingen frivillig må få den opgave.', en: 'No volunteer may have this request.' },
    advice: {
      da: 'Giv opgaven tilbage, hvis en kollega skal have den.',
      en: 'Give it back if a colleague should have it.',
    },
  },
  'not-now': {
    status: 409,
    message: { da: 'Det kan ikke gøres, som opgaven står nu.', en: 'This cannot be done as the request stands now.' },
    advice: RELOAD,
  },
  'plain-request': {
    status: 409,
    message: {
      da: 'Opgaven er fra før. Den kan lukkes, og du kan skrive noter.',
      en: 'The request is an old one. You can close it and write notes.',
    },
    advice: { da: 'Luk den, når der er hjulpet.', en: 'Close it when help was given.' },
  },
  'nobody-now': {
    status: 409,
    message: {
      da: 'Ingen flere kan spørges lige nu. Der er ikke ændret noget.',
      en: 'Nobody more can be asked right now. Nothing was changed.',
    },
    advice: {
      da: 'Se, hvorfor de andre ikke er spurgt. Tag opgaven, eller send den videre.',
      en: 'See why the others were not asked. Take the request, or pass it on.',
    },
  },
  'quiet-hours': {
    status: 409,
    message: {
      da: 'Det er nat. Frivillige spørges først om morgenen, når det ikke haster.',
      en: 'It is night. Volunteers are asked in the morning when it is not urgent.',
    },
    advice: { da: 'Tag opgaven, hvis den ikke kan vente.', en: 'Take the request if it cannot wait.' },
  },
  'cannot-be-asked': {
    status: 409,
    message: {
      da: 'Den frivillige kan ikke spørges nu. Der er ikke ændret noget.',
      en: 'This volunteer cannot be asked now. Nothing was changed.',
    },
    advice: { da: 'Vælg en anden.', en: 'Choose somebody else.' },
  },
  'no-network': {
    status: 409,
    message: { da: 'De hjælper ikke med det i området.', en: 'They do not help with this in the area.' },
    advice: { da: 'Vælg nogle andre.', en: 'Choose others.' },
  },
  'no-consent': {
    status: 409,
    message: { da: 'Beboeren skal først sige ja.', en: 'The resident must say yes first.' },
    advice: { da: 'Spørg beboeren.', en: 'Ask the resident.' },
  },
  'no-helper': {
    status: 409,
    message: { da: 'Der er ingen hjælper at skrive til nu.', en: 'There is no helper to write to now.' },
    advice: { da: 'Vent, til en har sagt ja.', en: 'Wait until somebody has said yes.' },
  },
  'has-chat': {
    status: 409,
    message: { da: 'Beboeren skriver selv med hjælperen.', en: 'The resident writes with the helper themselves.' },
    advice: { da: 'Skriv til beboeren.', en: 'Write to the resident.' },
  },
  'no-chat': {
    status: 409,
    message: { da: 'Beboeren har ingen chat.', en: 'The resident has no chat.' },
    advice: { da: 'Ring til dem.', en: 'Call them.' },
  },
  'window-closed': {
    status: 409,
    message: {
      da: 'Messenger lader ingen skrive nu. Det er for længe siden, beboeren skrev.',
      en: 'Messenger lets nobody write now. It is too long since the resident wrote.',
    },
    advice: {
      da: 'Ring, hvis der er et nummer, eller vent, til beboeren skriver.',
      en: 'Call if there is a number, or wait until the resident writes.',
    },
  },
  'danger-quiet': {
    status: 409,
    message: {
      da: 'Opgaven handler om fare. Der skrives ikke i chatten, for andre kan læse med.',
      en: 'The request is about danger. Nothing is written in the chat, where others may read it.',
    },
    advice: { da: 'Ring, hvis det er sikkert for beboeren.', en: 'Call if that is safe for the resident.' },
  },
  'notes-full': {
    status: 409,
    message: { da: 'Der er ikke plads til flere noter på opgaven.', en: 'There is no room for more notes on this request.' },
    advice: { da: 'Tal med dine kolleger.', en: 'Talk with your colleagues.' },
  },
  'note-gone': {
    status: 404,
    message: { da: 'Noten er der ikke mere.', en: 'The note is not there any more.' },
    advice: RELOAD,
  },
  'note-not-yours': {
    status: 409,
    message: { da: 'Noten er ikke din.', en: 'The note is not yours.' },
    advice: { da: 'Skriv din egen ved siden af.', en: 'Write your own beside it.' },
  },
  'note-late': {
    status: 409,
    message: { da: 'Noten er mere end 10 minutter gammel og bliver stående.', en: 'The note is more than 10 minutes old and stays.' },
    advice: { da: 'Skriv en ny, der retter den.', en: 'Write a new one that corrects it.' },
  },
  'alarm-gone': {
    status: 404,
    message: { da: 'Alarmen er overstået, eller findes ikke.', en: 'The alarm is over, or there is no such thing.' },
    advice: { da: 'Du skal ikke gøre mere.', en: 'There is nothing more to do.' },
  },
  'alarm-seen': {
    status: 409,
    message: { da: 'En anden har set alarmen.', en: 'Somebody else has seen the alarm.' },
    advice: { da: 'Tal med den, der har den.', en: 'Talk with whoever has it.' },
  },
  'task-not-offered': {
    status: 400,
    message: { da: 'Frivillige hjælper ikke med det.', en: 'Volunteers do not help with this.' },
    advice: { da: 'Vælg en anden opgave.', en: 'Choose another task.' },
  },
  'alias-unusable': {
    status: 400,
    message: { da: 'Skriv et fornavn med bogstaver, højst 30.', en: 'Write a first name in letters, at most 30.' },
    advice: { da: 'Skriv, hvad hjælperen skal kalde beboeren.', en: 'Write what the helper shall call the resident.' },
  },
  'stairwell-unusable': {
    status: 400,
    message: { da: 'Opgangen kan ikke læses.', en: 'The stairwell cannot be read.' },
    advice: { da: 'Skriv husets nummer, for eksempel 12 A.', en: 'Write the number of the house, for example 12 A.' },
  },
} as const satisfies Record<string, Refusal>
