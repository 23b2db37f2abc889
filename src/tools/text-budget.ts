/** Below it no text is parsed to more memory than any machine has. */
const countedBytes = 20_000_000;
/** Objects and lists of a document of ours: an archive of 100,000 posts has less; one takes up to 64 bytes once it is parsed. */
const mostContainers = 8_000_000;

function containersIn(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) if (byte === openBrace || byte === openBracket) count++;
  return count;
}

const openBrace = 0x7b;
const openBracket = 0x5b;

/** @throws a system error where a text has so many brackets that it would not fit into memory as JSON */
export function checkParts(bytes: Uint8Array, path: string): void {
  if (bytes.length <= countedBytes || containersIn(bytes) <= mostContainers) return;
  throw tooLarge(`${path} is made of more than ${mostContainers / 1_000_000} million parts`);
}

/** Like an error of the system: the trouble of whoever asked for this file, not of the program. */
export function tooLarge(message: string): Error {
  return Object.assign(new Error(message), { code: 'EFBIG', syscall: 'read' });
}
