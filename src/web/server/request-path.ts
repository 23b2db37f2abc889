import { isSameSecret } from './guard.ts';

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
  srt: 'text/plain; charset=utf-8',
};

/**
 * The path from the served folder to the requested file as a list of names; empty for the folder itself; null if it is not
 * served: another token, a path out of the folder, hidden files, originals, transcripts, documents of port.
 * @param url the request's path and query, still encoded
 */
export function stepsOf(url: string, token: string): readonly string[] | null {
  const [path = ''] = url.split(/[?#]/, 1);
  const [empty, given, ...encoded] = path.split('/');
  if (empty !== '' || given === undefined || !isSameSecret(given, token) || encoded.length === 0) return null;
  if (encoded.length === 1 && encoded[0] === '') return [];
  const steps = plainSteps(encoded);
  const isOfNoPackage = steps?.includes('originals') || steps?.at(-2) === 'speech';
  return isOfNoPackage ? null : steps;
}

/** The content type of a file; null if its type is not served, or it is a page that is not named like a contact sheet. */
export function contentType(name: string): string | null {
  const extension = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  if (extension === 'html' && name !== 'index.html') return null;
  return Object.hasOwn(types, extension) ? (types[extension] ?? null) : null;
}

/**
 * The decoded steps of a path; null if one of them is not a plain file or folder name on every system: it has a separator,
 * names an NTFS stream, is hidden, or is `..`.
 */
export function plainSteps(encoded: readonly string[]): readonly string[] | null {
  const steps = encoded.map(decodedStep);
  return steps.every(isPlain) ? steps : null;
}

/** null if it is encoded wrongly. */
export function decodedStep(step: string): string | null {
  try {
    return decodeURIComponent(step);
  } catch {
    return null;
  }
}

function isPlain(step: string | null): step is string {
  return step !== null && step !== '' && !step.startsWith('.') && !/[/\\:\p{Cc}]/u.test(step) && !/[. ]$/.test(step);
}
