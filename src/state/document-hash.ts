import { createHash } from 'node:crypto';

/** The SHA-256 of a document, by which port knows whether somebody else saved it since. */
export function documentHash(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}
