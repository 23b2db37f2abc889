import { join } from 'node:path';

/** The documents of posting in an account's folder. */

export function postingPath(folder: string): string {
  return join(folder, 'posting.csv');
}

export function recordPath(folder: string): string {
  return join(folder, 'posting.json');
}

export function calendarPath(folder: string): string {
  return join(folder, 'posting.ics');
}
