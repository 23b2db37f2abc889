import { basename } from 'node:path';
import type { Issue } from '../../src/model/issue.ts';
import type { Post } from '../../src/model/post.ts';
import type { Fetched, OriginalsOptions } from '../../src/originals/index.ts';
import { type FileVerdict, noVerdict } from '../../src/originals/source.ts';
import { never, world } from './world.ts';

/** Looks at files by the beginnings of their names. */
export const seeing =
  (seen: Readonly<Record<string, Partial<FileVerdict>>>): NonNullable<OriginalsOptions['inspectFile']> =>
  async (_kind, path) => {
    const found = Object.keys(seen).find((name) => basename(path).startsWith(name));
    return { ...noVerdict, ...(found === undefined ? {} : seen[found]) };
  };
export const told = (issues: readonly Issue[]) => issues.map(({ code, severity }) => `${severity} ${code}`);
export const nameOf = ({ original }: Fetched) => (original === null ? null : basename(original.files[0]?.path ?? ''));

/** What one run fetches of a post. */
export async function get(post: Post, options: Partial<OriginalsOptions>, in_ = world()): Promise<Fetched> {
  return await (await in_.open({ posts: [post], ...options })).get(post, never);
}
