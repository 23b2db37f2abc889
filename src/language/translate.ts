import { createHash } from 'node:crypto';
import type { Piece } from './contract.ts';
import { judge, type Refusal, refusedUnasked } from './judge.ts';
import { baseLanguage, detectLanguage } from './languages.ts';
import { hasWords, type Protected, protect } from './protect.ts';

/** A text to translate, as it is sent and as it is put together again. */
export interface Request {
  readonly piece: Piece;
  readonly original: Protected;
}

/**
 * Prepares a text for an engine.
 * @returns null if there is nothing to translate: no words, or words in this language already; or why it is not sent
 */
export function requestFor(text: string, to: string, names: readonly string[]): Request | Refusal | null {
  const original = protect(text, to, names);
  if (!hasWords(original)) return null;
  const from = detectLanguage(text);
  if (from !== null && from === baseLanguage(to)) return null;
  const refused = refusedUnasked(original);
  if (refused !== null) return refused;
  const id = createHash('sha256')
    .update(JSON.stringify([to, original.text]))
    .digest('hex')
    .slice(0, 12);
  return { piece: { id, from, to, text: original.text }, original };
}

/** The translation of a text from the engine's answer, or why it is refused. */
export function settle(answer: string | null, { piece, original }: Request): ReturnType<typeof judge> {
  return judge(answer, original, piece.to);
}
