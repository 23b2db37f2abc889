import * as z from 'zod';

/** Schemas for values in downloaders' JSON: a value of the wrong type counts as missing. */

/** Times outside 2014 to 2039 are invalid, for instance times in milliseconds. */
const earliest = 1_400_000_000;
const latest = 2_200_000_000;

export const text = z.string().nullable().catch(null);
export const seconds = z.coerce.number().int().min(earliest).max(latest).nullable().catch(null);
export const count = z.coerce.number().nonnegative().nullable().catch(null);
/** An id as a string. A long id that was written as a number has lost its last digits and is invalid. */
export const id = z
  .union([z.string(), z.number().refine(Number.isSafeInteger).transform(String)])
  .nullable()
  .catch(null);
