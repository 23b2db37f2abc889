/** Milliseconds. */
const closeTimeout = 2000;

/** Waits until something is closed, at most 2 s: a server that is gone would never answer. Errors are ignored. */
export async function closedOrTimeout(closing: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<void>((done) => {
    timer = setTimeout(done, closeTimeout);
  });
  await Promise.race([closing.catch(() => {}), tooLong]);
  clearTimeout(timer);
}
