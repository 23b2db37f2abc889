import type { CardState, SheetPosting } from '../../../src/deliver/contact-sheet/state.ts';

/** Rows of posting.csv of one platform, by key. */
export function postingOf(
  cells: Readonly<Record<string, Partial<CardState>>>,
  zone: string | null = null,
): SheetPosting {
  const empty = { planned: '', posted: '', url: '', note: '' };
  return {
    zone,
    of(key) {
      const own = cells[key];
      return own && { ...empty, isOut: (own.posted ?? '') !== '', ...own };
    },
  };
}

export const noPosting = postingOf({});
