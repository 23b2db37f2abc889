import type { Issue, IssueCode } from '../model.ts';
import type { Spare } from './source.ts';
import type { Piece } from './store.ts';

export function trouble(
  code: IssueCode,
  actual: Issue['actual'] = null,
  limit: Issue['limit'] = null,
  severity: Issue['severity'] = 'error',
): Issue {
  return { code, severity, actual, limit };
}

/** A file that looked like the post's original. @param why a sentence */
export function passedOver(name: string, why: string): Issue {
  return trouble('passed-over', name, why, 'warning');
}

/** A video that lacks the sound that its post had. */
export function withoutSound(name: string, piece: Piece): Spare {
  const issue = trouble('sound-lost', name, null, 'warning');
  return { piece, issue, passedOver: passedOver(name, 'It has no sound, and the post had one.') };
}

/**
 * What a post's troubles come to in the end. Where nothing could be had they are errors; where all is there, a link that
 * failed before the page served is only worth a remark; where a photo is missing, its reason is a warning.
 * @param found indexes of what could be had
 * @param wanted how many there should be
 */
export function settle(issues: readonly Issue[], found: ReadonlySet<number>, wanted: number): readonly Issue[] {
  const unlike = [...new Map(issues.map((issue) => [JSON.stringify(issue), issue])).values()];
  if (found.size === 0) {
    return unlike.some(({ severity }) => severity === 'error') ? unlike : [...unlike, trouble('no-original')];
  }
  const missing = Array.from({ length: wanted }, (_, index) => index).filter((index) => !found.has(index));
  const softened = missing.length > 0 ? 'warning' : 'info';
  return [
    ...unlike.map((issue) => (issue.severity === 'error' ? ({ ...issue, severity: softened } as const) : issue)),
    ...missing.map((index) => trouble('photo-missing', index + 1, wanted, 'warning')),
  ];
}
