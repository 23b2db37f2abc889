import * as z from 'zod';

/** Values of downloaders' JSON: what is not of the right kind is as if it were not there. */

/** Times outside of these are none (2014 to 2039), such as those in milliseconds. */
const earliest = 1_400_000_000;
const latest = 2_200_000_000;

export const text = z.string().nullable().catch(null);
export const seconds = z.coerce.number().int().min(earliest).max(latest).nullable().catch(null);
export const count = z.coerce.number().nonnegative().nullable().catch(null);
/** As a string. A long id that was written as a number has lost its last digits: it is none. */
export const id = z
  .union([z.string(), z.number().refine(Number.isSafeInteger).transform(String)])
  .nullable()
  .catch(null);
