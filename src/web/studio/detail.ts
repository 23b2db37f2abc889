import { join } from 'node:path';
import type { CaptionsSheet } from '../../deliver/edit-captions.ts';
import { uploadId } from '../../posting/upload.ts';
import type { Entry } from '../../state/documents.ts';
import { readInclusions } from '../../state/inclusions.ts';
import { pathInside } from '../../tools/inside.ts';
import type { PostDetail, PostOnPlatform } from './api.ts';
import { cardOf } from './cards.ts';
import type { FolderView } from './folder-view.ts';
import { packagesOf } from './packages.ts';
import { RefusedError } from './refusal.ts';
import { remediesOf } from './remedies.ts';
import { messageOf } from './sentences.ts';
import type { Studio } from './studio.ts';

/**
 * One post with everything that the page shows and changes.
 * @throws RefusedError if there is no such post
 */
export async function detailOf(studio: Studio, account: string, key: string): Promise<PostDetail> {
  const view = studio.view(account);
  const [entries, sheet, posting] = [await view.entries(key), await view.sheet(), await view.posting()];
  if (entries.length === 0) throw new RefusedError('There is no such post here.', 404);
  const inclusions = await readInclusions(view.folder, studio.world.files.confined(view.folder));
  const { cover, targets, fit, ...cells } = sheet.of(key);
  const isPhotos = sheet.fact(key, 'kind') === 'photos' || entries.some((entry) => cardOf(entry).kind === 'photos');
  const kind = isPhotos ? 'photos' : 'video';
  const platforms = await Promise.all(
    entries.map(async (entry): Promise<PostOnPlatform> => {
      const row = posting.get(uploadId(entry));
      return {
        ...{ target: entry.target, status: entry.status, issues: entry.issues.map(messageOf) },
        remedies: remediesOf(entry, kind),
        toDeclare: entry.toDeclare,
        ...{ planned: row?.planned ?? '', posted: row?.posted ?? '', url: row?.url ?? '', note: row?.note ?? '' },
        packages: await packagesOf(entry, view.folder, row, studio.world.files.confined(view.folder)),
      };
    }),
  );
  const title = studio.exports.post(account, key)?.title ?? '';
  return {
    ...{ account, key, kind, cells, platforms },
    choices: { cover, targets, fit },
    conflicts: sheet.conflictsOf(key),
    included: inclusions.get(key)?.at.slice(0, 10) ?? null,
    translations: translationsIn(sheet, key),
    facts: {
      ...{ key, kind, time: timeOf(key) },
      sound: sheet.fact(key, 'sound') || null,
      location: sheet.fact(key, 'location') || null,
    },
    suggestions: suggestionsOf(platforms, cells.caption, title),
    original: await originalOf(studio, view, entries),
  };
}

/** Words of the same post on other platforms, and the title that TikTok's photo posts have. */
function suggestionsOf(
  platforms: readonly PostOnPlatform[],
  caption: string,
  title: string,
): PostDetail['suggestions'] {
  const edited = platforms.flatMap(({ target, packages }) =>
    packages
      .filter(({ isEdited, body }) => isEdited && body.trim() !== '')
      .map(({ body }) => ({ from: target, text: body })),
  );
  const all = [...(title.trim() === '' ? [] : [{ from: 'export', text: title }]), ...edited];
  return [...new Map(all.map((each) => [each.text, each])).values()].filter(({ text }) => text !== caption);
}

async function originalOf(
  studio: Studio,
  view: FolderView,
  entries: readonly Entry[],
): Promise<PostDetail['original']> {
  const found = entries.find(({ original }) => original !== null)?.original;
  if (found == null) return null;
  // Originals in a folder of `--media` are outside the account's folder, and are not shown.
  const inside = (written: string): readonly string[] => {
    const path = pathInside(view.folder, join(view.folder, written));
    return path === null || path === '.' ? [] : [path];
  };
  const photos = (found.photos ?? []).flatMap(({ path }) => inside(path));
  const [path] = found.photos === undefined ? inside(found.path) : photos;
  if (path === undefined) return null;
  const seconds = found.photos === undefined ? await studio.frames.seconds(join(view.folder, path)) : null;
  return { path, seconds, photos };
}

/** The words of a post in other languages, for which captions.csv has columns. */
function translationsIn({ found }: CaptionsSheet, key: string): PostDetail['translations'] {
  const cells = found?.rows.get(key)?.more ?? {};
  const languages = Object.keys(cells).flatMap((column) => /^(?:title|caption)_(.+)$/.exec(column)?.[1] ?? []);
  return [...new Set(languages)].map((language) => ({
    language,
    title: cells[`title_${language}`] ?? '',
    caption: cells[`caption_${language}`] ?? '',
  }));
}

function timeOf(key: string): number {
  return Date.parse(`${key.slice(0, 10)}T${key.slice(11, 19).replaceAll('-', ':')}Z`) / 1000;
}
