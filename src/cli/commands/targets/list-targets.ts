import { UsageError } from '../../../errors.ts';
import { safeJson } from '../../../report/safe-text.ts';
import { targets as all, targetNamed, targetWords } from '../../../targets/index.ts';
import type { Confidence, Target } from '../../../targets/target.ts';
import { didYouMean } from '../../../text/nearest.ts';
import { type LimitRow, limitsOf } from './limits.ts';

/**
 * `port targets`: the platforms with every limit, its source, date and confidence.
 * @param name one platform; undefined for all
 * @throws UsageError if there is no such platform
 */
export function listTargets(name: string | undefined, json: boolean): string {
  const one = name === undefined ? null : targetNamed(name);
  if (name !== undefined && one === null) {
    const known = all.map((target) => target.name).join(', ');
    throw new UsageError(`There is no platform “${name}”: there are ${known}.${didYouMean(name, targetWords)}`);
  }
  const wanted = one === null ? all : [one];
  if (json) {
    const list = wanted.map((target) => ({
      name: target.name,
      aliases: target.aliases,
      title: target.title,
      upload: target.upload,
      uploadElsewhere: target.uploadElsewhere ?? null,
      limits: limitsOf(target),
    }));
    return safeJson({ schemaVersion: 1, targets: list }, 2);
  }
  return [...wanted.flatMap(page), ...legend()].join('\n');
}

const valueWidth = 28;

function page(target: Target): string[] {
  const rows = limitsOf(target);
  const sources = [...new Set(rows.map(sourceOf))];
  const lines = rows.flatMap((row) => {
    const mark = `${row.kind.padEnd(7)} ${row.confidence} [${sources.indexOf(sourceOf(row)) + 1}]`;
    const sentence = row.value.length > valueWidth;
    const line = `  ${row.what.padEnd(26)} ${(sentence ? '' : row.value).padEnd(valueWidth)} ${mark}`;
    return sentence ? [line, `    ${row.value}`] : [line];
  });
  return [
    `${target.name}: ${target.title}`,
    `  upload at ${target.upload ?? 'its phone app'}`,
    ...(target.uploadElsewhere ? [`  for ${target.uploadElsewhere.for}: ${target.uploadElsewhere.at}`] : []),
    ...(target.photos === null ? ['  takes no photo posts'] : []),
    '',
    ...lines,
    '',
    ...sources.map((source, index) => `  [${index + 1}] ${source}`),
    '',
  ];
}

function sourceOf({ source, date }: LimitRow): string {
  return `${source}, ${date}`;
}

const confidences: Readonly<Record<Confidence, string>> = {
  A: 'official, read in the month that stands behind it',
  B: 'official, but older or second-hand',
  C: 'open-source code, or measured on the real page or device',
  D: 'a guide, a guess or a rule of this house',
  '?': 'nothing is published; that does not mean that there is no limit',
};

function legend(): string[] {
  return [
    'limit: the platform refuses what is beyond. advice: it takes it all the same.',
    ...Object.entries(confidences).map(([letter, words]) => `${letter}  ${words}`),
  ];
}
