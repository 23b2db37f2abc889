import type { Issue, IssueCode } from '../model/issue.ts';
import type { Fallback } from './source.ts';
import type { OriginalPart } from './store.ts';

export function issueOf(
  code: IssueCode,
  actual: Issue['actual'] = null,
  limit: Issue['limit'] = null,
  severity: Issue['severity'] = 'error',
): Issue {
  return { code, severity, actual, limit };
}

/** A file that looked like the post's original. @param why a sentence */
export function passedOver(name: string, why: string): Issue {
  return issueOf('passed-over', name, why, 'warning');
}

/** A video that lacks the sound that its post had. */
export function withoutSound(name: string, part: OriginalPart): Fallback {
  const issue = issueOf('sound-lost', name, null, 'warning');
  return { part, issue, passedOver: passedOver(name, 'It has no sound, and the post had one.') };
}

/** Why a file that lies there was not taken, whatever would bring another one. */
const aboutFiles: readonly IssueCode[] = [
  'passed-over',
  'damaged',
  'several-files-fit',
  'several-posts-fit',
  'recorded-after',
];

/**
 * What a post's troubles come to in the end. Where nothing could be had they are errors; where all is there, a link that
 * failed before the page served is only worth a remark; where a photo is missing, its reason is a warning. Where a file
 * lies there for all that is missing, that file is the reason, and a link is only what helps.
 * @param found indexes of what could be had
 * @param wanted how many there should be
 */
export function mergeIssues(issues: readonly Issue[], found: ReadonlySet<number>, wanted: number): readonly Issue[] {
  const missing = Array.from({ length: wanted }, (_, index) => index).filter((index) => !found.has(index));
  const distinct = [...new Map(issues.map((issue) => [JSON.stringify(issue), issue])).values()];
  const files = distinct.filter(({ code }) => aboutFiles.includes(code)).length;
  const adjusted = distinct.map((issue): Issue => {
    const { code, severity } = issue;
    const isOther = files > 0 && files >= missing.length && (code === 'offline' || code === 'no-link');
    if (isOther) return { ...issue, actual: 'file-unusable' };
    return missing.length > 0 && code === 'passed-over' && severity === 'info'
      ? { ...issue, severity: 'warning' }
      : issue;
  });
  if (found.size === 0) {
    return adjusted.some(({ severity }) => severity === 'error') ? adjusted : [...adjusted, issueOf('no-original')];
  }
  const severity = missing.length > 0 ? 'warning' : 'info';
  return [
    ...adjusted.map((issue) => (issue.severity === 'error' ? ({ ...issue, severity: severity } as const) : issue)),
    ...missing.map((index) => issueOf('photo-missing', index + 1, wanted, 'warning')),
  ];
}
