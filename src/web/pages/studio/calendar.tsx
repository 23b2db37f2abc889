import { useMemo, useState } from 'preact/hooks';
import { openPost, setPosting } from './actions.ts';
import { addDays, mondayOf, today } from './days.ts';
import { useDayDrag } from './drag.ts';
import { allCards, cardId, platformName } from './filter.ts';
import { formatDay, formatMoment, formatNumber } from './format.ts';
import { PlanForm } from './plan-form.tsx';
import { isReader, mediaAddress } from './server.ts';
import { type Card, useModel, useSentences } from './store.ts';

/** When to post what: the days of a week. A post is dragged to another day, or moved with arrow keys. */
export function Calendar() {
  const s = useSentences();
  const posts = useModel((each) => each.posts);
  const account = useModel((each) => each.account);
  const state = useModel((each) => each.state);
  const [moved, setMoved] = useState('');
  const [target, setTarget] = useState<string | null>(null);
  const cards = useMemo(() => allCards({ posts, account, state }), [posts, account, state?.platforms.length]);
  const targets = [...new Set(cards.map((each) => each.target))];
  const planned = cards.filter((card) => card.planned !== '' && (target === null || card.target === target));
  const open = planned.filter(({ posted }) => posted === '').map((card) => card.planned.slice(0, 10));
  const [week, setWeek] = useState<string | null>(null);
  const first = week ?? mondayOf(open.reduce((least, day) => (day < least ? day : least), open[0] ?? today()));
  const days = Array.from({ length: 7 }, (_, index) => addDays(first, index));
  const unplanned = cards.filter((card) => card.status === 'delivered' && card.planned === '' && card.posted === '');
  const move = async (card: Card, day: string) => {
    const at = `${day}T${card.planned.slice(11, 16)}`;
    setMoved(s.movedTo(card.title || card.key, formatMoment(at)));
    if (day < first || day > (days[6] ?? first)) setWeek(mondayOf(day));
    await setPosting({ account: card.account, key: card.key, target: card.target, part: null }, { planned: at });
  };
  const title = (name: string) => platformName({ state }, name);
  return (
    <div class="calendar">
      {!isReader && <PlanForm isOpen={planned.length === 0} unplanned={unplanned.length} />}
      {planned.length > 0 && (
        <>
          <div class="row week-head">
            <button type="button" aria-label={s.weekBefore} onClick={() => setWeek(addDays(first, -7))}>
              ‹
            </button>
            <h3>
              {formatDay(first, { day: 'numeric', month: 'long' })} –{' '}
              {formatDay(days[6] ?? first, { day: 'numeric', month: 'long', year: 'numeric' })}
            </h3>
            <button type="button" aria-label={s.weekAfter} onClick={() => setWeek(addDays(first, 7))}>
              ›
            </button>
            <button type="button" class="plain" onClick={() => setWeek(mondayOf(today()))}>
              {s.thisWeek}
            </button>
            {targets.length > 1 && (
              <label class="push">
                <span class="unseen">{s.platform}</span>
                <select value={target ?? ''} onChange={(event) => setTarget(event.currentTarget.value || null)}>
                  <option value="">{s.allPlatforms}</option>
                  {targets.map((name) => (
                    <option key={name} value={name}>
                      {title(name)}
                    </option>
                  ))}
                </select>
              </label>
            )}
          </div>
          <p class="soft" id="how-to-move">
            {s.howToMove}
          </p>
          <p class="unseen" role="status">
            {moved}
          </p>
          <ol class="week">
            {days.map((day) => (
              <Day
                key={day}
                day={day}
                cards={planned.filter((card) => card.planned.startsWith(day)).sort(byTime)}
                title={title}
                move={move}
              />
            ))}
          </ol>
          {unplanned.length > 0 && <p class="soft">{s.notPlanned(formatNumber(unplanned.length), unplanned.length)}</p>}
        </>
      )}
    </div>
  );
}

function byTime(one: Card, other: Card): number {
  if (one.planned !== other.planned) return one.planned < other.planned ? -1 : 1;
  return cardId(one) < cardId(other) ? 1 : -1;
}

interface DayProps {
  readonly day: string;
  readonly cards: readonly Card[];
  readonly title: (target: string) => string;
  readonly move: (card: Card, day: string) => Promise<void>;
}

function Day({ day, cards, title, move }: DayProps) {
  const s = useSentences();
  const isToday = day === today();
  return (
    <li class={`day ${isToday ? 'today' : ''}`} data-day={day}>
      <h4>
        {formatDay(day, { weekday: 'short', day: 'numeric', month: 'short' })}
        {isToday && <span class="soft"> · {s.today}</span>}
      </h4>
      {cards.map((card) => (
        <Slot key={cardId(card)} card={card} day={day} platform={title(card.target)} move={move} />
      ))}
    </li>
  );
}

interface SlotProps {
  readonly card: Card;
  readonly day: string;
  readonly platform: string;
  readonly move: (card: Card, day: string) => Promise<void>;
}

const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

function Slot({ card, day, platform, move }: SlotProps) {
  const s = useSentences();
  const { account, key, target, title, cover, planned, posted } = card;
  const id = cardId(card);
  const isOut = posted !== '';
  const isFixed = isOut || isReader;
  const byKey = async (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (step === undefined || isFixed || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    await move(card, addDays(day, step));
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-slot="${CSS.escape(id)}"]`)?.focus());
  };
  const { isClick, ...drag } = useDayDrag(isFixed, (to) => {
    if (to !== day) void move(card, to);
  });
  return (
    <button
      type="button"
      class={`slot ${isOut ? 'done' : ''}`}
      data-slot={id}
      aria-describedby="how-to-move"
      onKeyDown={(event) => void byKey(event)}
      onClick={() => {
        if (isClick()) void openPost({ account, key, target });
      }}
      {...drag}
    >
      {cover !== null && (
        <img src={mediaAddress(account, cover, card.coverVersion)} alt="" loading="lazy" draggable={false} />
      )}
      <span>
        <b>{planned.slice(11, 16)}</b> {platform}
        <span dir="auto">{title || s.noWords}</span>
        {isOut && <span class="good"> ✓ {s.posted}</span>}
      </span>
    </button>
  );
}
