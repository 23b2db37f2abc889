import * as z from 'zod';
import { type JoinedCaption, type Translation, translationLayouts } from '../model/caption.ts';
import type { Issue, IssueCode } from '../model/issue.ts';

/** Schemas of model types that port's own files pass from one process to the next. */

const scalar = z.union([z.string(), z.number(), z.null()]);
export const issue: z.ZodType<Issue> = z.object({
  // The set of codes is closed, and only this version writes it.
  code: z.string().transform((code) => code as IssueCode),
  severity: z.enum(['error', 'warning', 'info']),
  actual: scalar,
  limit: scalar,
  place: z.object({ part: z.enum(['title', 'body', 'hashtag']), at: z.number() }).exactOptional(),
});

/** Fields in the order of captions/translations.ts, so that a parsed value has the same digest. */
const translation: z.ZodType<Translation> = z.object({
  language: z.string().max(100),
  layout: z.enum(translationLayouts),
  title: z.string().nullable(),
  text: z.string(),
  trouble: z.object({ kind: z.enum(['refused', 'failed', 'stale']), reason: z.string() }).exactOptional(),
});

/** Fields in the order of captions/words.ts, so that a parsed value has the same digest. */
export const joinedCaption: z.ZodType<JoinedCaption> = z.object({
  text: z.string(),
  title: z.string().nullable(),
  hashtags: z.array(z.string()).nullable(),
  source: z.enum(['edited', 'csv', 'sidecar', 'listing', 'export', 'none']),
  matchedBy: z.enum(['key', 'id', 'time']).nullable(),
  seconds: z.number().nullable(),
  translations: z.record(z.string(), translation).exactOptional(),
});
