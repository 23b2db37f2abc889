import type { Card, Model } from './store.ts';

/** The filters of the list of posts. */
export const filters = ['all', 'no-words', 'held', 'failed', 'to-post', 'posted'] as const;
export type Filter = (typeof filters)[number];

export interface Wanted {
  readonly filter: Filter;
  /** null: all platforms. */
  readonly target: string | null;
  readonly search: string;
}

/** Left for the next run by *Try one first*: no rule holds it back. */
export function isLater({ status, issues }: Pick<Card, 'status' | 'issues'>): boolean {
  return status === 'held' && issues[0]?.code === 'not-selected';
}

export function passes(card: Card, filter: Filter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'no-words':
      return !card.hasWords;
    case 'held':
      return card.status === 'held' && !isLater(card);
    case 'failed':
      return card.status === 'failed' || card.status === 'rejected';
    case 'to-post':
      return card.status === 'delivered' && card.posted === '';
    case 'posted':
      return card.posted !== '';
  }
}

/** All cards of the chosen accounts, the newest posts first. */
export function allCards({ posts, account, state }: Pick<Model, 'posts' | 'account' | 'state'>): readonly Card[] {
  const place = new Map((state?.platforms ?? []).map(({ name }, index) => [name, index]));
  const rank = ({ target }: Card) => place.get(target) ?? place.size;
  return Object.entries(posts)
    .filter(([name]) => account === null || name === account)
    .flatMap(([name, cards]) => cards.map((card): Card => ({ ...card, account: name })))
    .sort(
      (one, other) => compare(other.key, one.key) || compare(one.account, other.account) || rank(one) - rank(other),
    );
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** `RedNote (Xiaohongshu)` is `RedNote` where there is little room. */
export function platformName(
  { state }: { readonly state: Pick<NonNullable<Model['state']>, 'platforms'> | null },
  target: string,
): string {
  const title = state?.platforms.find(({ name }) => name === target)?.title ?? target;
  return title.replace(/ \(.*\)$/, '');
}

export function cardId({ account, key, target }: Pick<Card, 'account' | 'key' | 'target'>): string {
  return JSON.stringify([account, key, target]);
}

export function wantedCards(cards: readonly Card[], { filter, target, search }: Wanted): readonly Card[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return cards.filter((card) => {
    if ((target !== null && card.target !== target) || !passes(card, filter)) return false;
    if (words.length === 0) return true;
    const text = `${card.title} ${card.key} ${card.account}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
