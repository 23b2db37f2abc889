import type { Report } from '../model/event.ts';
import { safeJson, safeText } from './safe-text.ts';

/**
 * Newline-delimited JSON on stdout for programs such as `jq` and CI jobs; warnings and errors on stderr as well, as
 * sentences, for the log that a person reads.
 */
export function jsonReport(print: (line: string) => void, err: (line: string) => void): Report {
  return {
    tell(event) {
      print(safeJson(event));
      if (event.type === 'warning') err(safeText(`warning: ${event.message}`));
      if (event.type === 'error') err(safeText(`port: ${event.message}`));
    },
  };
}
