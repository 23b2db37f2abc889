/**
 * A string of everything that determines the bytes of a rendition. Two targets with equal keys share one file; if a run
 * finds the key in the manifest, there is nothing to do. The key contains the post: two posts never share a file.
 */
export function renditionKey(post: string, originalSha256: string, operation: object): string {
  return canonical({ post, original: originalSha256, operation });
}

/** JSON with sorted keys, so that property order does not matter. */
export function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonical(entry)}`).join(',')}}`;
}
