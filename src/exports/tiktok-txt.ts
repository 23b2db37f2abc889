import { ExportError, NoPostsError, quoted } from '../errors.ts';
import type { ExportFile } from '../model/export-file.ts';
import type { Issue } from '../model/issue.ts';
import type { Export } from '../model/post.ts';
import { bareName, baseName, filesNamed, TXT_NAME } from './candidates.ts';
import { collectPosts, type Section } from './collect.ts';
import type { ExportFormat } from './format.ts';
import { HOW_TO_ASK } from './how-to-ask.ts';
import { parseLink } from './link.ts';
import { type Found, oneExport } from './one-export.ts';
import { accountIn } from './profile-text.ts';
import { type Fields, plainName } from './row.ts';
import { storiesLeft } from './stories.ts';
import { readTextFile } from './text-file.ts';
import { readBlocks } from './txt-blocks.ts';

const MAX_PROFILE_BYTES = 1024 * 1024;
/** Limits how many files with unusual names are opened. */
const MAX_SEARCHED = 100;

/**
 * Names of posts files: `Videos.txt` (2020), `Posts.txt` (2023, 2025), `Post.txt` (2024), Dutch `Berichten.txt`; also
 * copies.
 */
const POSTS_NAME = /^(?:videos?|posts?|berichten|pubblicazioni)(?:copy|copia|kopie)?\d{0,2}$/;
const DELETED_NAME = /^recentlydeletedposts\d{0,2}$/;
const PROFILE_NAME = /^(?:prof|perfil)/;
/** Names of files with other content (messages, watch history). They are never opened. */
const OTHER_NAME =
  /message|directe?berichten|chat|comment|history|geschiedenis|cronologia|like|vindik|favou?rite|follow|block|search|login|purchase|share|hashtag|effect|sound|status|settings|live|shop|transaction/;
const TIKTOK_NAME =
  /^(?:watchhistory|videobrowsinghistory|likelist|loginhistory|profileinfo|directmessages?|directeberichten|searchhistory|following|follower)/;

/** Names of story files, in the languages in which posts files are known (no file with stories has been seen yet). */
const STORY_NAME = /^(?:story|stories|verhaal|verhalen|storie|historias|histoires?)\d{0,2}$/;

/** TXT exports since 2020: the app's default format. */
export const tiktokTxt: ExportFormat = {
  name: 'tiktok-txt',
  async read(files, given) {
    const texts = filesNamed(files, TXT_NAME);
    let posts = await readFiles(texts.filter((file) => POSTS_NAME.test(plainBase(file))));
    if (posts.length === 0)
      posts = (await readFiles(texts.filter(mayBeAnything).slice(0, MAX_SEARCHED))).filter(holdsOwnPosts);
    if (posts.length === 0) {
      const others = texts.filter((file) => TIKTOK_NAME.test(plainBase(file)) || PROFILE_NAME.test(plainBase(file)));
      const account = await firstAccount(others);
      if (others.length === 0 || (account === null && !others.some((file) => TIKTOK_NAME.test(plainBase(file))))) {
        return null;
      }
      const names = others.slice(0, 8).map((file) => quoted(baseName(file)));
      throw new NoPostsError(
        `No posts in this export: it holds only ${names.join(', ')}${others.length > 8 ? ' and more' : ''}. ${HOW_TO_ASK}`,
        account,
      );
    }
    const exports = new Map<string, TextFile[]>();
    for (const file of posts) exports.set(rootOf(file), [...(exports.get(rootOf(file)) ?? []), file]);
    const found: Found[] = [];
    for (const [root, group] of exports) {
      found.push({
        name: root === '' ? bareName(group[0] ?? { name: '' }) : root,
        export: await readOne(root, group, texts),
      });
    }
    const outside = texts.filter((file) => ![...exports.keys()].some((root) => file.name.startsWith(root)));
    const profile = await firstAccount(outside);
    return oneExport(found, { profiles: profile === null ? [] : [profile], given }, []);
  },
};

/** The user name in the first profile that has one; unreadable profiles are ignored. */
async function firstAccount(files: readonly ExportFile[]): Promise<string | null> {
  for (const file of files) {
    if (!isProfile(file)) continue;
    try {
      const account = accountIn(await readTextFile(file));
      if (account !== null) return account;
    } catch (error) {
      if (!(error instanceof ExportError)) throw error;
    }
  }
  return null;
}

function isProfile(file: ExportFile): boolean {
  return PROFILE_NAME.test(plainBase(file)) && file.bytes < MAX_PROFILE_BYTES;
}

interface TextFile {
  readonly name: string;
  readonly rows: readonly Fields[];
}

async function readOne(root: string, posts: readonly TextFile[], texts: readonly ExportFile[]): Promise<Export> {
  const inside = texts.filter((file) => file.name.startsWith(root));
  const setAside: Issue[] = [];
  const read = new Set(posts.map(({ name }) => name));
  const deleted: TextFile[] = [];
  let account: string | null = null;
  let stories = 0;
  // Additional files are useful, but a fault in one must not lose the posts.
  for (const file of inside) {
    try {
      if (DELETED_NAME.test(plainBase(file)) && !read.has(file.name)) deleted.push(await readFile(file));
      else if (isProfile(file)) account ??= accountIn(await readTextFile(file));
      else if (STORY_NAME.test(plainBase(file)) && !read.has(file.name)) stories += (await readFile(file)).rows.length;
    } catch (error) {
      if (!(error instanceof ExportError)) throw error;
      setAside.push({ code: 'entry-skipped', severity: 'warning', actual: error.message, limit: null });
    }
  }
  const sections = [...posts, ...deleted].map((file): Section => {
    const isDeleted = DELETED_NAME.test(plainBase(file)) || mostly(file.rows, 'login');
    return { name: quoted(file.name), rows: file.rows, deleted: isDeleted };
  });
  const collected = collectPosts(sections);
  return {
    format: 'tiktok-txt',
    generation: null,
    account,
    ...collected,
    setAside: [...collected.setAside, ...setAside, ...(stories > 0 ? [storiesLeft(stories)] : [])],
  };
}

async function readFile(file: ExportFile): Promise<TextFile> {
  return { name: file.name, rows: readBlocks(await readTextFile(file)) };
}

async function readFiles(files: readonly ExportFile[]): Promise<readonly TextFile[]> {
  const read: TextFile[] = [];
  for (const file of files) read.push(await readFile(file));
  return read;
}

function mayBeAnything(file: ExportFile): boolean {
  const name = plainBase(file);
  return !OTHER_NAME.test(name) && !PROFILE_NAME.test(name) && !DELETED_NAME.test(name);
}

/** Own posts have signed media addresses; lists of other people's videos have page addresses. */
function holdsOwnPosts({ rows }: TextFile): boolean {
  return rows.length > 0 && (mostly(rows, 'media') || mostly(rows, 'login'));
}

function mostly(rows: readonly Fields[], kind: 'media' | 'login'): boolean {
  const linked = rows.filter((row) => Array.isArray(row.link) && row.link.length > 0);
  const ofKind = linked.filter((row) => Array.isArray(row.link) && parseLink(String(row.link[0]))?.kind === kind);
  return linked.length > 0 && ofKind.length * 2 > linked.length;
}

/** The root folder of the export: posts are one level below it (`TikTok/Posts/Posts.txt`). */
function rootOf({ name }: { readonly name: string }): string {
  const parts = name.split('/');
  return parts
    .slice(0, -2)
    .map((part) => `${part}/`)
    .join('');
}

function plainBase(file: Pick<ExportFile, 'name'>): string {
  return plainName(bareName(file));
}
