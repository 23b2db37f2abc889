import type * as z from 'zod';
import type { Issue } from '../../model/issue.ts';
import { contextNow, readCell, readUrl } from '../../posting/cells.ts';
import type { PostingFolder } from '../../posting/folder.ts';
import { likesIn } from '../../posting/likes.ts';
import { momentOf } from '../../posting/local-time.ts';
import { clearedPlan, newPlan } from '../../posting/plan-folder.ts';
import { planOptions } from '../../posting/plan-rules.ts';
import type { EditedCells, Edits } from '../../posting/record.ts';
import { ticked } from '../../posting/state.ts';
import { uploadId } from '../../posting/upload.ts';
import { message } from '../../report/messages.ts';
import type { PostingAnswer, planRequest, postingRequest } from './api.ts';
import { RefusedError } from './refusal.ts';
import type { Studio } from './studio.ts';

type PostingRequest = z.output<typeof postingRequest>;

/** Changes what is planned and what is out of one post on one platform. */
export async function changePosting(studio: Studio, asked: PostingRequest): Promise<PostingAnswer> {
  const now = studio.world.now() * 1000;
  return await change(studio, asked.account, null, (there) => editOf(asked, there, now));
}

/** Plans what is neither planned nor posted, or takes the plan back. */
export async function changePlan(
  studio: Studio,
  { account, clear, ...written }: z.output<typeof planRequest>,
): Promise<PostingAnswer> {
  const { folder } = studio.view(account);
  const now = studio.world.now() * 1000;
  const given = Object.fromEntries(Object.entries(written).filter(([, value]) => value !== undefined));
  const likes = await likesIn(folder, studio.world.files);
  const all = () => true;
  return await change(studio, account, clear ? null : (written.zone ?? null), (there) =>
    clear ? clearedPlan(there, all) : newPlan(there, all, planOptions(given, there.posting.record.zone, now), likes),
  );
}

async function change(
  studio: Studio,
  account: string,
  zone: string | null,
  edits: (there: PostingFolder) => Edits,
): Promise<PostingAnswer> {
  const { opened, issues } = await studio.view(account).desk.edit(edits, zone);
  return answerOf(opened, issues);
}

function answerOf({ posting, uploads }: PostingFolder, issues: readonly Issue[]): PostingAnswer {
  const parts = new Map(uploads.map((upload) => [uploadId(upload), upload.parts]));
  const posts = [...posting.record.rows.values()].map((row) => {
    const { key, target, planned, posted } = row;
    return { key, target, planned, posted, parts: parts.get(uploadId(row)) ?? 1 };
  });
  return { posts, said: issues.map(message) };
}

/** @throws RefusedError if there is no such post, or a cell cannot be read */
function editOf(asked: PostingRequest, { posting, uploads }: PostingFolder, now: number): Edits {
  const { key, target, part, posted, planned, url, note } = asked;
  const row = posting.record.rows.get(uploadId(asked));
  const count = uploads.find((upload) => uploadId(upload) === uploadId(asked))?.parts ?? 1;
  if (row === undefined || (part !== null && Number(part.slice(5)) > count))
    throw new RefusedError('This post was not made for that platform.', 404);
  const context = contextNow(posting.record.zone, now);
  const id = part === null ? key : `${key}/${part}`;
  const cells: EditedCells = {
    ...(posted !== undefined && ticked(row, id, posted, momentOf(now, context.zone), count)),
    ...(planned !== undefined && { planned: checked('The time', readCell('planned', planned, context)) }),
    ...(url !== undefined && { url: url.trim() === '' ? '' : checked('The link', readUrl(url.trim())) }),
    ...(note !== undefined && { note: checked('The note', readCell('note', note, context)) }),
  };
  return [{ key, target, cells }];
}

function checked(what: string, read: ReturnType<typeof readCell>): string {
  if ('value' in read) return read.value;
  throw new RefusedError(`${what} was not saved: ${read.why}.`, 400);
}
