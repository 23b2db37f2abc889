/**
 * Says in one string all that decides the bytes of a rendition. Two targets whose strings are equal share one file; a
 * second run that finds the string in the manifest has nothing to do. The post is part of it: two posts never share a file.
 */
export function renditionKey(post: string, originalSha256: string, operation: object): string {
  return canonical({ post, original: originalSha256, operation });
}

/** JSON with sorted keys, so that the order in which an object was written does not matter. */
export function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonical(entry)}`).join(',')}}`;
}
