import { profileLinks } from '../../targets/watched-words.ts';
import { disclosuresIn } from './disclosures.ts';

/**
 * Phrases that attract or ask for attention but say nothing about the post, in the languages that creators use most: a
 * hook (`wait for it…`), a call to action (`Follow for part 2`), a remark about the post itself. Each pattern is tried
 * at the start of a clause, in lower case without punctuation. `$` means that nothing may follow.
 */
const hooks = [
  // English
  String.raw`wait for it|wait (?:till|til|until) the end|watch (?:till|til|until|to) the end|stop scrolling|don['’]?t scroll|keep (?:watching|scrolling)|(?:you won['’]?t|you will not) believe (?:this|what|it)$|read (?:the )?caption|sound on|turn (?:the )?(?:sound|volume) (?:on|up)|volume up|no caption(?: needed)?|thoughts$|this is it$`,
  String.raw`part \d+(?:$|\s(?:is|on|out|coming|below|soon|tomorrow|in))|full (?:vid|video|recipe|tutorial) (?:is )?(?:up )?(?:on|in) (?:my|yt|youtube)`,
  String.raw`follow (?:me|us|for|along|my|@|if|to see|to stay|us|back|the page|this account)|(?:like|save|share|comment|repost)(?:\s?(?:,|&|\+|and)\s?(?:like|save|share|follow|comment|subscribe|repost))+|(?:like|save|share|repost|bookmark) (?:this|it|if|for later|and|the (?:post|video))|tag (?:a |an |your |someone|somebody|the )|comment (?:below|your|the word|“|"|if you)|drop (?:a |your |an )?(?:comment|emoji|heart|❤|🔥)|link (?:is )?in (?:the |my )?(?:bio|profile)|(?:click|tap|hit) (?:the )?(?:link|follow|orange|cart|like)|subscribe|dm (?:me|us|for|to)|double tap|swipe|check (?:out )?(?:my|the|our) (?:bio|page|profile|link|shop|store)|(?:stitch|duet|remix) (?:this|with|me|if)|use (?:this|my) sound|send this to|turn on (?:post )?notifications|(?:more|rest) (?:on|in) my (?:page|profile|bio)|let me know$|let me know (?:in|below|what you)|shop (?:now|the link)|order now|buy now`,
  // Spanish, Portuguese
  String.raw`espera(?:te)? (?:al|hasta el) final|mira hasta el final|no (?:creerás|vas a creer)|quédate hasta|para de (?:hacer )?scroll|deja de (?:hacer )?scroll|s[ií]gueme|s[ií]guenos|síganme|dale (?:like|me gusta|follow)|comenta (?:si|qué|cuál|abajo|la palabra)|guarda (?:este|esto|el|para)|comparte|etiqueta a|parte \d+$|parte \d+ (?:en|ya|pronto)|link en (?:la |mi )?bio|enlace en|suscr[ií]bete|activa (?:el sonido|las notificaciones)`,
  String.raw`espera (?:até )?o final|assist[ea] até o (?:final|fim)|(?:me )?segue(?: |$)|siga(?:-| )?me|sigam|segue a[ií]|curte|curta|salva (?:esse|este|isso|pra|aí)|salve (?:este|esse|para)|compartilh[ae]|marca (?:um|uma|aquel|quem|sua|seu|alguém)|comenta (?:aqui|se|qual|o que)|link na bio|inscreva-se|ativa o som`,
  // French, German, Italian, Dutch
  String.raw`attend(?:s|ez) la fin|regarde(?:z)? jusqu['’]à la fin|arrête(?:z)? de scroller|abonne(?:z)?[ -]|suis-moi|suivez-moi|like(?:z)? (?:et|si)|enregistre(?:z)? (?:ce|cette|pour)|partage(?:z)? (?:ce|cette|à|avec)|tague(?:z)? |identifie(?:z)? |commente(?:z)? (?:si|ce|en|avec|le)|partie \d+$|lien en bio|lien dans (?:la|ma) bio|mets le son|dites-moi`,
  String.raw`warte bis|bleib(?:t)? (?:bis|dran)|schau(?:t)? bis zum (?:ende|schluss)|hör(?:t)? auf zu scrollen|nicht weiterscrollen|folg(?:e|t) (?:mir|uns|für|gerne)|lik(?:e|t) (?:und|wenn)|speicher(?:e|t|n)? (?:dir|das|es|euch|den|für)|teil(?:e|t) (?:das|es|den|mit)|markier(?:e|t) |verlinke? |kommentier(?:e|t)|teil \d+$|teil \d+ (?:ist|kommt|folgt)|link in (?:der |meiner )?bio|ton an|schreib(?:t)? (?:mir|es)? ?in die kommentare`,
  String.raw`aspetta (?:la fine|che)|guarda(?:te)? fino alla fine|smetti di scrollare|segui(?:mi|ci|temi)|metti (?:like|mi piace)|salva (?:questo|il|per)|condividi|tagga |commenta (?:se|qui|con|la)|parte \d+$|link in bio|attiva l['’]audio|volg (?:mij|me|ons|voor)|wacht (?:tot|op)|kijk tot het einde|sla (?:dit|deze) op|deel \d+$|tag (?:een|iemand|je)|stop met scrollen|zet je geluid`,
  // Nordic, Polish, Czech, Turkish, Russian, Ukrainian, Greek
  String.raw`följ (?:mig|för|oss)|vänta (?:på|till)|følg (?:meg|mig|oss|for)|vent (?:på|til)|seuraa|obserwuj|poczekaj do|oglądaj do końca|zapisz (?:to|na|ten)|udostępnij|oznacz |zostaw (?:like|komentarz)|część \d+$|sleduj(?:te)? |počkej|ulož si|označ |takip et|beğen|kaydet|sonuna kadar (?:izle|bekle)|yorum(?:a|lara)? |etiketle|bölüm \d+$|kaydırmayı (?:bırak|durdur)`,
  String.raw`подпис(?:ывай|ыва|ыш|ши)\p{L}*|досмотри(?:те)? до конца|смотри(?:те)? до конца|дождись|жди(?:те)? до конца|ставь(?:те)? лайк|лайк(?:ай|ни)|сохраняй(?:те)?|сохрани(?:те)? |поделись|отмет(?:ь|ьте) |часть \d+$|часть \d+ (?:в|на|уже)|ссылка в|пиши(?:те)? в комментар|підпис(?:уй|уйся|уйтесь)\p{L}*|збережи|(?:до)?див(?:ись|іться) до кінця|περίμενε|ακολουθήστε|κάνε follow|αποθήκευσε`,
  // Indonesian, Malay, Vietnamese, Filipino
  String.raw`tonton sampai|tunggu sampai|jangan (?:di ?)?skip|jangan scroll|follow (?:aku|untuk|ya|dulu|buat)|ikuti (?:aku|saya|kami)|like (?:dan|ya)|simpan (?:dulu|ini|video|postingan)|bagikan|tag temen|tag teman|tag (?:bestie|pasangan)|komen |part \d+$|link di bio|xem (?:đến|tới) cuối|chờ đến|theo dõi (?:mình|tôi|để|kênh)|lưu lại|chia sẻ (?:cho|ngay)|nhớ (?:follow|like)|bình luận|phần \d+$|đừng lướt|panoorin hanggang|i-?follow|i-?save`,
  // Arabic, Persian, Hebrew, Hindi
  String.raw`انتظر(?:وا)? (?:لل?نهاية|الى|إلى|حتى)|(?:شاهد|تابع)(?:وا)? (?:لل?نهاية|حتى النهاية|الفيديو)|تابع(?:ني|وني|ونا)|لا تنس(?:ى|وا) (?:المتابعة|اللايك|الاشتراك)|اشترك|احفظ(?:وا)? |منشن|شارك(?:وا)? |الجزء \d+$|تا آخر (?:ببین|نگاه)|فالو (?:کن|کنید)|ذخیره (?:کن|کنید)|חכו לסוף|עקבו|שמרו|שתפו|תייגו|अंत तक देख|फॉलो (?:कर|करें)|लाइक|सेव कर|शेयर कर|आखिर तक`,
  // Chinese, Japanese, Korean, Thai
  String.raw`(?:一定要)?看到最后|看到最後|等等最后|别划走|別滑走|先(?:收藏|码住|马住)|记得(?:关注|点赞|收藏)|記得(?:關注|按讚)|点赞|關注我|关注我|求关注|最後まで(?:見|観)|ちょっと待って|フォローして|フォローお願い|いいねと|保存して|保存推奨|スクロール(?:を)?(?:止|や)|パート ?\d+$|끝까지 (?:봐|보)|기다려|팔로우(?:하|해|와|부탁)|좋아요(?:와|랑|,|하| )|저장(?:해|하|필수)|공유(?:해|하)|댓글(?:로|에|달)|태그해|스크롤 (?:멈|그만)|\d+탄$|ดูให้จบ|ดูจนจบ|รอดู|อย่าเพิ่งเลื่อน|กดติดตาม|ฝากติดตาม|กดไลก์|กดเซฟ|เซฟไว้|แชร์ให้|แท็กเพื่อน|พาร์ท ?\d+$`,
];

