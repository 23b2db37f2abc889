import { checkTargets } from '../../../config/options.ts';
import { safeJson, safeText } from '../../../report/safe-text.ts';
import { createFiles } from '../../../tools/disk-files.ts';
import { createFfprobe } from '../../../tools/ffprobe.ts';
import { loadImages } from '../../../tools/image-library.ts';
import { findProgram } from '../../../tools/programs.ts';
import { type CheckRow, check } from './check.ts';

/**
 * `port check`: needs ffprobe, but not ffmpeg.
 * @throws UsageError if `to` names no platform
 */
export async function runCheck(
  paths: readonly string[],
  { to, json }: { readonly to?: string; readonly json?: true },
  signal: AbortSignal,
): Promise<{ readonly text: string; readonly exitCode: number }> {
  const targets = checkTargets(to);
  const { path } = await findProgram('ffprobe');
  const world = { files: createFiles(), ffprobe: createFfprobe(path), images: await loadImages() };
  const { rows, exitCode } = await check(paths, targets, world, signal);
  return { text: json ? safeJson({ schemaVersion: 1, results: rows }, 2) : page(rows), exitCode };
}

/** A line for each path and result, with the reasons below; platforms with the same result share a line. */
function page(rows: readonly CheckRow[]): string {
  const alike = new Map<string, { readonly row: CheckRow; readonly targets: string[] }>();
  for (const row of rows) {
    const verdict = JSON.stringify([row.path, row.ok, row.issues]);
    const same = alike.get(verdict);
    if (same) same.targets.push(row.target);
    else alike.set(verdict, { row, targets: [row.target] });
  }
  const lines = [...alike.values()].flatMap(({ row: { path, ok, issues }, targets }) => [
    safeText(`${ok ? 'ok    ' : 'not ok'} ${path}  ${targets.join(', ')}`),
    ...issues.map(({ message }) => `       ${safeText(message)}`),
  ]);
  const bad = rows.filter(({ ok }) => !ok).length;
  const counts = bad === 0 ? `all ${rows.length} checks are ok` : `${bad} of ${rows.length} checks are not ok`;
  return (rows.length > 1 ? [...lines, '', counts] : lines).join('\n');
}
