import { useEffect, useRef } from 'preact/hooks';

/** Calls `save` when its field is removed and when the page is closed, so that the last input is not lost. */
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
