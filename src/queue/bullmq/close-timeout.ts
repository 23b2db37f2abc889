/** Milliseconds. */
const closeTimeout = 2000;

/** Resolves when something is closed, or in two seconds: a server that is gone is not waited for. */
export async function closedOrTimeout(closing: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<void>((done) => {
    timer = setTimeout(done, closeTimeout);
  });
  await Promise.race([closing.catch(() => {}), tooLong]);
  clearTimeout(timer);
}
