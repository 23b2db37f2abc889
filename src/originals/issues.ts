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

/** The issue of a file that was not used, although it matches the post. @param why a sentence */
export function passedOver(name: string, why: string): Issue {
  return issueOf('passed-over', name, why, 'warning');
}

/** A video without sound of a post with sound, as a fallback. */
export function withoutSound(name: string, part: OriginalPart): Fallback {
  const issue = issueOf('sound-lost', name, null, 'warning');
  return { part, issue, passedOver: passedOver(name, 'It has no sound, and the post had one.') };
}

/** Codes that say why an existing file was not used. */
const aboutFiles: readonly IssueCode[] = [
  'passed-over',
  'damaged',
  'several-files-fit',
  'several-posts-fit',
  'recorded-after',
];

/**
 * Merges the issues of all sources of a post, by the result. If nothing was found they are errors; if everything was
 * found, the failure of one source is information; if a photo is missing, its reason is a warning. If existing files
 * were rejected for everything that is missing, they are the reason, and a missing link is not.
 * @param found the indexes that were found
 * @param wanted the number of files that the post has
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
