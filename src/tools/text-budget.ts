/** Texts below this size cannot exceed the memory when parsed. */
const countedBytes = 20_000_000;
/**
 * The maximum number of objects and arrays in our documents: an archive of 100,000 posts has fewer; each takes up to 64
 * bytes when parsed.
 */
const maxContainers = 8_000_000;

function containersIn(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) if (byte === openBrace || byte === openBracket) count++;
  return count;
}

const openBrace = 0x7b;
const openBracket = 0x5b;

/**
 * Checks the number of brackets.
 * @throws a system error if the text contains so many that the parsed JSON would not fit into memory
 */
export function checkParts(bytes: Uint8Array, path: string): void {
  if (bytes.length <= countedBytes || containersIn(bytes) <= maxContainers) return;
  throw tooLarge(`${path} is made of more than ${maxContainers / 1_000_000} million parts`);
}

/** Formed like a system error, so that it counts as a problem of the file and not as a bug. */
export function tooLarge(message: string): Error {
  return Object.assign(new Error(message), { code: 'EFBIG', syscall: 'read' });
}
