import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

/** Up to this many cards all are in the page, so that the browser's own search finds them. */
const maxUnwindowed = 240;
/** As in the style sheets: the minimum width of a card, the gap, and the height of the words below a picture. */
const narrowest = 148;
const gap = 12;
const wordsHeight = 118;
/** Number of rows beyond each edge of the screen that are rendered too. */
const spare = 3;

interface Shown {
  readonly first: number;
  readonly last: number;
  readonly columns: number;
  /** Height of the rows that are not drawn. */
  readonly before: number;
  readonly after: number;
}

/**
 * Which of many equal cards are in the page, by the scroll position. The event `show-index` of the list scrolls to a card
 * that is not in the page yet.
 */
export function useWindow(list: RefObject<HTMLElement | null>, count: number): Shown {
  const [shown, setShown] = useState<Shown>(() => shownAt(0, 900, 1000, count));
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) return;
    const measure = () => {
      const { top, width } = element.getBoundingClientRect();
      const next = shownAt(Math.max(0, -top), innerHeight, width, count);
      setShown((before) => (isSame(before, next) ? before : next));
    };
    const show = (event: Event) => {
      const { rowHeight, columns } = layout(element.getBoundingClientRect().width);
      const top =
        element.getBoundingClientRect().top + Math.floor((event as CustomEvent<number>).detail / columns) * rowHeight;
      if (top < 0) scrollBy(0, top - 16);
      else if (top + rowHeight > innerHeight) scrollBy(0, top + rowHeight - innerHeight + 16);
      measure();
    };
    measure();
    const size = new ResizeObserver(measure);
    size.observe(element);
    size.observe(document.body);
    addEventListener('scroll', measure, { passive: true });
    addEventListener('resize', measure);
    element.addEventListener('show-index', show);
    return () => {
      size.disconnect();
      removeEventListener('scroll', measure);
      removeEventListener('resize', measure);
      element.removeEventListener('show-index', show);
    };
  }, [count, list.current]);
  return count <= maxUnwindowed ? { ...shown, first: 0, last: count, before: 0, after: 0 } : shown;
}

function layout(width: number): { readonly columns: number; readonly rowHeight: number } {
  const columns = Math.max(2, Math.floor((width + gap) / (narrowest + gap)));
  const cardWidth = (width - (columns - 1) * gap) / columns;
  return { columns, rowHeight: (cardWidth * 4) / 3 + wordsHeight + gap };
}

function shownAt(scrolled: number, height: number, width: number, count: number): Shown {
  const { columns, rowHeight } = layout(width);
  const rows = Math.ceil(count / columns);
  const from = Math.max(0, Math.min(rows - 1, Math.floor(scrolled / rowHeight) - spare));
  const visible = Math.ceil(height / rowHeight) + 1;
  const to = Math.min(rows, from + visible + 2 * spare);
  return {
    first: from * columns,
    last: Math.min(count, to * columns),
    columns,
    before: from * rowHeight,
    after: Math.max(0, rows - to) * rowHeight,
  };
}

function isSame(one: Shown, other: Shown): boolean {
  return (
    one.first === other.first &&
    one.last === other.last &&
    one.columns === other.columns &&
    one.before === other.before &&
    one.after === other.after
  );
}
