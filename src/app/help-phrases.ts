/** The system's phrases beside `common`, one file for each side of a request. */

/** Of who asks for help, of who helps, and of the two together. */
export const HELP_PHRASES = ['asking', 'volunteering', 'talking'] as const
/** Of staff, in Danish and English only. */
export const STAFF_PHRASES = 'coordinating'
export const STAFF_LANGUAGES = ['da', 'en'] as const
