import * as z from 'zod';

/** What the page of the studio may send; the addresses are in api.ts. Requests are foreign data. */

const name = z.string().min(1).max(300);
const key = z.string().regex(/^\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d(?:-\d{1,7})?$/);
export const target = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/);
export const place = { account: name, key };
const text = z.string().max(20_000);
const partName = z.string().regex(/^part-\d{1,4}$/);
/** null: a post that is not split. */
const part = partName.nullable();

export const sampleRequest = z.strictObject({ isOpen: z.boolean() });
/** A random number that identifies a loaded page. */
export const pageRequest = z.strictObject({ page: z.string().min(1).max(40) });
export const keepRequest = z.strictObject({ keep: z.boolean() });

/**
 * Options of the main job as a person would write them, checked again by `config/options.ts`. Missing options stay
 * unchanged; an empty text or list resets an option. Paths and addresses are refused: they come from the command line.
 */
export const optionsRequest = z.strictObject({
  options: z.record(
    z.string().max(40),
    z.union([z.string().max(5000), z.boolean(), z.array(z.string().max(500)).max(100)]),
  ),
});
export const runRequest = z.strictObject({
  /** `one`: the post that shows most of what a run does with the archive. */
  what: z.enum(['one', 'all', 'fetch']),
});
export const controlRequest = z.strictObject({ action: z.enum(['pause', 'resume', 'stop']) });
const cells = z.strictObject({ caption: text, title: text, hashtags: text });
/** A text that was shown as one of two of a cell. Those of spreadsheets may be long. */
const decided = z.string().max(100_000);
/**
 * `seen`: the cells as the page had them, the base of a three-way merge. `decided`: texts of conflicts that are not kept any
 * longer, because the person has decided or has typed another text since.
 */
export const wordsRequest = z.strictObject({
  ...{ ...place, cells, seen: cells },
  decided: z
    .array(z.strictObject({ column: z.enum(['caption', 'title', 'hashtags']), text: decided }))
    .max(100)
    .default([]),
});
export const translationRequest = z.strictObject({
  ...place,
  column: z.string().regex(/^(?:title|caption)_[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}$/),
  text,
  seen: text,
});
export const captionRequest = z.strictObject({
  ...{ ...place, target, part },
  /** null: port writes its own words into the file again. */
  text: text.nullable(),
  seen: text.nullable(),
});
export const choiceRequest = z.strictObject({
  ...place,
  column: z.enum(['cover', 'targets', 'fit']),
  value: z.string().max(4000),
  /** As for words. */
  seen: z.string().max(100_000),
  decided: z.array(decided).max(100).default([]),
});
export const postingRequest = z.strictObject({
  ...{ ...place, target, part },
  posted: z.boolean().optional(),
  planned: z.string().max(100).optional(),
  url: z.string().max(2000).optional(),
  note: z.string().max(10_000).optional(),
});
export const planRequest = z.strictObject({
  account: name,
  clear: z.boolean().optional(),
  perDay: z.string().max(10).optional(),
  at: z.string().max(200).optional(),
  start: z.string().max(20).optional(),
  zone: z.string().max(80).optional(),
  order: z.string().max(20).optional(),
  gap: z.string().max(20).optional(),
  skip: z.string().max(80).optional(),
});
export const remedyRequest = z.strictObject({
  ...place,
  remedy: z.discriminatedUnion('kind', [
    /** `seen`: the platforms of the post as the page had them. */
    z.strictObject({ kind: z.literal('include'), seen: decided }),
    z.strictObject({ kind: z.literal('exclude') }),
    z.strictObject({ kind: z.literal('pick'), file: z.string().max(4000) }),
    z.strictObject({ kind: z.literal('again') }),
  ]),
});