/** A part number, with a hint to the next part and nothing else. */
const part =
  '(?:part|parte|partie|teil|deel|del|часть|частина|bölüm|część|část|phần|bagian|pt|ep|episode|الجزء|پارت|قسمت|ตอนที่|パート|第)\\.?\\s?\\p{N}{1,3}\\s?(?:集|期|部分|탄|편)?(?:$|[^:|–—]{0,24}(?<!\\p{L})(?:profile?|perfil|page|página|pagina|seite|bio|online|live|soon|tomorrow|below|pronto|aquí|morgen|канале|странице|профиле|kanal\\p{L}*)$)';
const addressed =
  "guys|girls|loves?|lovelies|everyone|everybody|all|friends|fam|besties|babes?|people|world|there|again|angels|ladies|y[’']?all|my|a|todos|todas|gente|chicas|chicos|amigos|amigas|pessoal|galera|meninas|tutti|ragazzi|ragazze|tout|toutes|le|les|tous|monde|amis|filles|ihr|lieben|zusammen|leute|allemaal|iedereen|lieverds|alla|alle|sammen|wszystkim|kochani|всем|друзья|девочки|дорогие|усім|друзі|herkese|arkadaşlar|kızlar|gais|semua|teman|teman-teman|kak|mọi|người|cả|nhà|عليكم|بكم|يا|جماعة|بنات|شباب|دوستان|بچه‌ها|همگی|לכולם|חברים|दोस्तों|सबको";
