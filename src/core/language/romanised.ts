/**
 * Arabic, Urdu and Persian written in Latin letters. Two signs: digits for letters that Latin lacks (Arabizi), and
 * frequent words in their common spellings. Good for an offer, never for a switch: see docs/language.md for its misses.
 */
import type { LanguageCode } from '../types.js'

interface Signs {
  /** Words that the Latin-script languages of the area do not write. One is enough in a short message. */
  readonly clear: string
  /** Words that one of them also writes, or people's names: they count with others only. */
  readonly vague: string
}

/** Pronouns, question words, verbs, negation and courtesy, by the spellings people use; written for this project. */
const SIGNS: Readonly<Record<LanguageCode, Signs>> = {
  ar: {
    clear: `shlon shlonak shlonik shlonek shlonkom shlonich shlonkum chlon shnu shnou shinu shako kifak kifik kifek keefak keefik keefek
      kefak kefik ezayak ezayik ezzayak izayak izzayak izzayik ezzay izzay ayez ayza aayez 3ayez 3ayza 3awez aywa aiwa aywah
      shukran chukran afwan 3afwan marhaban ahlan masa2 kteer ktir ktiir kullish kolesh kollesh laish leish laysh lesh feen fayn
      emta imta shwakt hala2 halla2 hallaq hassa hatha hadha hadhi hathi hayda hadol biddi baddi bddi biddak bidak beddi bedde
      baddak areed ureed urid aridh asawi asawwi tsawi nsawi a3mel a3mil amel2 mumken momken mafeesh mafish mushkila mushkile
      moshkela ya3ni yaani shway shwaya shwayya chwiya shwaye bukra bokra bukrah embareh imbarih elyoum alyawm alyoum lyoum fahs
      fahis mustashfa mustashfaa mostashfa dawa2 musa3ada mosa3da musaada sa3edni sa3idni saedni ibni binti ebni wladi awladi bnti
      el2an alaan hunak honak hnak ma3a ma3ak ma3i 3ala 3ndi 3andi 3indi 3andak 3indak bshuf ashuf ashoof aruh arooh ruhti truh
      kayf kayfa keyf labas bezzaf bzaf bzzaf chnowa chno kifach 3lach 3lash dyal dyali mzyan barcha fadlak fadlik fadlek aqdar
      agdar akdar mareed mareedh maridh halak haluka haluki yumkin yumkinuni momkin astatee atakallam tatakallam tehki
      btehki bahki 3arabi 3arabiya doktoor aldoctor almustashfa sahha saheh sahih maw3ed mawid shghal sheghel shughl bayti
      baytak waladi zawji zawjti jozi`,
    vague: `shu shou shoo sho shno el al ana anta anti enta inta inti enti ente howa huwa hiya hia ehna ihna nahnu kif keef lek hada
      hadi wen win min fi ma mu mo ya abi abgha arid urid sawi salam marhaba sabah alkhair elkheir kheir il bil fil lil wa aw bas
      bass law kul kol mumkin hal ayn ayna mata matha madha limadha kam li wein wayn haydi bidi mafi mish mosh mesh inshaallah
      inchallah alhamdulillah hamdulillah yalla yallah habibti habibi wallahi wallah khalas khallas tabib hon andi indi wach wesh
      arabi bayt beit sa saa yom youm`,
  },
  ur: {
    clear: `mujhe mujhay mujhko mujko muje mujhey karna karne karnay karwana karwani karwane karvana karana karein karain krna krni krne
      krwana kijiye kijiyega dijiye dijiyega chahiye chahiyay chahye chahie chahiay chahta chahti kaise kesay kaisay kaisa kaisi
      kahan kahaan kyun kyon kiun kiyun kyu kyunke kaun nahi nahin nahee naheen hamara hamari hamare hamein humein hamen tumhara
      tumhari tumhein tumko aapka aapki aapke aapko apka apki apke apko unka unki unke unko iski isko inki bohat bahut bohot bhot
      bhut achha accha achchha achhi theek thik teek shukriya shukria shukriyah meharbani mehrbani batao bataen bataye batayein
      bataiye bataein batain kitna kitni kitne kitnay lekin walay sakti saktay sakoon sakun hotay kuch kuchh yahaan wahan wahaan
      zaroorat zarurat zaroori dawaai bukhar khansi bachay bachon bachchay bacche mujhse aapse rahay rehna rehta rehti milega
      milegi milay milna jaana jaata jaati aata aati aaya aayi aana lagta lagti chahen kartay karunga karungi hogi honge liye liay
      saath pehle pehlay aaj paani kaam beemar bemar bimar hospitaal bukhaar khaansi dawakhana kijie bolna bolta bolti boltay
      samjh samajhta maloom poochna puchna likhna parhna parhai kamra darwaza chaabi baarish kiraya kiraaya bijli ilaaj ilaj
      tabiyat tabiat chaliye chalo karwa karwao karwaya lagwana lagwani lagwaya dikhao dikhana sunna suno hamesha kabhi`,
    vague: `hai he h hy ho hu hun hum ham main me mai mera meri mere tera teri tum tu ap aur or ya yeh ye woh wo kya kia kiya kab kon
      kis ko ka ki ke kay ne na se tak par pe pr bhi bi hi toh to agar magar phir fir koi sab acha achi sirf wala wali tha thi the
      raha rahi rahe kar karo kr jana dena lena aao jao ghar waqt madad dard bhai behen baji beta beti bache assalam salam
      walaikum ji jee haan han nahi baat baad sar pani kaha diya gai sath hain hoon karni kariye nhi mein aap iska uska uski usko
      inka baraye abhi sakta sakte hota hoti hua hui gaya gayi gaye thay yahan zaruri dawai karta karti karte hoga pata bol samajh
      urdu`,
  },
  fa: {
    clear: `mikham mikhaam mikhom mikhay mikhad mikhahim mikhain mikhan mikhastam mikhahad mikhaham nemikham nemikhad chetori chetore
      chetoreh chetorid chetorin khubi khoobi khubam khoobam khobam khubid khoobid mamnoon mamnun mamnunam mamnoonam kheili kheyli
      khayli kheyly lotfan bebakhshid bebakhshin mibakhshid chera chetor chetowr chejoori chejuri kojast kojas kojai kojayi kojaei
      kodum kodoom chandta chandeh mitunam mitoonam mitonam mitavanam mitavam mitooni mituni mitoni mitoonid mitunid mitavanid
      mitoone nemitunam nemitoonam nemitonam nemitavanam nemidunam nemidoonam nemidonam midunam midoonam midonam miduni midooni
      midoni midunid midoonid nadaram nadari nadarim nistam nisti nistesh hastim hastid shoma shomaro bayad nabayad injast unjast
      oonja emruz emrooz emrouz dirooz diruz diruuz dokhtaram pesaram khanevade khaneh khune khoone hamsaye komakam mishe misheh
      mishavad nemishe nemisheh mikonam mikoni mikonid mikone mikonim mikonan nemikonam bokonam bokonid kardam kardid raftam miram
      miaam miyam migam migi mige begoo begid chikar chekar chikaar oonam hanuz hanooz dustam azmayesh bimarestan darmangah
      marizam sobhbekheir khodahafez khodafez bemiram bedam bedid bezanam bezanid bashe basheh khodam khodet pesarham bachcham
      bacheham bachehaam mikoneh mikonad mishavam bimar bimaram bimarestaan daroo daru dandan dandoon sarfe forsi migoftam
      goftam goft bogo khastam mikhastim kojaast koojaa chandom salamati`,
    vague: `man to ma in un oon ke ro ra az dar ba be bara ta che chi ki kei kay kie chand hast nist ast bood bud shod mishod dari daram
      darim darid dare salam dorud merci bale baleh are na nakheir va ya ham khub khoob bad alan farda inja unja dokhtar pesar
      khane mariz doctor daktar komak pul kar ghaza ab dust doost khoda aga agha khanom jan joon begin koja hastam baraye konam
      beram berim miri mirim miad begu inam mersi farsi sard garm saat`,
  },
}
/** A vague word's share of a clear one. */
const VAGUE = 0.4
/** What is needed in all, and for each word of the message. */
const ENOUGH = 1
const ENOUGH_PER_WORD = 0.2
/** Letters of Arabic as digits between Latin letters (ء ع خ ط ح غ ق). At either end of a word they count less: `3andi`, but also `bus7`. */
const DIGIT_INSIDE = /\p{Script=Latin}[2356789]'?\p{Script=Latin}/u
const DIGIT_FIRST = /^[237]\p{Script=Latin}{3}/u
const DIGIT_LAST = /^\p{Script=Latin}{3,}[237]$/u
/** Digits that stand for no letter, or side by side: a number or a code. */
const CODE = /[014]|\p{N}{2}/u
const PART_MAX = 20
/** Parts that are looked at. */
const PARTS_MAX = 60

