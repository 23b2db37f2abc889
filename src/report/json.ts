import type { Report } from '../model/event.ts';
import { safeJson } from './safe-text.ts';

/** Newline-delimited JSON on stdout for programs such as `jq` and CI jobs. */
export function jsonReport(print: (line: string) => void): Report {
  return { tell: (event) => print(safeJson(event)) };
}
