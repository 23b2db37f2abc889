import { describe, expect, it } from 'vitest';
import { type SoundOwner, soundOwner, soundTitle } from '../../src/plan/sound-owner.ts';

describe('soundOwner', () => {
  it.each<[string, string | null, SoundOwner]>([
    ['the creator', 'original sound - maya', 'own'],
    ['in another case', 'original sound - Maya', 'own'],
    ['in another language', 'som original - maya', 'own'],
    ['the author twice', 'original sound - maya - maya', 'own'],
    ['a title with a dash', 'Day 3 - the harbour - maya', 'own'],
    ['a profile name', 'sonido original - Maya | Travel', 'own'],
    ['a full-width name', 'original sound - ｍａｙａ', 'own'],
    ['with an at sign', 'original sound - @maya', 'unknown'],
    ['a song', 'Espresso - Sabrina Carpenter', 'library'],
    ['a song with a dash and its author twice', 'One - Two - Band - Band', 'library'],
    ['a song in another script', '稻香 - 周杰倫', 'library'],
    ['an original sound of whoever', 'original sound - Somebody', 'unknown'],
    ['an original sound in Thai', 'เสียงต้นฉบับ - ใครบางคน', 'unknown'],
    ['an original sound in Arabic', 'الصوت الأصلي - شخص', 'unknown'],
    ['a name that holds the account', 'Morning - Maya in Lisbon', 'unknown'],
    ['a title alone', 'Espresso', 'unknown'],
    ['no author', 'Espresso - ', 'unknown'],
    ['an author of signs', 'Espresso - ✨', 'unknown'],
    ['nothing', '', 'unknown'],
    ['none', null, 'unknown'],
  ])('%s', (_odd, sound, expected) => {
    expect(soundOwner(sound, ['maya', 'Maya | Travel'])).toBe(expected);
  });

  it.each([[[]], [['']], [[' ']]])('returns unknown for a creator without a name: %j', (names) => {
    expect(soundOwner('Espresso - Sabrina Carpenter', names)).toBe('unknown');
  });

  it('a very long title takes linear time', () => {
    expect(soundOwner(`${' - '.repeat(300_000)}x`, ['maya'])).toBe('unknown');
  });
});

it.each(
  [
    ['original sound', 'original audio', 'sonido original', 'som original', 'son original', 'suono originale'],
    ['Originalton', 'origineel geluid', 'oorspronkelijk geluid', 'suara asli', 'bunyi asal', 'orijinal ses'],
    ['оригинальный звук', 'оригінальний звук', 'oryginalny dźwięk', 'původní zvuk', 'originální zvuk', 'eredeti hang'],
    ['sunet original', 'πρωτότυπος ήχος', 'originalljud', 'alkuperäinen ääni', 'oprindelig lyd', 'original lyd'],
    ['âm thanh gốc', 'nhạc nền', 'orihinal na tunog', 'เสียงต้นฉบับ', 'الصوت الأصلي', 'صوت أصلي', 'צליל מקורי'],
    ['मूल ध्वनि', 'ओरिजिनल साउंड', 'オリジナル楽曲', 'オリジナルサウンド', '오리지널 사운드', '原声', '原聲'],
  ].flat(),
)('“%s” of somebody is no song, and no title', (title) => {
  expect(soundOwner(`${title.toUpperCase()} - Somebody`, ['maya'])).toBe('unknown');
  expect(soundTitle(`${title} - Somebody`)).toBeNull();
});

it.each<[string | null, string | null]>([
  ['Espresso - Sabrina Carpenter', 'Espresso'],
  [' Espresso  - Sabrina Carpenter', 'Espresso'],
  ['Espresso', 'Espresso'],
  ['Espresso-Martini - Somebody', 'Espresso-Martini'],
  ['original sound', null],
  [' - Somebody', null],
  ['', null],
  [null, null],
])('the title of the sound %j is %j', (sound, title) => {
  expect(soundTitle(sound)).toBe(title);
});

it.each<[string, readonly string[], SoundOwner]>([
  ['Song - maya  jansen', ['Maya Jansen'], 'own'],
  ['Song -maya', ['maya'], 'unknown'],
  ['Song - maya', ['@maya'], 'own'],
  ['Song - jan', ['jan.sen'], 'unknown'],
  ['Song - jan.sen.official', ['jansen'], 'unknown'],
  ['Song - Somebody', ['✨'], 'unknown'],
  ['✨ - Somebody', ['maya'], 'unknown'],
  ['Song - Somebody', ['maya', 'some'], 'unknown'],
])('the sound “%s” for a creator named %j: %s', (sound, names, owner) => {
  expect(soundOwner(sound, names)).toBe(owner);
});
