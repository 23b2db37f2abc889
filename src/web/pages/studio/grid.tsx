import { useMemo, useRef, useState } from 'preact/hooks';
import { Accounts } from './accounts.tsx';
import { openPost } from './actions.ts';
import { PostCardButton } from './card.tsx';
import { allCards, cardId, type Filter, filters, passes, platformName, wantedCards } from './filter.ts';
import { formatNumber } from './format.ts';
import { type Card, useModel, useSentences } from './store.ts';
import { useWindow } from './window.ts';

/** All posts as cards. Only the rows near the screen are in the page, so that ten thousand scroll as well as ten. */
export function Grid() {
  const s = useSentences();
  const posts = useModel((each) => each.posts);
  const account = useModel((each) => each.account);
  const state = useModel((each) => each.state);
  const opened = useModel((each) => each.opened);
  const platforms = state?.platforms;
  const [filter, setFilter] = useState<Filter>('all');
  const [target, setTarget] = useState<string | null>(null);
  const [search, setSearch] = useState('');
  const [focused, setFocused] = useState<string | null>(null);
  const cards = useMemo(() => allCards({ posts, account, state }), [posts, account, platforms?.length]);
  const ofPlatform = useMemo(
    () => (target === null ? cards : cards.filter((each) => each.target === target)),
    [cards, target],
  );
  const shown = useMemo(
    () => wantedCards(ofPlatform, { filter, target, search }),
    [ofPlatform, filter, target, search],
  );
  const list = useRef<HTMLUListElement>(null);
  const { first, last, columns, before, after } = useWindow(list, shown.length);
  const targets = [...new Set(cards.map((each) => each.target))];
  const openedId = opened === null ? null : cardId(opened);
  const tabStop = shown.some((card) => cardId(card) === focused) ? focused : shown[0] ? cardId(shown[0]) : null;

  const move = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns };
    const at = shown.findIndex((card) => cardId(card) === focused);
    const step = steps[event.key];
    const next =
      event.key === 'Home' ? 0 : event.key === 'End' ? shown.length - 1 : step === undefined ? -1 : at + step;
    const card = shown[next];
    if (card === undefined || at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    setFocused(cardId(card));
    list.current?.dispatchEvent(new CustomEvent('show-index', { detail: next }));
    requestAnimationFrame(() =>
      requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus()),
    );
  };
  return (
    <div class="grid-part">
      <Accounts />
      <div class="row filters">
        {targets.length > 1 && (
          <label>
            <span class="unseen">{s.platform}</span>
            <select value={target ?? ''} onChange={(event) => setTarget(event.currentTarget.value || null)}>
              <option value="">{s.allPlatforms}</option>
              {targets.map((name) => (
                <option key={name} value={name}>
                  {platformName({ state }, name)}
                </option>
              ))}
            </select>
          </label>
        )}
        <input
          type="search"
          placeholder={s.search}
          aria-label={s.search}
          value={search}
          onInput={(event) => setSearch(event.currentTarget.value)}
        />
        <fieldset class="chips" aria-label={s.show}>
          {filters.map((each) => {
            const count = ofPlatform.filter((card) => passes(card, each)).length;
            return (
              <button
                key={each}
                type="button"
                aria-pressed={filter === each}
                disabled={count === 0 && filter !== each}
                onClick={() => setFilter(each)}
              >
                {s.filters[each]} <span class="count">{formatNumber(count)}</span>
              </button>
            );
          })}
        </fieldset>
      </div>
      <p class="unseen" role="status">
        {s.shown(formatNumber(shown.length), shown.length)}
      </p>
      {shown.length === 0 ? (
        <p class="soft empty">{s.nothingHere}</p>
      ) : (
        <ul
          ref={list}
          class="grid"
          style={{
            paddingTop: `${before}px`,
            paddingBottom: `${after}px`,
            gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
          }}
          onKeyDown={move}
          aria-label={s.postsByArrows}
        >
          {shown.slice(first, last).map((card, index) => (
            <PostCardButton
              key={cardId(card)}
              card={card}
              index={first + index}
              count={shown.length}
              isOpen={cardId(card) === openedId}
              isTabStop={cardId(card) === tabStop}
              showsAccount={account === null && (state?.accounts.length ?? 0) > 1}
              platform={platformName({ state }, card.target)}
              onFocus={() => setFocused(cardId(card))}
              onOpen={() => void openCard(card)}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

async function openCard({ account, key, target }: Card): Promise<void> {
  await openPost({ account, key, target });
}
