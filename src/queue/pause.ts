/** Milliseconds. Events report most changes; polling finds those that were missed while Redis was unavailable. */
const pollInterval = 2000;

/** Waits until the next poll, or until the signal is aborted. */
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
