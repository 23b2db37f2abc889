import type { Entry } from '../state/documents.ts';

/** A delivered post on one platform, even if its video was split: a row of posting.csv. */
export interface Upload {
  /** The key of the post. */
  readonly key: string;
  readonly target: string;
}

/** Names an upload in maps. */
export function uploadId({ key, target }: Upload): string {
  return `${target} ${key}`;
}

/** The ids of a delivered post's packages: its key, or for a split video the key with `/part-1` and so on. */
export function packageIds({ key, parts = [] }: Pick<Entry, 'key' | 'parts'>): readonly string[] {
  return parts.length > 1 ? parts.map((_, index) => `${key}/part-${index + 1}`) : [key];
}

const packageId = /^(\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d(?:-\d{1,7})?)(?:\/(part-\d{1,4}))?$/;

/** The post and the part that a package id names; null if it is none. `part`: null for a whole post. */
export function readPackageId(id: string): { readonly key: string; readonly part: string | null } | null {
  const [, key, part] = packageId.exec(id) ?? [];
  return key === undefined ? null : { key, part: part ?? null };
}
