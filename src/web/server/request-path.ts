/** The types of files that are served; all others are not. */
const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  mp4: 'video/mp4',
  mov: 'video/quicktime',
  txt: 'text/plain; charset=utf-8',
};

/**
 * The path from the served folder to the requested file as a list of names; empty for the folder itself. null for what is
 * not served: another token, a path out of the folder, hidden files, originals, documents of port.
 * @param url the request's path and query, still encoded
 */
export function stepsOf(url: string, token: string): readonly string[] | null {
  const [path = ''] = url.split(/[?#]/, 1);
  const [empty, given, ...encoded] = path.split('/');
  if (empty !== '' || given === undefined || !isSameText(given, token) || encoded.length === 0) return null;
  if (encoded.length === 1 && encoded[0] === '') return [];
  const steps = encoded.map(decoded);
  return steps.every(isServed) ? steps : null;
}

/** The content type of a file; null if its type is not served, or it is a page that is not named like a contact sheet. */
export function contentType(name: string): string | null {
  const extension = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  if (extension === 'html' && name !== 'index.html') return null;
  return Object.hasOwn(types, extension) ? (types[extension] ?? null) : null;
}

function decoded(step: string): string | null {
  try {
    return decodeURIComponent(step);
  } catch {
    return null;
  }
}

/** Whether it is a plain file or folder name on every system: no separator, Windows stream, hidden file or `..`. */
function isServed(step: string | null): step is string {
  if (step === null || step === '' || step.startsWith('.') || step === 'originals') return false;
  return !/[/\\:\u0000-\u001f]/.test(step) && !/[. ]$/.test(step);
}

/** Compares in constant time, so that the time does not reveal how much of a token is right. */
function isSameText(one: string, other: string): boolean {
  let difference = one.length ^ other.length;
  for (let at = 0; at < other.length; at++) difference |= one.charCodeAt(at % (one.length || 1)) ^ other.charCodeAt(at);
  return difference === 0;
}
