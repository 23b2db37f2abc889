/**
 * Words that cannot end a phrase: conjunctions, prepositions and articles of the languages that creators use most.
 * Lower case only: `Vitamin A` and `PLAN B` are complete.
 */
const dangling = new Set(
  [
    'and or but so nor yet because since though although while when where if than that which who what how why as with without the a an of to for in into on onto at by from my your our their his her its is are was were be & +',
    'y e o u ni pero porque cuando mientras que con sin de del al la el lo los las un una unos en a por para mi tu su es',
    'ou mas porque quando enquanto com sem da do das dos em no na nos nas à ao os as um uma meu minha é',
    'et mais car donc parce quand avec sans du des le les une à au aux dans sur pour par mon ma mes est',
    'und oder aber denn weil wenn als dass mit ohne der die das den dem des ein eine einen einem im am auf zu zum zur für von vom bei nach mein meine ist',
    'ed ma perché quando con senza di del della dei il gli una per tra fra che mio mia è',
    'en maar want omdat als met zonder het een van op voor naar bij mijn',
    've veya ya ama fakat çünkü ile için gibi bir',
    'i oraz albo lub ale bo że z ze w we na do od dla po o',
    'и или но а что чтобы как с со в во на к по от до для из у о мой моя',
    'dan atau tapi karena dengan tanpa di ke dari untuk yang pada',
    'và hoặc nhưng vì với của ở cho là tại trong trên từ đến bằng để mà thì',
    'और या लेकिन क्योंकि के की का को में से पर है',
    'و أو ثم لكن من في على إلى عن مع الى',
    'در به از با برای که را این آن تا یا',
    'ו או אבל של עם את על אל כי',
    'i та але що як з в на до від для або',
    'och eller men att som med av på för till ett den det i og på med til af',
    'ang ng mga sa at na ay kasama para',
    'και ή αλλά με για από στο στη στην το τη την του της',
    'és vagy de hogy mert a az egy să și sau cu la de pe în un o a s v z k se že pro',
    '그리고 하지만 또는',
  ].flatMap((words) => words.split(' ')),
);
const danglingHan = /(?:然后|因为|所以|但是|而且|还有|以及|如果|[和与與及或而但])$/;
const danglingThai = /(?<=\p{Script=Thai})(?:ใน|ที่|ของ|และ|กับ|จาก|หรือ|เพื่อ|โดย|แต่|เพราะ|ซึ่ง|ให้|ว่า)$/u;
const danglingKana = /(?<=[\p{Script=Han}\p{Script=Katakana}ー])[のをとやがにでへはも]$/u;

/** Whether a word cannot end a phrase. Expects lower case. */
export function leadsOn(word: string): boolean {
  return dangling.has(word);
}

/** Removes such words from the end of a title; a title of nothing else stays unchanged. */
export function danglingEnd(title: string): string {
  let kept = title;
  for (;;) {
    const last = /\s(\S+)$/u.exec(kept);
    const shorter =
      last && dangling.has(last[1] ?? '')
        ? kept.slice(0, last.index)
        : kept.replace(danglingHan, '').replace(danglingThai, '').replace(danglingKana, '');
    const trimmed = shorter.replace(/[\s,;:–—\-，；：、]+$/u, '');
    if (trimmed === kept || trimmed === '') return kept;
    kept = trimmed;
  }
}
