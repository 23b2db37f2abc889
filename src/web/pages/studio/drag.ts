import { useRef } from 'preact/hooks';

/** A pointer has to go this far before it drags, in pixels; less is a click. */
const threshold = 6;

/**
 * Drags an element to a day (`data-day`) with a mouse or pen. Uses pointer events, because Firefox does not drag buttons. On
 * a touch screen the same movement scrolls the page, so the date is typed there.
 */
export function useDayDrag(isFixed: boolean, onDrop: (day: string) => void) {
  const from = useRef<{ readonly x: number; readonly y: number; isDragging: boolean } | null>(null);
  const wasDragged = useRef(false);
  const end = (element: HTMLElement) => {
    from.current = null;
    element.classList.remove('dragged');
    element.style.transform = '';
    mark(null);
  };
  return {
    onPointerDown: (event: PointerEvent) => {
      wasDragged.current = false;
      if (isFixed || event.button !== 0 || event.pointerType === 'touch') return;
      from.current = { x: event.clientX, y: event.clientY, isDragging: false };
      (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent) => {
      const start = from.current;
      if (start === null) return;
      const [x, y] = [event.clientX - start.x, event.clientY - start.y];
      if (!start.isDragging && Math.hypot(x, y) < threshold) return;
      start.isDragging = true;
      const element = event.currentTarget as HTMLElement;
      element.classList.add('dragged');
      element.style.transform = `translate(${x}px, ${y}px)`;
      mark(dayAt(event));
    },
    onPointerUp: (event: PointerEvent) => {
      const isDragging = from.current?.isDragging === true;
      const day = dayAt(event)?.dataset['day'];
      end(event.currentTarget as HTMLElement);
      wasDragged.current = isDragging;
      if (isDragging && day !== undefined) onDrop(day);
    },
    onPointerCancel: (event: PointerEvent) => end(event.currentTarget as HTMLElement),
    /** A click follows a drag; it opens nothing. */
    isClick: () => !wasDragged.current,
  };
}

function dayAt({ clientX, clientY }: PointerEvent): HTMLElement | null {
  const [found] = document.elementsFromPoint(clientX, clientY).flatMap((each) => each.closest('[data-day]') ?? []);
  return found instanceof HTMLElement ? found : null;
}

function mark(day: HTMLElement | null): void {
  for (const each of document.querySelectorAll('.day.over')) if (each !== day) each.classList.remove('over');
  day?.classList.add('over');
}
