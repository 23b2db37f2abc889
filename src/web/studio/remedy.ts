import type * as z from 'zod';
import { isSystemError } from '../../errors.ts';
import { type Inclusion, setInclusion } from '../../state/inclusions.ts';
import { pickCandidate } from './candidates.ts';
import { changeChoice } from './edits.ts';
import { RefusedError } from './refusal.ts';
import type { remedyRequest } from './requests.ts';
import type { Studio } from './studio.ts';

/** Applies a remedy for a post that is held or failed, and makes the post again. */
export async function remedy(
  studio: Studio,
  { account, key, remedy: what }: z.output<typeof remedyRequest>,
): Promise<void> {
  const entries = await studio.view(account).entries(key);
  if (entries.length === 0) throw new RefusedError('There is no such post here.', 404);
  // An inclusion can be undone at any time.
  if (what.kind !== 'exclude' && studio.exports.paths().length === 0)
    throw new RefusedError('Drop the export first: the post is made from it.');
  const has = (...codes: readonly string[]) =>
    entries.some(({ issues }) => issues.some(({ code }) => codes.includes(code)));
  switch (what.kind) {
    case 'include': {
      const held = entries.flatMap((entry) =>
        entry.issues.flatMap(({ code, actual }) => (code === 'visibility' ? [{ ...entry, audience: actual }] : [])),
      )[0];
      if (held !== undefined) {
        const { audience, linkPath } = held;
        const at = `${new Date(studio.world.now() * 1000).toISOString().slice(0, 19)}Z`;
        await remember(studio, account, key, { at, visibility: String(audience ?? ''), linkPath });
      }
      if (has('target-left-out', 'targets-unread'))
        await changeChoice(studio, { account, key, column: 'targets', value: '', seen: what.seen, decided: [] });
      break;
    }
    case 'exclude':
      await remember(studio, account, key, null);
      break;
    case 'pick':
      await pickCandidate(studio, account, key, what.file);
      break;
    case 'again':
      break;
  }
  studio.refresher.ask(account, key, true);
}

/** Records in the document for later runs that a person included a post, or undid that. */
async function remember(studio: Studio, account: string, key: string, now: Inclusion | null): Promise<void> {
  const { folder } = studio.view(account);
  const files = studio.world.files.confined(folder);
  try {
    await setInclusion(folder, key, now, { files, locks: studio.world.locks });
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new RefusedError(`included.json cannot be written (${error.code}), so this post stays as it was.`);
  }
}
