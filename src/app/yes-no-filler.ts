/**
 * What may stand behind a yes or a no and changes nothing about it, by language, as people type it; compared after normalisation. A closed list:
 * a "but", a condition, a time or a person is in none, and no word that says "not" is behind a yes. Nobody has checked the languages but Danish.
 */
import type { LanguageCode } from '../core/types.js'

interface Filler {
  /** Thanks and please: behind both, and around other short answers. */
  readonly friendly: readonly string[]
  readonly yes: readonly string[]
  readonly no: readonly string[]
}

const list = (phrases: string): readonly string[] => phrases.split(', ')

export const YES_NO_FILLER: Readonly<Record<LanguageCode, Filler>> = {
  da: {
    friendly: list(
      'tak, mange tak, tusind tak, tak skal du have, tak skal I have, tak for hjælpen, venligst, vær så venlig, vær venlig, please',
    ),
    yes: [
      ...list('det er fint, det er ok, det er okay, det er i orden, det er godt, det er rigtigt, det er korrekt, det stemmer, det er alt'),
      ...list('det er det hele, fint, fint nok, godt, super, perfekt, det lyder godt, det passer, det passer fint, endelig, gør det'),
      ...list(
        'gør det endelig, bare gør det, send, send den, send det, bare send, bare send den, send bare, bed om hjælp, det må du gerne',
      ),
      ...list('det må du godt, det må I gerne, det må I godt, det kan jeg, det kan jeg godt, jeg kan godt, det gør jeg, det gør jeg gerne'),
      ...list('jeg vil gerne, det vil jeg, det er jeg, jeg kommer, jeg hjælper gerne, det lover jeg, vær så god'),
    ],
    no: [
      ...list('det er fint, det er ok, det er okay, det er i orden, ellers ikke, ikke ellers, det behøves ikke, det behøver du ikke'),
      ...list('det er ikke nødvendigt, det kan jeg ikke, det kan jeg desværre ikke, jeg kan ikke, jeg kan desværre ikke, jeg vil ikke'),
      ...list('desværre, desværre ikke, beklager, ikke mere, ikke andet, ikke denne gang, det er alt, det er det hele'),
    ],
  },
  en: {
    friendly: list('please, thanks, thank you, thanks a lot, thank you very much, thank you so much, many thanks'),
    yes: [
      ...list(
        "it is fine, it's fine, that is fine, that's fine, it is ok, it's ok, it's okay, that is ok, that's ok, that's okay, fine, great",
      ),
      ...list(
        "good, perfect, all good, sounds good, that works, that is right, that's right, that is correct, that's correct, correct, right",
      ),
      ...list(
        'do, do it, do that, please do, go ahead, send, send it, just send, just send it, ask for help, you may, you can, absolutely',
      ),
      ...list(
        "i would, i would like that, i'd like that, i want that, i can, i can do that, i will, i will come, i promise, that is all, that's all",
      ),
    ],
    no: [
      ...list(
        "it is fine, it's fine, that is fine, that's fine, it's ok, it's okay, that's ok, that's okay, not this time, no need, not needed",
      ),
      ...list(
        "not necessary, that is not necessary, i can't, i cannot, i can not, sorry, i am sorry, i'm sorry, nothing else, nothing more, that is all, that's all",
      ),
    ],
  },
  ar: {
    friendly: list(
      'شكرا, شكرا لك, شكرا لكم, شكرا جزيلا, من فضلك, من فضلكم, لو سمحت, لو سمحتم, رجاء, الرجاء, مشكور, مشكورين, يعطيك العافية',
    ),
    yes: [
      ...list(
        'أرسل, أرسلها, أرسلوا, أرسلوها, ابعث, ابعثها, ابعت, افعل, افعل ذلك, افعلها, تفضل, تفضلوا, جيد, هذا جيد, ممتاز, صحيح, هذا صحيح',
      ),
      ...list(
        'أريد, أريد ذلك, بدي, بكل سرور, ماشي, أوكي, حاضر, هذا مناسب, مناسب, أستطيع, بقدر, اطلب المساعدة, أتعهد بذلك, أعدك, هذا كل شيء',
      ),
    ],
    no: list('لا داعي, ما في داعي, ليس ضروريا, ليس الآن, مو هلق, آسف, آسفة, للأسف, لا أستطيع, ما بقدر, لا شيء آخر, هذا كل شيء'),
  },
  so: {
    friendly: list('fadlan, mahadsanid, waad mahadsan tahay, waad mahadsantahay, aad baad u mahadsan tahay, aad ayaad u mahadsan tahay'),
    yes: [
      ...list('dir, soo dir, u dir, ii dir, iska dir, samee, sidaas samee, sax, waa sax, waa fiican tahay, waa fiicantahay, fiican'),
      ...list(
        'waa wanaagsan tahay, waan rabaa, waan doonayaa, waan imanayaa, waan awoodaa, waan ballan qaadayaa, caawimo codso, waa intaas',
      ),
    ],
    no: list('uma baahni, looma baahna, ma awoodo, waan ka xumahay, hadda maya, waa intaas'),
  },
  tr: {
    friendly: list('lütfen, teşekkürler, teşekkür ederim, çok teşekkürler, çok teşekkür ederim, sağ ol, sağ olun, sağol, sağolun'),
    yes: [
      ...list('gönder, gönderin, yap, yapın, öyle yap, öyle yapın, isterim, çok isterim, istiyorum, iyi, iyi olur, çok iyi, güzel, doğru'),
      ...list(
        'bu doğru, uygun, bana uyar, peki, kabul, kabul ediyorum, memnuniyetle, yapabilirim, gelirim, geliyorum, söz veriyorum, yardım iste, hepsi bu',
      ),
    ],
    no: list('gerek yok, gerek değil, şimdi değil, üzgünüm, maalesef, yapamam, gelemem, kusura bakmayın, başka yok, hepsi bu'),
  },
  ur: {
    friendly: list('شکریہ, بہت شکریہ, آپ کا شکریہ, مہربانی, براہ مہربانی, براہ کرم, پلیز, shukriya, bahut shukriya, meherbani, please'),
    yes: [
      ...list('بھیج دیں, بھیج دو, بھیجیں, بھیجیے, کر دیں, کر دو, کریں, ایسا کریں, چاہیے, مجھے چاہیے, صحیح ہے, درست ہے, اچھا, اچھا ہے'),
      ...list(
        'میں کر سکتا ہوں, میں کر سکتی ہوں, میں آؤں گا, میں آؤں گی, مدد مانگیں, میرا وعدہ ہے, بس اتنا ہی, bhej dein, bhej do, kar dein, kar do',
      ),
    ],
    no: list('ضرورت نہیں, ضرورت نہیں ہے, کوئی ضرورت نہیں, ابھی نہیں, چاہیے, نہیں چاہیے, معاف کریں, معذرت, اور کچھ نہیں, بس اتنا ہی'),
  },
  uk: {
    friendly: list('будь ласка, прошу, дякую, дуже дякую, щиро дякую, дякую вам, пожалуйста, спасибо, большое спасибо'),
    yes: [
      ...list(
        'надішліть, надсилайте, надішли, відправте, відправляйте, відправ, зробіть, зробіть це, зробіть так, робіть, чудово, правильно',
      ),
      ...list('все правильно, вірно, все вірно, все добре, згоден, згодна, хочу, я хочу, можу, я можу, прийду, я прийду, підходить'),
      ...list('мені підходить, із задоволенням, попросіть, попросити, надіслати, обіцяю, це все'),
    ],
    no: list('не треба, не потрібно, не зараз, на жаль, вибачте, не можу, я не можу, більше нічого, нічого більше, це все'),
  },
  pl: {
    friendly: list('proszę, bardzo proszę, dziękuję, bardzo dziękuję, dziękuję bardzo, dzięki, wielkie dzięki'),
    yes: [
      ...list(
        'poproszę, wyślij, wyślijcie, proszę wysłać, zrób to, zróbcie to, proszę to zrobić, może być, pasuje, zgoda, zgadzam się, super',
      ),
      ...list('świetnie, chcę, chętnie, bardzo chętnie, mogę, przyjdę, wszystko się zgadza, w porządku, ok, okej, okay, poproś o pomoc'),
      ...list('obiecuję, to wszystko'),
    ],
    no: list('nie trzeba, nie potrzeba, nie ma potrzeby, nie teraz, niestety, przepraszam, nie mogę, nic więcej, to wszystko'),
  },
  fa: {
    friendly: list('لطفا, ممنون, ممنونم, خیلی ممنون, خیلی ممنونم, مرسی, متشکرم, تشکر, بسیار تشکر, تشکر از شما, سپاس, سپاسگزارم'),
    yes: [
      ...list('بفرستید, بفرست, ارسال کنید, ارسال کن, انجام دهید, انجام بدهید, انجام بده, خوب است, خوبه, درست است, درسته, عالی, عالیه'),
      ...list(
        'می‌خواهم, می خواهم, میخوام, موافقم, می‌توانم, می توانم, میتونم, می‌آیم, می آیم, میام, با کمال میل, کمک بخواه, قول می‌دهم, قول می دهم, همین است',
      ),
    ],
    no: list('لازم نیست, نیازی نیست, الان نه, فعلا نه, ببخشید, متاسفانه, متاسفم, نمی‌توانم, نمی توانم, نمیتونم, همین است'),
  },
  ti: {
    friendly: list('በጃኹም, በጃኻ, በጃኺ, የቐንየለይ, የቐንየልና, ብጣዕሚ የቐንየለይ'),
    yes: [
      ...list('ስደዱ, ስደድዎ, ስደድ, ስደዲ, ግበሩ, ግበርዎ, ግበር, ግበሪ, ጽቡቕ, ጽቡቕ እዩ, ቅኑዕ, ቅኑዕ እዩ, እደሊ, እደሊ እየ, ይኽእል, ይኽእል እየ, ክመጽእ እየ'),
      ...list('ልኣኹ, ሓገዝ ሕተቱለይ, ቃል እኣቱ, ኩሉ እዚ እዩ'),
    ],
    no: list('ኣየድልን, አየድልን, ኣየድልየንን, ሕጂ ኣይኮነን, ሕጂ አይኮነን, ይቕሬታ, ኣይክእልን, አይክእልን, ኩሉ እዚ እዩ'),
  },
  ku: {
    friendly: list('spas, gelek spas, zor spas, spas dikim, ji kerema xwe, ji kerema xwe re'),
    yes: [
      ...list('bişîne, bişînin, bike, bikin, wisa bike, wisa bikin, kerem bike, kerem bikin, baş e, başe, rast e, raste, dixwazim'),
      ...list('ez dixwazim, dikarim, ez dikarim, ez têm, daxwaz bike, ez soz didim, soz didim, ew hemû ye'),
    ],
    no: list('ne hewce ye, hewce nake, hewce nîne, niha na, bibore, biborin, nikarim, ez nikarim, ew hemû ye'),
  },
  bs: {
    friendly: list('hvala, hvala lijepo, hvala vam, puno hvala, hvala puno, molim, molim vas, molim lijepo, lijepo molim'),
    yes: [
      ...list(
        'pošalji, pošaljite, samo pošalji, samo pošaljite, uradi to, uradite to, učinite to, u redu je, dobro, dobro je, odlično, super',
      ),
      ...list(
        'tačno, to je tačno, tako je, slažem se, želim, hoću, mogu, doći ću, dolazim, odgovara, odgovara mi, važi, svakako, zatraži pomoć',
      ),
      ...list('obećavam, to je sve'),
    ],
    no: list('ne treba, nije potrebno, ne sada, nažalost, žao mi je, izvinite, oprostite, ne mogu, ništa više, to je sve'),
  },
}
