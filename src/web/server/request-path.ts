/** Kinds of files that are handed out; everything else in the folder stays in it. */
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
 * The steps from the served folder to the file that an address asks for; empty for the folder itself. null for whatever
 * is not handed out: another token, a way out of the folder, anything hidden, originals, documents of ours.
 * @param url as it came: path and query, still encoded
 */
export function stepsOf(url: string, token: string): readonly string[] | null {
  const [path = ''] = url.split(/[?#]/, 1);
  const [empty, given, ...encoded] = path.split('/');
  if (empty !== '' || given === undefined || !isSameText(given, token) || encoded.length === 0) return null;
  if (encoded.length === 1 && encoded[0] === '') return [];
  const steps = encoded.map(decoded);
  return steps.every(isServed) ? steps : null;
}

/** What a file is called when it is handed out; null for a kind that is not, and for pages that are no contact sheet. */
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

/** A name of one file or folder on any system: no separator, no stream of Windows, nothing hidden, no way up. */
function isServed(step: string | null): step is string {
  if (step === null || step === '' || step.startsWith('.') || step === 'originals') return false;
  return !/[/\\:\u0000-\u001f]/.test(step) && !/[. ]$/.test(step);
}

/** Takes as long for a token that is nearly right. */
function isSameText(one: string, other: string): boolean {
  let difference = one.length ^ other.length;
  for (let at = 0; at < other.length; at++) difference |= one.charCodeAt(at % (one.length || 1)) ^ other.charCodeAt(at);
  return difference === 0;
}
