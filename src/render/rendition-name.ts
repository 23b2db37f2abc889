import { createHash } from 'node:crypto';

/** Names a rendition by all that decides its bytes (plan/rendition-key.ts). */
export function renditionName(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 32);
}
