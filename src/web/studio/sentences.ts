import type { IssueRow } from '../../state/documents.ts';
import type { Sentence } from './api.ts';

/** An issue of a document with its sentence. The codes are those of the version that wrote it. */
export function messageOf({ code, severity, actual, limit, message }: IssueRow): Sentence {
  return { code: code as Sentence['code'], severity, actual, limit, message };
}
