import { lettersHeld } from './alphabets.ts';

/**
 * The most common words of languages in Latin script, from frequency lists
 * (https://en.wiktionary.org/wiki/Wiktionary:Frequency_lists, 2026-11), and greetings and thanks. One-letter words are
 * left out, because too many languages share them. A word that several languages share is listed for each, so that it
 * favours none.
 */
const words: Readonly<Record<string, string>> = {
  en: 'the and of to in is it my this that for you with on at was we are so be have not but what from by our your all just day more new',
  es: 'de la el que en los las por con para una un es se del al lo mi su no sí más pero como cómo está este esta esto qué muy ya todo todos hoy día mañana año años también así aquí hasta desde cuando quién gracias feliz días nos me te son ser fue porque',
  pt: 'de que do da em um uma para com não os as no na por mais se como mas ao dos das foi ele ela isso este esta meu minha você está são já muito também só até hoje dia amanhã quando obrigada obrigado vocês nós é à às pela pelo seu sua gente tem ter',
  gl: 'de que do da en un unha para con non os as no na por máis se como pero ao dos das foi este esta meu miña está xa moito tamén ata hoxe día mañá cando grazas',
  ca: 'té pel pels hi ho em ens cada nova nou dels tres de la el que en els les per amb una un és no del al se més però com molt avui dia demà gràcies aquí també així què són ja tot tots meu meva això fins quan any anys ha van si fer estic bon bona',
  fr: 'de la le les et des en un une du est pour que qui dans sur pas par au avec ce cette mon ma mes très plus je tu il elle nous vous été où à aujourd hui même déjà merci tout tous jour après être fait bien ça voilà chez ici ne se sont mais ont trop premier première',
  it: 'di che il la le un una per non in del della con sono si da al come più ma mi è ho ci questo questa anche molto oggi così già perché grazie tutti giorno alla dei nel nella gli lo ha fa mio mia quando dopo città però sempre può cosa ne se solo ancora prima',
  ro: 'de la și şi în în nu un una cu pe ce mai din este sunt care pentru să că mi azi zi foarte mulțumesc mulţumesc toate toți toţi mâine la noi am are la până după și fost ca dar cum asta acum acasă',
  de: 'der die das und ist in den zu mit ein eine ich nicht auf von für es im sich dem des auch wir so bei nach war sind mein meine heute sehr über schön nur noch wie aus mal am zum zur euch dich danke morgen tag mehr wird hat hier gut beim erste ersten uns durch alle würde können möchte früh größte',
  nl: 'de het een en van in is dat op te zijn met voor niet aan er om ook als dan maar bij uit nog naar heb ik je wij mijn deze dit wat zo dag vandaag morgen veel weer heel één vóór mooi nieuwe met was ons onze hij ze gaat door iedereen bedankt dank',
  af: 'die en van is nie het ons vir met ek jy dat op wat hulle om sy baie dit was te kan sê môre dag maar as by na uit nog ook dankie vandag my in aan sal jou so hoe lekker mooi weer eerste toe wees één',
  sv: 'och att det är som en på för med av den till inte var jag har om ett men så vi kan nu ska min mitt från också när idag mycket dag tack alla bra här efter första gången år mer blir får vid igen några ut hos under',
  da: 'og at det er en på for med af den til ikke var jeg har om et men så vi kan nu skal min mit fra også når dag meget tak alle her efter første gang år mere bliver får ved igen hvor der de som hvad blevet næste',
  no: 'og at det er en på for med av den til ikke var jeg har om et men så vi kan nå skal min mitt fra også når dag mye takk alle her etter første gang år mer blir får ved igjen hvor der de som hva blitt neste',
  is: 'og að er það sem við í um var ekki til með af en fyrir hann hún ég þetta þú mjög takk dag dagur góðan mín minn nú eftir allt alla sinn næstu fyrsta ár meira líka svo',
  fi: 'ja on ei se että hän oli en mutta tämä kun ovat niin myös mitä nyt minä kuin vain sitten päivä tänään kiitos hyvää hyvä kaikki kanssa vielä jälkeen minun joka voi tässä ensi ole mun jo tule tulee',
  et: 'ja on ei see et ta oli aga kui ka mis siis oma nii või ma kes nagu veel täna päev aitäh hea kõik väga ning minu pärast selle siin homme esimene kuidas',
  sq: 'të dhe një për në me që nga është më si ka do kjo ky ju ne ai ajo nuk po sot ditë dita faleminderit shumë mirë jam janë edhe te tek pas kur pa mos vetëm kam këtë këto çfarë gjithë',
  pl: 'się nie na jest to że do jak co ale dla po od za czy tak tylko mnie bardzo już przez być mój moja dziś dzisiaj dzień dziękuję jutro też gdy kiedy są był była więcej pierwszy pierwsza raz lub nasz ten ta jeszcze',
  cs: 'se na je to že do jak co ale pro po od za tak jen jsem jsou být můj moje dnes den děkuji díky zítra také když byl byla více první už ve si ten ta při nebo jako kde má mám ještě všem všechno',
  sk: 'sa na je to že do ako čo ale pre po od za tak len som sú byť môj moja dnes deň ďakujem zajtra tiež keď bol bola viac prvý už vo si ten tá pri alebo kde má mám ešte všetkým',
  hu: 'az egy és hogy nem is ez volt van de csak meg már mint ki el még most nagyon ma én te így jó mi ha vagy lesz lett után itt ott köszönöm nap minden szép mert holnap először kell mindenkinek három',
  hr: 'je se na da su za od što sam ne kako ali to po iz već samo bio bila moj moja danas dan hvala sutra više kao prvi još ovo ili sve svima će smo nije bi gdje mi do',
  sl: 'je se na da so za od kaj sem ne kako ali to po iz že samo bil bila moj moja danes dan hvala jutri več kot prvi še vse vsem bo smo ni bi kje pri tudi in',
  lt: 'ir su kad yra tai bet kaip per ne iš į už po mano aš jau tik ar nuo labai šiandien diena ačiū rytoj visi visiems daugiau pirmą kartą dar prie čia mes jūs buvo kai būti',
  lv: 'un ir ka no ar uz par bet kā tas es ne jau tikai vai mans mana ļoti šodien diena paldies rīt visi visiem vairāk pirmo reizi vēl pie šeit mēs jūs bija kad pēc būt',
  tr: 've bir bu da de için çok ne ile ama gibi daha en var ben sen biz mi kadar sonra olan oldu bugün gün teşekkürler yarın benim herkese şey değil her ilk defa kez yok günaydın güzel nasıl şimdi',
  vi: 'và là của có cho không một các với được này trong những người đã khi ở ra đi hôm nay mai cảm ơn mọi mình rất lần đầu về cà như',
};

