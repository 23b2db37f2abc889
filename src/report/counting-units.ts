import type { CountingUnit } from '../model/caption.ts';

/** A unit in which a platform counts texts, in words. */
interface UnitWords {
  /** Behind a number: `20 half-width units`. */
  readonly name: string;
  /** How it counts, if that is unusual. */
  readonly how: string | null;
  /** Behind `23 / 20` on a contact sheet. */
  readonly short: string;
}

export const unitWords: Readonly<Record<CountingUnit, UnitWords>> = {
  'half-width': {
    name: 'half-width units',
    how: 'a Latin letter counts ½, a Chinese character 1, most emoji 2',
    short: ' (a Latin letter counts half)',
  },
  characters: { name: 'characters', how: null, short: '' },
  bytes: { name: 'bytes', how: 'a Latin letter is one, others are two to four', short: ' bytes' },
  graphemes: { name: 'graphemes', how: null, short: '' },
  weighted: {
    name: 'weighted characters',
    how: 'an emoji and a Chinese, Japanese or Korean letter count 2, a link 23',
    short: ' (emoji, Chinese, Japanese, Korean count 2, a link 23)',
  },
  'emoji-bytes': {
    name: 'characters, emoji by their bytes',
    how: 'an emoji counts 4 or more',
    short: ' (an emoji counts 4 or more)',
  },
};
