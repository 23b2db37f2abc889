import type * as z from 'zod';
import type { Issue } from '../../model/issue.ts';

import { likesIn } from '../../posting/likes.ts';

import { clearedPlan, newPlan } from '../../posting/plan-folder.ts';
import { planOptions } from '../../posting/plan-rules.ts';
import type { PostingRow } from '../../posting/record.ts';

import { message } from '../../report/messages.ts';
import { RefusedEdit } from '../server/posting-edit.ts';
import type { PostingAnswer } from './api.ts';
import { RefusedError } from './refusal.ts';
import type { planRequest, postingRequest } from './requests.ts';
import type { Studio } from './studio.ts';

type PostingRequest = z.output<typeof postingRequest>;

/** Changes the plan and the posted state of one post on one platform. */
export async function changePosting(
  studio: Studio,
  { account, key, target, part, ...cells }: PostingRequest,
): Promise<PostingAnswer> {
  const edit = { key: part === null ? key : `${key}/${part}`, ...cells };
  try {
    const { rows, issues } = await studio.view(account).store.change([edit], target);
    return answerOf(rows, issues);
  } catch (error) {
    throw error instanceof RefusedEdit ? new RefusedError(error.message, 400) : error;
  }
}

/** Plans all posts that are neither planned nor posted, or clears the plan. */
export async function changePlan(
  studio: Studio,
  { account, clear, ...written }: z.output<typeof planRequest>,
): Promise<PostingAnswer> {
  const { folder } = studio.view(account);
  const now = studio.world.now() * 1000;
  const given = Object.fromEntries(Object.entries(written).filter(([, value]) => value !== undefined));
  const likes = await likesIn(folder, studio.world.files);
  const all = () => true;
  const zone = clear ? null : (written.zone ?? null);
  let before: ReadonlyMap<string, PostingRow> = new Map();
  const { opened, issues } = await studio.view(account).store.edit((there) => {
    before = there.posting.record.rows;
    return clear
      ? clearedPlan(there, all)
      : newPlan(there, all, planOptions(given, there.posting.record.zone, now), likes);
  }, zone);
  const { rows } = opened.posting.record;
  return answerOf(
    [...rows].filter(([id, row]) => before.get(id) !== row).map(([, row]) => row),
    issues,
  );
}

function answerOf(rows: readonly PostingRow[], issues: readonly Issue[]): PostingAnswer {
  const posts = rows.map(({ key, target, planned, posted }) => ({ key, target, planned, posted }));
  return { posts, issues: issues.map((issue) => ({ ...issue, message: message(issue) })) };
}