const greeting =
  '(?:hi+|hey+|hello|hiya|howdy|good (?:morning|evening|afternoon|night)|welcome back|happy (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)|hola+|buen(?:os|as)? (?:d[ií]as?|tardes|noches)|oi+|olá|bom dia|boa (?:tarde|noite)|salut|coucou|bonjour|bonsoir|hallo|hallöchen|moin|servus|guten (?:morgen|abend|tag)|ciao|buongiorno|buonasera|buon (?:lunedì|giorno|pomeriggio)|hoi|goedemorgen|hej|hei|god morgon|cześć|hejka|dzień dobry|ahoj|привет(?:ик)?|доброе утро|добрый (?:день|вечер)|всем привет|привіт|доброго ранку|merhaba|selam|günaydın|iyi akşamlar|hai+|halo|selamat (?:pagi|siang|sore|malam)|assalamualaikum|xin chào|chào|السلام|مرحبا|اهلا|أهلا|صباح الخير|هلا|سلام|صبح بخیر|درود|שלום|היי|בוקר טוב|नमस्ते|हेलो)';
const greetings = `${greeting}(?:[\\s,]+(?:${addressed})){0,3}\\s?$`;
const calls =
  '(?:家人们|姐妹们|宝子们|宝宝们|集美们|大家好|大家早|各位)(?:谁懂(?:啊)?|好|早安?|们)?$|(?:救命|谁懂啊|绝了|早安)$|(?:こんにちは|こんばんは|おはよう(?:ございます)?|みなさん|え、?待って|ちょっと待って|やばい|続きは.{0,12}|詳しくは.{0,12}|詳細は.{0,12})$|(?:안녕(?:하세요)?|여러분|얘들아|진짜 ?대박|대박|미쳤다?)(?: 여러분)?$|(?:สวัสดี(?:ค่ะ|ครับ|ค่า|ทุกคน)*|หวัดดี(?:ทุกคน)?)$';

