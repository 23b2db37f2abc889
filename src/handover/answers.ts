import * as z from 'zod';
import { readPackageId } from '../posting/upload.ts';
import type { Answers } from './contract.ts';

/** A person's answers for single posts, by key. */
export type AnswersByPost = ReadonlyMap<string, Partial<Answers>>;

export const maxAnswersBytes = 10_000_000;

const yesOrNo = z.boolean({ error: 'takes true or false' }).nullable();
const document = z.record(
  z.string(),
  z.object({ madeForKids: yesOrNo.optional(), ownWork: yesOrNo.optional() }, { error: 'takes an object' }),
);

/**
 * Reads `--answers`: `{ "2025-03-02_09-15-04": { "madeForKids": false, "ownWork": true } }`.
 * @returns the answers, or why there are none, in words that follow a colon
 */
export function readAnswers(json: string): AnswersByPost | string {
  let value: unknown;
  try {
    value = JSON.parse(json.replace(/^\ufeff/, ''));
  } catch (error) {
    return `it is no JSON (${error instanceof Error ? error.message : ''})`;
  }
  const read = document.safeParse(value);
  if (!read.success) {
    const [issue] = read.error.issues;
    const place = issue?.path.join(', ') ?? '';
    return place === ''
      ? 'it has to be an object of posts, { "2025-03-02_09-15-04": { "madeForKids": false } }'
      : `${place.slice(0, 100)} ${issue?.message}`;
  }
  const strange = Object.keys(read.data).find((id) => readPackageId(id) === null);
  if (strange !== undefined) return `“${strange.slice(0, 60)}” is no post: name it by its key, 2025-03-02_09-15-04`;
  return new Map(Object.entries(read.data).map(([id, answers]) => [id, withoutGaps(answers)]));
}

function withoutGaps({ madeForKids, ownWork }: z.infer<typeof document>[string]): Partial<Answers> {
  return { ...(madeForKids != null && { madeForKids }), ...(ownWork != null && { ownWork }) };
}

/** The answers for a package: those for the part, else for the post, else for all. */
export function answersFor(id: string, byPost: AnswersByPost, all: Answers): Answers {
  const key = readPackageId(id)?.key ?? id;
  return { ...all, ...byPost.get(key), ...byPost.get(id) };
}
