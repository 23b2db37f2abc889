import type { Report } from '../model/event.ts';
import { jsonReport } from '../report/json.ts';
import { lineReport } from '../report/lines.ts';
import { print, sentenceFor } from './output.ts';

/**
 * Creates the report of a run: JSON, lines, or lines with a live status at the bottom of a terminal.
 * @param flags commander's values
 * @param inLines no live status, even on a terminal
 */
export async function createReport(flags: Readonly<Record<string, unknown>>, inLines = false): Promise<Report> {
  const { stderr, stdout, platform: system } = process;
  if (flags['json']) return jsonReport(print, (line) => stderr.write(`${sentenceFor(line, stderr)}\n`));
  const verbosity = flags['quiet'] ? 'quiet' : flags['verbose'] ? 'verbose' : 'normal';
  const isDumb = process.env['TERM'] === 'dumb';
  const colours = flags['color'] !== false && stderr.isTTY && !process.env['NO_COLOR'] && !isDumb;
  const options = {
    out: (line: string) => print(sentenceFor(line, stdout)),
    err: (line: string) => stderr.write(`${sentenceFor(line, stderr)}\n`),
    colours,
    verbosity,
    system,
  } as const;
  if (inLines || !stderr.isTTY || verbosity === 'quiet' || isDumb) return lineReport(options);
  const [{ createLogUpdate }, { ttyReport }] = await Promise.all([import('log-update'), import('../report/tty.ts')]);
  const draw = createLogUpdate(stderr, { showCursor: true });
  const foot = { show: (text: string) => draw(text), clear: () => draw.clear() };
  const clock = {
    now: () => performance.now() / 1000,
    later: (work: () => void) => void setTimeout(work, 100).unref(),
  };
  return ttyReport({ ...options, ...clock, foot, columns: () => stderr.columns || 80 });
}
