/**
 * Whole messages that mean yes or no, by language, as people type them; compared after normalisation. Only what cannot be
 * anything else: "thanks" and "maybe" are in no list. What may stand behind them is in `yes-no-filler.ts`.
 */
import type { LanguageCode } from '../core/types.js'

interface YesNoWords {
  readonly yes: readonly string[]
  readonly no: readonly string[]
}

export const YES_NO_WORDS: Readonly<Record<LanguageCode, YesNoWords>> = {
  da: {
    yes: [
      'ja',
      'ja tak',
      'jo',
      'jo tak',
      'jada',
      'jep',
      'jeps',
      'japs',
      'ja da',
      'ja gerne',
      'meget gerne',
      'gerne',
      'selvfølgelig',
      'okay',
      'ok',
      'klart',
      'det vil jeg gerne',
      'ja det vil jeg',
      'ja det er rigtigt',
      'j',
    ],
    no: [
      'nej',
      'nej tak',
      'næ',
      'nææ',
      'nix',
      'niks',
      'nope',
      'nej da',
      'ellers tak',
      'nej ellers tak',
      'overhovedet ikke',
      'slet ikke',
      'aldrig',
      'ikke nu',
      'det vil jeg ikke',
      'nej det vil jeg ikke',
    ],
  },
  en: {
    yes: [
      'yes',
      'yes please',
      'yeah',
      'yep',
      'yup',
      'ye',
      'yes thanks',
      'yes thank you',
      'sure',
      'of course',
      'ok',
      'okay',
      'y',
      'yes i do',
      'yes i am',
      'i do',
    ],
    no: [
      'no',
      'no thanks',
      'no thank you',
      'nope',
      'nah',
      'not now',
      'never',
      'no way',
      'n',
      'no i do not',
      "no i don't",
      "i don't",
      'please no',
    ],
  },
  ar: {
    yes: [
      'نعم',
      'نعم شكرا',
      'نعم من فضلك',
      'ايوه',
      'أيوا',
      'ايوة',
      'اي',
      'اه',
      'أجل',
      'بلى',
      'طبعا',
      'أكيد',
      'موافق',
      'موافقة',
      'تمام',
      'naam',
      'na3am',
      'aywa',
      'aiwa',
    ],
    no: ['لا', 'لا شكرا', 'كلا', 'لأ', 'أبدا', 'مستحيل', 'لا أريد', 'ما بدي', 'مو موافق', 'la', 'laa', 'la shukran'],
  },
  so: {
    yes: ['haa', 'haa mahadsanid', 'haah', 'haye', 'hagaag', 'waa hagaag', 'waa yahay'],
    no: ['maya', 'maya mahadsanid', 'may', 'maaya', 'ma doonayo', 'ma rabo'],
  },
  tr: {
    yes: ['evet', 'evet lütfen', 'evet teşekkürler', 'tabii', 'tabi', 'tabii ki', 'elbette', 'olur', 'tamam', 'aynen', 'he'],
    no: ['hayır', 'hayır teşekkürler', 'yok', 'olmaz', 'istemiyorum', 'hayır istemiyorum', 'asla', 'yo'],
  },
  ur: {
    yes: [
      'ہاں',
      'جی ہاں',
      'جی',
      'ہاں جی',
      'ہاں شکریہ',
      'بالکل',
      'ضرور',
      'ٹھیک ہے',
      'haan',
      'han',
      'ji haan',
      'ji han',
      'ji',
      'bilkul',
      'theek hai',
    ],
    no: ['نہیں', 'جی نہیں', 'نہیں شکریہ', 'نہ', 'ہرگز نہیں', 'nahi', 'nahin', 'ji nahi', 'ji nahin'],
  },
  uk: {
    yes: ['так', 'так будь ласка', 'так дякую', 'звичайно', 'звісно', 'авжеж', 'добре', 'ага', 'да', 'tak'],
    no: ['ні', 'ні дякую', 'нє', 'не', 'не хочу', 'ніколи', 'нет', 'ni'],
  },
  pl: {
    yes: ['tak', 'tak proszę', 'tak poproszę', 'tak dziękuję', 'oczywiście', 'jasne', 'pewnie', 'dobrze', 'zgadza się', 'no tak'],
    no: ['nie', 'nie dziękuję', 'nie chcę', 'nigdy', 'wcale nie'],
  },
  fa: {
    yes: ['بله', 'بلی', 'آره', 'آری', 'بله لطفا', 'بله ممنون', 'حتما', 'البته', 'باشه', 'bale', 'baleh', 'are', 'areh'],
    no: ['نه', 'خیر', 'نخیر', 'نه ممنون', 'نه مرسی', 'نه تشکر', 'هرگز', 'نمی‌خواهم', 'na', 'nakheir'],
  },
  ti: {
    yes: ['እወ', 'እወ የቐንየለይ', 'ሕራይ', 'እሺ', 'ewe', 'hiray'],
    no: ['ኣይፋል', 'አይፋል', 'ኣይፋልን', 'አይፋልን', 'ኣይኮነን', 'አይኮነን', 'ኣይደልን', 'አይደልን', 'aykonen', 'ayfal'],
  },
  ku: {
    yes: ['erê', 'ere', 'belê', 'bele', 'erê spas', 'bila', 'temam'],
    no: ['na', 'naxêr', 'na spas', 'naxwazim', 'qet na'],
  },
  bs: {
    yes: ['da', 'da hvala', 'da molim', 'naravno', 'može', 'u redu', 'jeste', 'jašta'],
    no: ['ne', 'ne hvala', 'neću', 'ne želim', 'nikako', 'nikad'],
  },
}

/** Emoji that stand alone for yes or no (skin tones are left out before). */
export const YES_EMOJI: readonly string[] = ['👍', '👌', '✅', '✔', '🆗']
export const NO_EMOJI: readonly string[] = ['👎', '❌', '✖', '🚫', '🙅']
