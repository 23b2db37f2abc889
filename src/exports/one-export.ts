import { ExportError } from '../errors.ts';
import type { Export, Issue } from '../model.ts';
import { mergeExports } from './merge.ts';

/**
 * One export out of all that was found in one ZIP or folder: renamed copies, older and newer exports of an account.
 * @param account the user name that a file without posts gave, for a single nameless export
 * @throws ExportError if they are of different accounts, or if nobody can tell whether they are of one
 */
export function oneExport(found: readonly Export[], account: string | null, setAside: readonly Issue[]): Export {
  const [only] = found;
  const named = found.length === 1 && only !== undefined ? [{ ...only, account: only.account ?? account }] : found;
  const [merged, another] = mergeExports(named);
  if (merged === undefined || another !== undefined) {
    const accounts = [merged, another].map((one) => one?.account ?? 'one without a name').join(', ');
    throw new ExportError(`Several exports lie here together (${accounts}): give port each one on its own.`);
  }
  return { ...merged, setAside: [...merged.setAside, ...setAside] };
}
