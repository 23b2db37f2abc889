import { createHash } from 'node:crypto';

/** The name of a rendition: a hash of everything that determines its bytes (plan/rendition-key.ts). */
export function renditionName(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 32);
}
