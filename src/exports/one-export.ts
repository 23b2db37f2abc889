import { ExportError } from '../errors.ts';
import type { Export, Issue } from '../model.ts';
import { mergeExports } from './merge.ts';

/**
 * One export out of all that was found in one ZIP or folder: renamed copies, older and newer exports of an account.
 * @param account the user name that a file without posts gave, for a single nameless export
 * @throws ExportError if they are of different accounts, or if nobody can tell whether they are of one
 */
export function oneExport(all: readonly Export[], account: string | null, setAside: readonly Issue[]): Export {
  const found = all.filter((one, index) => !all.slice(0, index).some((before) => isCopy(one, before)));
  const [only] = found;
  const named = found.length === 1 && only !== undefined ? [{ ...only, account: only.account ?? account }] : found;
  const [merged, another] = mergeExports(named);
  if (merged === undefined || another !== undefined) {
    const accounts = [merged, another].map((one) => one?.account ?? 'one without a name').join(', ');
    throw new ExportError(`Several exports lie here together (${accounts}): give port each one on its own.`);
  }
  return { ...merged, setAside: [...merged.setAside, ...setAside] };
}

/** The same posts with the same links: a copy of the same file, which need not have a name to be one. */
function isCopy(one: Export, other: Export): boolean {
  const posts = [...one.posts, ...one.deleted];
  const others = [...other.posts, ...other.deleted];
  if (one.account !== other.account || posts.length !== others.length) return false;
  return posts.every(
    (post, index) => post.key === others[index]?.key && post.links[0]?.url === others[index]?.links[0]?.url,
  );
}
