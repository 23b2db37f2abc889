import type { CaptionRow, Entry, FileRow, IssueRow } from '../../../src/state/documents.ts';

/** Rows of a manifest; a test says what is odd about its own. */
export function entry(odd: Partial<Entry> = {}): Entry {
  const key = odd.key ?? '2025-03-02_09-15-04';
  const target = odd.target ?? 'rednote';
  return {
    key,
    target,
    status: 'delivered',
    issues: [],
    original: null,
    caption: caption(),
    declarations: [],
    toDeclare: [],
    files: [file(`${target}/${key}/video.mp4`, 'video'), file(`${target}/${key}/cover.jpg`, 'cover')],
    linkPath: null,
    ...odd,
  };
}

export function caption(odd: Partial<CaptionRow> = {}): CaptionRow {
  return {
    title: 'Three days in Lisbon',
    body: 'Pastel de nata for breakfast.',
    hashtags: ['travel', 'lisbon'],
    source: 'csv',
    removed: [],
    ...odd,
  };
}

export function file(path: string, role: FileRow['role'], odd: Partial<FileRow> = {}): FileRow {
  const action = role === 'caption' ? 'text' : role === 'cover' ? 'image' : 'copy';
  return { path, role, bytes: 1_234_567, sha256: '0'.repeat(64), action, why: [], rendition: null, ...odd };
}

export function issue(code: string, severity: IssueRow['severity'], message: string): IssueRow {
  return { code, severity, actual: null, limit: null, message };
}
