/** What the API says when it refuses a change of an area or a network. */
import type { Refusal } from './refusal.js'

export const PLACE_REFUSALS = {
  'needs-mending': {
    status: 400,
    message: { da: 'Det er ikke gemt. Noget skal rettes først.', en: 'It was not saved. Something must be corrected first.' },
    advice: { da: 'Ret det, og gem igen.', en: 'Correct it, and save again.' },
  },
  'network-taken': {
    status: 409,
    message: { da: 'Der er et andet netværk med det navn.', en: 'There is another network of that name.' },
    advice: { da: 'Skriv et andet navn.', en: 'Write another name.' },
  },
  'network-has-people': {
    status: 409,
    message: { da: 'Der er frivillige i netværket.', en: 'Volunteers belong to the network.' },
    advice: { da: 'Flyt dem til et andet netværk under Folk først.', en: 'Move them to another network under People first.' },
  },
  'network-has-requests': {
    status: 409,
    message: { da: 'Netværket har opgaver, der ikke er slut.', en: 'The network has requests that are not over.' },
    advice: { da: 'Vent, til de er slut, eller luk dem under Opgaver.', en: 'Wait until they are over, or close them under Requests.' },
  },
  'not-on-call': {
    status: 409,
    message: { da: 'Den person står ikke på vagtlisten.', en: 'This person is not on the on-call list.' },
    advice: { da: 'Sæt personen på listen, og gem den først.', en: 'Put the person on the list, and save it first.' },
  },
} as const satisfies Record<string, Refusal>
