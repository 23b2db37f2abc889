import type { HandOver, HandOverResult } from '../../../handover/contract.ts';
import { type LeftOut, sentence } from '../../../handover/reasons.ts';
import { readPackageId } from '../../../posting/upload.ts';
import { safeJson, safeText } from '../../../report/safe-text.ts';
import { platformTitle } from '../plan/run-plan.ts';

/** What was written for an account. */
export interface AccountResult extends HandOverResult {
  readonly account: string;
  /** Where it was written, as a person would type it. */
  readonly place: string;
}

/** `port hand-over --json` */
export function handOverJson(results: readonly AccountResult[], tool: HandOver): string {
  const post = (id: string) => {
    const named = readPackageId(id);
    return { key: named?.key ?? id, part: named?.part ?? null };
  };
  return safeJson(
    {
      ...{ schemaVersion: 1, tool: tool.name },
      files: results.flatMap(({ place, files }) => files.map(({ path }) => `${place}/${path}`)),
      written: results.flatMap(({ account, place, handed }) =>
        handed.map(({ package: from, files, remarks, toDeclare }) => ({
          ...{ account, ...post(from.id), target: from.target.name, at: from.planned },
          files: files.map((path) => `${place}/${path}`),
          remarks: remarks.map((remark) => ({ code: remark.code, message: sentence(remark, tool.title) })),
          toDeclare,
        })),
      ),
      leftOut: results.flatMap(({ account, leftOut }) =>
        leftOut.map((each) => ({
          ...{ account, ...post(each.id), target: each.target, reason: each.code },
          message: sentence(each, tool.title),
        })),
      ),
    },
    2,
  );
}

/** The written files, what to do with them, and remarks. */
export function handOverPage(results: readonly AccountResult[], tool: HandOver): string {
  return results.map((result) => accountPage(result, tool)).join('\n\n');
}

function accountPage({ account, place, files, handed, leftOut }: AccountResult, tool: HandOver): string {
  const count = handed.length;
  const head = `${account}: ${posts(count)} for ${tool.title} in ${place}`;
  const name = (id: string, target: string) => `${id} on ${platformTitle(target)}`;
  const remarks = handed.flatMap(({ package: from, remarks: all }) =>
    all.map((remark) => [sentence(remark, tool.title), name(from.id, from.target.name)] as const),
  );
  const declarations = handed.flatMap(({ package: from, toDeclare }) =>
    toDeclare.map((words) => [words, name(from.id, from.target.name)] as const),
  );
  const isAbout = ({ code }: LeftOut) => code !== 'posted' && code !== 'wrong-platform';
  const left = leftOut.filter(isAbout).map((each) => [sentence(each, tool.title), name(each.id, each.target)] as const);
  const quiet = leftOut.filter((each) => !isAbout(each)).map((each) => [sentence(each, tool.title), null] as const);
  const start = count > 0 && tool.command !== null ? [`  Start it: ${tool.command(place)}`] : [];
  const powershell = files.find(({ path }) => path.endsWith('.ps1'));
  const start5 =
    count > 0 && powershell !== undefined
      ? [`  On Windows: powershell -ExecutionPolicy Bypass -File "${place}/${powershell.path}"`]
      : [];
  return [
    ...[head, ...start, ...start5],
    ...section('  Left out:', [...left, ...quiet]),
    ...section('  To know:', remarks),
    ...section('  The tool cannot declare this; you have to:', declarations),
  ]
    .map(safeText)
    .join('\n');
}

type Line = readonly [words: string, post: string | null];

const maxNamed = 3;

/** Each sentence once, with the posts that it is about. */
function section(title: string, lines: readonly Line[]): readonly string[] {
  if (lines.length === 0) return [];
  const byWords = new Map<string, (string | null)[]>();
  for (const [words, post] of lines) byWords.set(words, [...(byWords.get(words) ?? []), post]);
  return [
    title,
    ...[...byWords].map(([words, about]) => {
      const named = about.filter((each) => each !== null);
      const shown = named.slice(0, maxNamed).join(', ');
      const more = named.length > maxNamed ? ` and ${named.length - maxNamed} more` : '';
      return `    ${named.length === 0 ? posts(about.length) : `${shown}${more}`}: ${words}`;
    }),
  ];
}

function posts(count: number): string {
  return count === 1 ? '1 post' : `${count} posts`;
}
