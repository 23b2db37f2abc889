/** Milliseconds. Events tell of most; looking again is for what was missed while Redis was away. */
const pollInterval = 2000;

/** Until it is time to look again, or the signal comes. */
export async function pause(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((done) => {
    const timer = setTimeout(stop, pollInterval);
    function stop() {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      done();
    }
    signal.addEventListener('abort', stop);
  });
}