const WEIGHTS: ReadonlyMap<string, readonly (readonly [LanguageCode, number])[]> = weigh()

/** The language that the writing points to, or undefined. The text without addresses. */
export function romanisedLanguage(text: string): LanguageCode | undefined {
  const parts = (text.toLowerCase().match(/[\p{L}\p{M}\p{N}']+/gu) ?? []).slice(0, PARTS_MAX)
  const sums = new Map<LanguageCode, number>()
  for (const part of parts) {
    for (const [language, weight] of evidence(part)) sums.set(language, (sums.get(language) ?? 0) + weight)
  }
  const [best] = [...sums].toSorted(([, a], [, b]) => b - a)
  return best !== undefined && best[1] >= Math.max(ENOUGH, parts.length * ENOUGH_PER_WORD) ? best[0] : undefined
}

function evidence(part: string): readonly (readonly [LanguageCode, number])[] {
  const known = WEIGHTS.get(part)
  if (known !== undefined || part.length > PART_MAX) return known ?? []
  if (CODE.test(part)) return []
  const letters = part.replace(/[^\p{L}]/gu, '').length
  if (DIGIT_INSIDE.test(part) && letters > 2 && part.length - letters <= letters / 2) return [['ar', 1]]
  return DIGIT_FIRST.test(part) || DIGIT_LAST.test(part) ? [['ar', VAGUE]] : []
}

function weigh(): Map<string, (readonly [LanguageCode, number])[]> {
  const weights = new Map<string, (readonly [LanguageCode, number])[]>()
  for (const [language, { clear, vague }] of Object.entries(SIGNS)) {
    for (const word of clear.split(/\s+/)) weights.set(word, [...(weights.get(word) ?? []), [language, 1]])
    for (const word of vague.split(/\s+/)) weights.set(word, [...(weights.get(word) ?? []), [language, VAGUE]])
  }
  return weights
}