const dictionaries = Object.entries(words).map(([language, list]) => ({ language, common: new Set(list.split(' ')) }));

/** The language with the most common words in a text, and their number. */
export interface WordEvidence {
  /** ISO 639-1; null if no common word was found. */
  readonly language: string | null;
  /** Words with letters beyond a-z count twice, because they are readable in the right encoding only. */
  readonly count: number;
}

/**
 * The language with the most common words in a decoded text. A line counts only if the language has all its letters: a
 * text in the wrong encoding has correct words in a-z next to letters of another language.
 * @param text lines of words
 */
export function commonWordsIn(text: string): WordEvidence {
  let best: WordEvidence = { language: null, count: 0 };
  for (const [language, count] of countCommonWords(text)) if (count > best.count) best = { language, count };
  return best;
}

/** The number of common words of each language, counted as in `commonWordsIn`. */
export function countCommonWords(text: string): ReadonlyMap<string, number> {
  const lines = text.split('\n').map((line) => ({ line, tokens: tokensOf(line) }));
  const counts = new Map<string, number>();
  for (const { language, common } of dictionaries) {
    let count = 0;
    for (const { line, tokens } of lines) {
      const hits = tokens.filter((word) => common.has(word));
      if (hits.length > 0 && lettersHeld(line, language, 'all'))
        count += hits.reduce((sum, word) => sum + (/[^a-z]/.test(word) ? 2 : 1), 0);
    }
    counts.set(language, count);
  }
  return counts;
}

/**
 * Whether a word is common in a language.
 * @param word in lower case
 * @param language null for no language
 */
export function isCommonWord(word: string, language: string | null): boolean {
  return dictionaries.some((each) => each.language === language && each.common.has(word));
}

function tokensOf(line: string): string[] {
  return (
    line
      .replaceAll('İ', 'i')
      .toLowerCase()
      .match(/[\p{L}\p{M}]{2,}|[èéàë]/gu) ?? []
  );
}

/** Fewer common words do not prove a language. */
const proof = 3;
/** If the languages differ, the other decoding must have this many times fewer common words. */
const lead = 1.5;

export interface WordReading {
  readonly text: string;
  readonly words: WordEvidence;
}

/**
 * Whether the language of one decoding rules out another decoding of the same bytes: where they differ, the first has
 * everyday letters of its language only, and the other has letters that this language lacks. For instance, Spanish in
 * windows-1250 equals windows-1252 except for `ń` in place of `ñ`.
 */
export function isExcluded(other: WordReading, by: WordReading): boolean {
  const { language, count } = by.words;
  if (language === null || count < proof) return false;
  if (other.words.language !== language && count < lead * other.words.count) return false;
  const [own, others] = [by.text.split('\n'), other.text.split('\n')];
  if (own.length !== others.length) return false;
  const differing = own.map((line, index) => [line, others[index] ?? ''] as const).filter(([a, b]) => a !== b);
  const share = (side: 0 | 1, which: 'everyday' | 'all') =>
    differing.filter((pair) => lettersHeld(pair[side], language, which)).length / differing.length;
  const isByEveryday = share(0, 'everyday') >= 0.9 && share(1, 'everyday') <= 0.1;
  const isByLoaned = share(0, 'all') >= 0.9 && share(0, 'everyday') >= 0.4 && share(1, 'all') <= 0.1;
  return isByEveryday || isByLoaned;
}
