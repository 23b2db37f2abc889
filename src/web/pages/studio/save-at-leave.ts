import { useEffect, useRef } from 'preact/hooks';

/** Calls `save` when its field is taken off the page and when the page is closed: what was typed last is not lost. */
export function useSaveAtLeave(save: () => void): void {
  const latest = useRef(save);
  latest.current = save;
  useEffect(() => {
    const leave = () => latest.current();
    addEventListener('pagehide', leave);
    return () => {
      removeEventListener('pagehide', leave);
      leave();
    };
  }, []);
}
