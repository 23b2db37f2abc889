import type { Entry } from '../state/documents.ts';

/** What is posted at once: a delivered post on one platform, or one part of a split video. */
export interface Upload {
  /** The key of the post, with `/part-1` for a part. */
  readonly key: string;
  readonly target: string;
}

/** Names an upload in maps. */
export function uploadId({ key, target }: Upload): string {
  return `${target} ${key}`;
}

/** The keys of a delivered post's uploads. */
export function uploadKeys({ key, parts = [] }: Pick<Entry, 'key' | 'parts'>): readonly string[] {
  return parts.length > 1 ? parts.map((_, index) => `${key}/part-${index + 1}`) : [key];
}

/** The key of the post that an upload is of. */
export function postKeyOf(key: string): string {
  return key.split('/')[0] ?? key;
}

const uploadKey = /^\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d(?:-\d{1,7})?(?:\/part-\d{1,4})?$/;

export function isUploadKey(key: string): boolean {
  return uploadKey.test(key);
}
