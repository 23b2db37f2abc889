import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import type { Declaration } from '../targets/target.ts';
import type { HandOver, HandOverContext, HandOverPost, Package, PackageFile } from './contract.ts';
import { asksMadeForKids, mustDeclare, restToDeclare, separateLeftOut } from './contract.ts';
import { passable, posixWord } from './quote.ts';
import type { LeftOut, Remark } from './reasons.ts';
import { timing } from './times.ts';
import { codeUnits, plainTags, textWithTags, titledWords } from './words.ts';

/**
 * gitroomhq/postiz-app: a public API that takes files first, then posts. Read in its public.integrations.controller.ts
 * and the DTOs of its platforms, 2026-11: settings are checked for drafts too, texts are HTML, files are MP4 up to 1 GB
 * and images up to 10 MB.
 */
const maxVideoBytes = 1024 ** 3;
const maxImageBytes = 10 * 1024 ** 2;
const window = { least: 0, most: Number.POSITIVE_INFINITY };
const title = { max: 100, length: codeUnits };

/** The requirements of Postiz for a platform. */
interface Channel {
  /** Postiz' names of it. */
  readonly identifiers: readonly string[];
  readonly maxFiles: number;
  /** The title has a field of its own. */
  readonly isTitled?: true;
  /** A field of the settings that only a person can fill in, and the variable that has it. */
  readonly needs?: { readonly setting: string; readonly variable: string };
  /** The cover is the second file of a video. */
  readonly isCoverAFile?: true;
  /** The cover is a field of the settings. */
  readonly isCoverASetting?: true;
  readonly carries?: readonly Declaration[];
  readonly settings?: (from: Package, title: string) => object;
}

const many = 20;

const channels: Readonly<Record<string, Channel>> = {
  reels: {
    ...{ identifiers: ['instagram', 'instagram-standalone'], maxFiles: 10 },
    settings: () => ({ post_type: 'post' }),
  },
  shorts: {
    ...{ identifiers: ['youtube'], maxFiles: 1, isTitled: true, isCoverASetting: true },
    settings: ({ hashtags, answers }, title) => ({
      ...{ title: title.padEnd(2), type: 'public', selfDeclaredMadeForKids: answers.madeForKids ? 'yes' : 'no' },
      tags: plainTags(hashtags, 100).map((tag) => ({ value: tag, label: tag })),
    }),
  },
  facebook: { identifiers: ['facebook'], maxFiles: many },
  threads: { identifiers: ['threads'], maxFiles: many },
  pinterest: {
    ...{ identifiers: ['pinterest'], maxFiles: 5, isTitled: true, isCoverAFile: true },
    needs: { setting: 'board', variable: 'POSTIZ_PINTEREST_BOARD' },
    settings: (_, title) => ({ title }),
  },
  bluesky: { identifiers: ['bluesky'], maxFiles: 4 },
  x: {
    ...{ identifiers: ['x'], maxFiles: 4, carries: ['ai-generated', 'your-brand', 'branded-content'] },
    settings: ({ declarations }) => ({
      who_can_reply_post: 'everyone',
      ...(declarations.includes('ai-generated') && { made_with_ai: true }),
      ...(declarations.some((each) => ['your-brand', 'branded-content'].includes(each)) && { paid_partnership: true }),
    }),
  },
};

export const postiz: HandOver = {
  name: 'postiz',
  title: 'Postiz',
  takes: ({ name }) => Object.hasOwn(channels, name),
  folder: null,
  command: (place) => `node ${posixWord(`${place}/postiz.mjs`)}`,
  write(packages, context) {
    const { posts, handed, leftOut } = separateLeftOut(packages.map((each) => postOf(each, context)));
    const document = { schemaVersion: 1, account: context.account, posts: posts.map(({ post }) => post) };
    return {
      files: [
        { path: 'postiz.json', text: `${JSON.stringify(document, null, 2)}\n` },
        { path: 'postiz.mjs', text: script() },
      ],
      ...{ handed, leftOut },
    };
  },
};

/** The script is next to this file, in the source and in the build, and is written unchanged. */
function script(): string {
  return readFileSync(new URL('./postiz-script.js', import.meta.url), 'utf8');
}

interface Post {
  readonly handed: HandOverPost;
  /** As the script reads it. */
  readonly post: object;
}

function postOf(from: Package, { now }: HandOverContext): Post | LeftOut {
  const { id, target, planned, video } = from;
  const channel = channels[target.name];
  const leftOut = (code: LeftOut['code'], actual: LeftOut['actual'] = null) => ({
    ...{ id, target: target.name, code, actual },
  });
  if (channel === undefined) return leftOut('wrong-platform', target.title);
  const files = filesOf(from, channel);
  const isMovie = video !== null && extname(video.path).toLowerCase() !== '.mp4';
  if (asksMadeForKids(target) && from.answers.madeForKids === null) return leftOut('made-for-kids');
  if (video === null && target.photos === null) return leftOut('video-only');
  if (isMovie) return leftOut('file-type', extname(video.path));
  if (files.length > channel.maxFiles) return leftOut('too-many-files', channel.maxFiles);
  if (video !== null && video.bytes > maxVideoBytes) return leftOut('file-too-large', '1 GB');
  if (from.photos.some(({ bytes }) => bytes > maxImageBytes)) return leftOut('file-too-large', '10 MB');
  const sized = channel.isTitled ? titledWords(from, title) : null;
  if (channel.isTitled && sized === null) return leftOut('no-title');
  const { hashtags } = from;
  const below = textWithTags({ body: sized?.body ?? from.body, hashtags });
  const text = sized === null && from.title ? [from.title, below].filter(Boolean).join('\n\n') : below;
  const { remark } = timing(from, window, now);
  const remarks: Remark[] = [...(sized?.remarks ?? []), ...(remark === null ? [] : [remark])];
  const carries = channel.carries ?? [];
  const toDeclare = restToDeclare(from, { when: carries, always: ['madeForKids'] });
  const isUndeclared = mustDeclare({ declarations: from.declarations.filter((each) => !isIn(carries, each)) });
  const post = {
    ...{ post: id, target: target.name, platform: target.title, channels: channel.identifiers },
    at: planned,
    content: asHtml(text),
    files: files.map(({ path }) => path),
    thumbnail: channel.isCoverASetting && from.cover !== null ? from.cover.path : null,
    settings: channel.settings?.(from, sized?.title ?? '') ?? {},
    needs: channel.needs ?? null,
    /** A post with declarations to make by hand stays a draft. */
    draftOnly: isUndeclared,
    toDeclare,
  };
  return { handed: { package: from, files: [], remarks, toDeclare }, post };
}

function isIn(names: readonly Declaration[], name: string): boolean {
  return (names as readonly string[]).includes(name);
}

function filesOf({ video, photos, cover }: Package, { isCoverAFile }: Channel): readonly PackageFile[] {
  if (video === null) return photos;
  return isCoverAFile && cover !== null ? [video, cover] : [video];
}

/** Postiz takes texts for HTML: each line is a paragraph. One plain line is the same either way. */
function asHtml(text: string): string {
  const lines = passable(text).split(/\r\n?|\n/);
  if (lines.length === 1 && !/[&<>\u00a0]/.test(text)) return passable(text);
  const escaped = (line: string) =>
    line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\u00a0', '&nbsp;');
  return lines.map((line) => `<p>${escaped(line)}</p>`).join('');
}
