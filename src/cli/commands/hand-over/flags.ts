import { readFile, stat } from 'node:fs/promises';
import type * as z from 'zod';
import { choice } from '../../../config/option-values.ts';
import { checkTargets } from '../../../config/options.ts';
import { quoted, seeHelp, UsageError } from '../../../errors.ts';
import { type AnswersByPost, maxAnswersBytes, readAnswers } from '../../../handover/answers.ts';
import type { Answers, HandOver } from '../../../handover/contract.ts';
import { handOvers } from '../../../handover/index.ts';
import { handOverNames } from '../../../handover/names.ts';
import { readPackageId } from '../../../posting/upload.ts';
import { targets as allTargets } from '../../../targets/index.ts';
import type { Target } from '../../../targets/target.ts';

/** The options of `port hand-over` as written. */
export interface HandOverFlags {
  readonly for?: string;
  readonly to?: string;
  readonly account?: string;
  readonly only?: readonly string[];
  readonly out?: string;
  readonly answers?: string;
  readonly madeForKids?: string;
  readonly json?: true;
}

export interface HandOverOptions {
  readonly tool: HandOver;
  /** null: all that are delivered. */
  readonly targets: readonly Target[] | null;
  /** Keys of posts; null: all. */
  readonly only: ReadonlySet<string> | null;
  readonly out: string;
  readonly answers: AnswersByPost;
  readonly forAll: Answers;
}

const tools = choice('--for', handOverNames);
const kids = choice('--made-for-kids', ['yes', 'no']);

/**
 * Checks the options and reads the answers.
 * @throws UsageError
 */
export async function handOverOptions(flags: HandOverFlags): Promise<HandOverOptions> {
  if (flags.for === undefined) wrong(`Say for which tool: --for ${handOverNames.join(', ')}`);
  const name = checked(tools, flags.for);
  const tool = handOvers.find((each) => each.name === name) ?? wrong('--for names no tool');
  const targets = flags.to === undefined ? null : checkTargets(flags.to);
  if (targets !== null && !targets.some(tool.takes))
    wrong(
      `${tool.title} posts to ${takenBy(tool)}, not to ${targets.map(({ title }) => title).join(' or ')}: leave --to out, or take another tool.`,
    );
  const answer = flags.madeForKids === undefined ? null : checked(kids, flags.madeForKids);
  if (flags.out?.trim() === '') wrong('--out names no folder');
  return {
    ...{ tool, targets, only: keysIn(flags.only), out: flags.out ?? 'hand-over' },
    answers: flags.answers === undefined ? new Map() : await answersIn(flags.answers),
    forAll: { madeForKids: answer === null ? null : answer === 'yes', ownWork: null },
  };
}

/** The platforms that a tool posts to, for a sentence. */
export function takenBy(tool: HandOver): string {
  return allTargets
    .filter(tool.takes)
    .map(({ title }) => title)
    .join(', ');
}

function keysIn(only: readonly string[] | undefined): ReadonlySet<string> | null {
  if (only === undefined) return null;
  const keys = only.flatMap((list) => list.split(/[,\s]+/).filter(Boolean));
  if (keys.length === 0) wrong('--only names no post');
  const strange = keys.find((key) => readPackageId(key)?.part !== null);
  if (strange !== undefined) wrong(`--only takes keys of posts such as 2025-03-02_09-15-04, not ${quoted(strange)}`);
  return new Set(keys);
}

async function answersIn(path: string): Promise<AnswersByPost> {
  const facts = await stat(path).catch(() => null);
  if (!facts?.isFile()) throw new UsageError(`There is no file ${quoted(path)} for --answers.`);
  if (facts.size > maxAnswersBytes) throw new UsageError(`${quoted(path)} is too large for a file of answers.`);
  const read = readAnswers(await readFile(path, 'utf8'));
  if (typeof read === 'string') throw new UsageError(`--answers ${quoted(path)} cannot be used: ${read}.`);
  return read;
}

function checked<T>(schema: z.ZodType<T>, written: string): T {
  const read = schema.safeParse(written);
  return read.success ? read.data : wrong(read.error.issues[0]?.message ?? 'It cannot be used');
}

function wrong(sentence: string): never {
  throw new UsageError(seeHelp(sentence));
}
