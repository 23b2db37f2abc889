import type { Issue } from '../../model/issue.ts';
import type { SizedCaption } from '../plan.ts';
import type { Removed } from './removed.ts';

/** Accepted characters that look like those which a platform refuses. */
const lookAlikes: Readonly<Record<string, string>> = { '<': '‹', '>': '›' };

/**
 * Replaces each refused character by its look-alike, or removes it if there is none. `I <3 you` stays readable. The
 * original characters are listed.
 */
export function replaceForbidden(text: string, forbidden: string, removed: Removed[]): string {
  let allowed = text;
  for (const character of forbidden) {
    const parts = allowed.split(character);
    if (parts.length < 2) continue;
    removed.push({ text: character.repeat(parts.length - 1), reason: 'forbidden-character' });
    allowed = parts.join(lookAlikes[character] ?? '');
  }
  return allowed;
}

/** A warning for each refused character, with the position of its first look-alike. */
export function refusedCharacters({ title, body, removed }: SizedCaption): Issue[] {
  const written = removed.filter(({ reason }) => reason === 'forbidden-character').map(({ text }) => text.charAt(0));
  return [...new Set(written)].map((character): Issue => {
    const alike = lookAlikes[character] ?? character;
    const part = title?.includes(alike) ? 'title' : 'body';
    const before = (part === 'title' ? (title ?? '') : body).split(alike, 1)[0] ?? '';
    const place = { part, at: [...before].length + 1 } as const;
    return { code: 'character-refused', severity: 'warning', actual: character, limit: null, place };
  });
}
