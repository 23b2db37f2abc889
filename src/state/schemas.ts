import * as z from 'zod';
import type { JoinedCaption } from '../model/caption.ts';
import type { Issue, IssueCode } from '../model/issue.ts';

/** Parts of the model as our own files keep them from one process to the next. */

const scalar = z.union([z.string(), z.number(), z.null()]);
export const issue: z.ZodType<Issue> = z
  .object({
    // Closed, and who wrote it was of this version.
    code: z.string().transform((code) => code as IssueCode),
    severity: z.enum(['error', 'warning', 'info']),
    actual: scalar,
    limit: scalar,
    place: z.object({ part: z.enum(['title', 'body', 'hashtag']), at: z.number() }).optional(),
  })
  .transform(({ place, ...rest }) => (place === undefined ? rest : { ...rest, place }));

/** In the order in which captions/words.ts makes them: what is read again has to come to the same digest. */
export const joinedCaption: z.ZodType<JoinedCaption> = z.object({
  text: z.string(),
  title: z.string().nullable(),
  hashtags: z.array(z.string()).nullable(),
  source: z.enum(['edited', 'csv', 'sidecar', 'listing', 'export', 'none']),
  matchedBy: z.enum(['key', 'id', 'time']).nullable(),
  seconds: z.number().nullable(),
});
