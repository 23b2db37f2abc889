export type SoundOwner = 'own' | 'library' | 'unknown';

/**
 * "original sound" in the languages of TikTok's app, normalised. It is followed by a display name, which an export may
 * not contain, so such a sound is never clearly somebody else's.
 */
const original = new Set(
  [
    ...['original sound', 'original audio', 'sonido original', 'som original', 'son original', 'suono originale'],
    ...['Originalton', 'origineel geluid', 'oorspronkelijk geluid', 'suara asli', 'bunyi asal', 'orijinal ses'],
    ...[
      'оригинальный звук',
      'оригінальний звук',
      'oryginalny dźwięk',
      'původní zvuk',
      'originální zvuk',
      'eredeti hang',
    ],
    ...['sunet original', 'πρωτότυπος ήχος', 'originalljud', 'alkuperäinen ääni', 'oprindelig lyd', 'original lyd'],
    ...['âm thanh gốc', 'nhạc nền', 'orihinal na tunog', 'เสียงต้นฉบับ', 'الصوت الأصلي', 'صوت أصلي', 'צליל מקורי'],
    ...['मूल ध्वनि', 'ओरिजिनल साउंड', 'オリジナル楽曲', 'オリジナルサウンド', '오리지널 사운드', '原声', '原聲'],
  ].map(plain),
);

/**
 * Classifies the owner of a post's sound. The export has `title - author`, where the author may be repeated and the
 * title may contain ` - ` (TikTok's exports of 2025). `own` only if it ends with a name of the creator; `library` only
 * if it is clearly somebody else's track; otherwise `unknown`, which never causes muting.
 * @param names names of the creator: account, profile. Without any, the result is `unknown`
 */
export function soundOwner(sound: string | null, names: readonly string[]): SoundOwner {
  const known = names.map(named).filter((name) => name !== '');
  if (sound === null || known.length === 0) return 'unknown';
  const whole = named(sound);
  if (known.some((name) => whole.endsWith(` - ${name}`))) return 'own';

  const parts = sound.split(' - ');
  const title = plain(parts[0] ?? '');
  const author = plain(parts.at(-1) ?? '');
  if (parts.length < 2 || title === '' || author === '' || original.has(title)) return 'unknown';
  return known.some((name) => alike(author, plain(name))) ? 'unknown' : 'library';
}

/** Normalises a name for comparison: case, width, `@`, spaces. */
function named(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim().replace(/^@/, '');
}

/** Letters and digits only. */
function plain(text: string): string {
  return named(text).replace(/[^\p{L}\p{M}\p{N}]/gu, '');
}

/** A display name often contains the account name or the other way round: `Maya Travels` may or may not be `maya`. */
function alike(one: string, other: string): boolean {
  return other === '' || one.includes(other) || other.includes(one);
}

/** The title of a track; null if it is only somebody's original sound. */
export function soundTitle(sound: string | null): string | null {
  const title = sound?.split(' - ')[0]?.trim() ?? '';
  return title === '' || original.has(plain(title)) ? null : title;
}
