import './browser-copy.js';
import { arrange, isOfAnotherDay, startOrder } from './browser-find.js';
import { cards, list, remember } from './browser-page.js';
import { isPlanned, showAll, showCard, showCounts } from './browser-state.js';
import { forgetKnownTicks } from './browser-ticks.js';

// ── What is drawn late ─────────────────────────────────────────────────────────────────────────────────────────────

const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting || !(target instanceof HTMLVideoElement)) continue;
      if (target.dataset['poster']) target.poster = target.dataset['poster'];
      near.unobserve(target);
    }
  },
  { rootMargin: '800px' },
);
for (const video of list.querySelectorAll('video')) near.observe(video);

const local = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
for (const time of list.querySelectorAll('time')) {
  time.title = time.textContent ?? '';
  time.textContent = local.format(new Date(time.dateTime));
}

// ── The start ──────────────────────────────────────────────────────────────────────────────────────────────────────

forgetKnownTicks();
remember();
showAll();
startOrder();

const minute = 60_000;
setInterval(() => {
  for (const card of cards) if (isPlanned(card)) showCard(card);
  showCounts();
  if (isOfAnotherDay()) arrange();
}, minute);
