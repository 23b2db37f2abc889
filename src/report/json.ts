import type { Report } from '../model/event.ts';
import { safeJson } from './safe-text.ts';

/** Newline-delimited JSON on stdout, for programs: `jq` and CI jobs read it line by line. */
export function jsonReport(print: (line: string) => void): Report {
  return { tell: (event) => print(safeJson(event)) };
}
