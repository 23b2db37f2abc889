import { describe, expect, it } from 'vitest';
import { type SoundOwner, soundOwner } from '../../src/plan/sound-owner.ts';

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