const hook = new RegExp(`^(?:${[...hooks, part, greetings, calls].join('|')})`, 'iu');
const leadsToProfile = profileLinks.map((link) => new RegExp(typeof link === 'string' ? link : link.source, 'giu'));

/** `Link ở bio`: a pointer to the profile with at most one more word. */
function isProfileLink(text: string): boolean {
  return leadsToProfile.some((link) => {
    const rest = text.replace(link, ' ');
    return rest !== text && (rest.match(/[\p{L}\p{N}]+/gu)?.length ?? 0) <= 1;
  });
}

/** Removes everything but letters from both ends of a clause. */
function bare(clause: string): string {
  return clause.replace(/^[^\p{L}\p{N}@]+/u, '').replace(/[^\p{L}\p{M}\p{N}]+$/u, '');
}

/** Whether a clause is only a hook or a call to action. */
export function isHook(clause: string): boolean {
  // Hooks are anchored at the start and short.
  const text = bare(clause.slice(0, 160));
  return hook.test(text) || /^\d{1,3}$/.test(text) || (text.length < 60 && isProfileLink(text));
}

const earns = /commission|associate|comisi[oó]n|comiss|afiliad|affili|komisi|수수료|アフィリエイト|คอมมิช/iu;

/** Whether a clause is a disclosure (`Paid partnership with …`) and nothing else. */
export function isDisclosureAlone(clause: string): boolean {
  const found = disclosuresIn(clause);
  const [first] = found;
  if (!first) return false;
  // `I earn a small commission if you buy through my link` is only a disclosure, whatever its length.
  if (earns.test(first.text) && clause.length < 140) return true;
  const said = found.reduce((text, { at, end }) => text.slice(0, at) + ' '.repeat(end - at) + text.slice(end), clause);
  // `~ad~ my new mop`
  const behind = behindLabel(clause);
  if (behind > 0 && /\p{L}/u.test(said.slice(behind))) return false;
  const rest = (said.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}.'’_-]*/gu) ?? []).length;
  const unspaced = said.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu)?.length ?? 0;
  const letters = said.replace(/[^\p{L}]/gu, '').length;
  // In Hindi the brand comes first: `nike के साथ पेड पार्टनरशिप`.
  const endsHere = /\p{Script=Devanagari}/u.test(clause) && bare(clause.slice(found.at(-1)?.end)) === '';
  const startsHere = bare(clause.slice(0, first.at)) === '';
  return rest <= (startsHere || endsHere ? 3 : 1) && letters <= 24 && unspaced <= 6;
}

/**
 * The position where a title may begin after a disclosure label (`Anzeige | `), in code units; 0 if there is no label.
 */
export function behindLabel(clause: string): number {
  const end = behindFirstLabel(clause);
  // `Werbung/Anzeige - my car`
  return end === 0 ? 0 : end + behindFirstLabel(clause.slice(end));
}

function behindFirstLabel(clause: string): number {
  const [first] = disclosuresIn(clause);
  // `[광고]` may be part of a title: Korea's rules require it there.
  if (!first || bare(clause.slice(0, first.at)) !== '' || /\p{Script=Hangul}/u.test(first.text)) return 0;
  const { end } = first;
  const sign =
    /^(?:[^\S\n:：]{0,1}[:：\s]?[A-Za-z0-9_.]{2,30}(?=[^\S\n]*[|｜]))?[^\S\n]*(?:[|｜:：/／)\]）】」』>＞*+~～•·＊_^°=;；…»}〕⟩›‖¦\p{So}→⇒]|[–—-]\s|\.{2,}|[.!]\s|\p{Extended_Pictographic}\uFE0F?)+[^\S\n]*/u.exec(
      clause.slice(end),
    );
  if (sign) return end + sign[0].length;
  // `(ad) my mop`, `# ad my mop`, `*gifted my mop`, `AD my mop`
  const isApart =
    /[)\]）】」』>＞}〕»⟩›]$/.test(first.text) ||
    /[#＃.*/／]\s*$/.test(clause.slice(0, first.at)) ||
    /^\p{Lu}{2,}$|^[\p{Lm}\p{So}]/u.test(first.text);
  return isApart ? end + (/^[^\S\n]*/.exec(clause.slice(end))?.[0].length ?? 0) : 0;
}
