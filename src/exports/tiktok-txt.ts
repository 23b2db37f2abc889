import { ExportError, quoted } from '../errors.ts';
import type { Export, Issue } from '../model.ts';
import { baseName, filesEnding } from './candidates.ts';
import { collectPosts, type Section } from './collect.ts';
import type { ExportFile, ExportFormat } from './format.ts';
import { HOW_TO_ASK } from './how-to-ask.ts';
import { parseLink } from './link.ts';
import { oneExport } from './one-export.ts';
import { type Fields, isBlank, plainName } from './row.ts';
import { readTextFile } from './text-file.ts';
import { readBlocks, readLine } from './txt-blocks.ts';

const MAX_PROFILE_BYTES = 1024 * 1024;
/** Looking into files whose names say nothing stops after so many. */
const MAX_SEARCHED = 100;

/** Posts files: `Videos.txt` (2020), `Posts.txt` (2023, 2025), `Post.txt` (2024), Dutch `Berichten.txt`; copies too. */
const POSTS_NAME = /^(?:videos?|posts?|berichten|pubblicazioni)(?:copy|copia|kopie)?\d{0,2}$/;
const DELETED_NAME = /^recentlydeletedposts\d{0,2}$/;
const PROFILE_NAME = /^(?:prof|perfil)/;
/** Files that are known to hold other things (messages, watch history): never looked into. */
const OTHER_NAME =
  /message|directe?berichten|chat|comment|history|geschiedenis|cronologia|like|vindik|favou?rite|follow|block|search|login|purchase|share|hashtag|effect|sound|status|settings|live|shop|transaction/;
const TIKTOK_NAME =
  /^(?:watchhistory|videobrowsinghistory|likelist|loginhistory|profileinfo|directmessages?|directeberichten|searchhistory|following|follower)/;

/** TXT exports of 2020 on: what the app hands out unless JSON is chosen. */
export const tiktokTxt: ExportFormat = {
  name: 'tiktok-txt',
  async read(files) {
    const texts = filesEnding(files, '.txt');
    let posts = await readFiles(texts.filter((file) => POSTS_NAME.test(plainBase(file))));
    if (posts.length === 0)
      posts = (await readFiles(texts.filter(mayBeAnything).slice(0, MAX_SEARCHED))).filter(holdsOwnPosts);
    if (posts.length === 0) {
      const others = texts.filter((file) => TIKTOK_NAME.test(plainBase(file)));
      if (others.length === 0) return null;
      const names = others.slice(0, 8).map((file) => quoted(baseName(file)));
      throw new ExportError(
        `No posts in this export: it holds only ${names.join(', ')}${others.length > 8 ? ' and more' : ''}. ${HOW_TO_ASK}`,
      );
    }
    const exports = new Map<string, TextFile[]>();
    for (const file of posts) exports.set(rootOf(file), [...(exports.get(rootOf(file)) ?? []), file]);
    const found: Export[] = [];
    for (const [root, group] of exports) found.push(await readOne(root, group, texts));
    return oneExport(found, null, []);
  },
};

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
  // What goes with the posts is worth having, and no reason to lose them.
  for (const file of inside) {
    try {
      if (DELETED_NAME.test(plainBase(file)) && !read.has(file.name)) deleted.push(await readFile(file));
      else if (PROFILE_NAME.test(plainBase(file)) && file.bytes < MAX_PROFILE_BYTES) account ??= await accountOf(file);
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
    setAside: [...collected.setAside, ...setAside],
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

/** Own posts have signed addresses of media; lists of other people's videos name their pages. */
function holdsOwnPosts({ rows }: TextFile): boolean {
  return rows.length > 0 && (mostly(rows, 'media') || mostly(rows, 'login'));
}

function mostly(rows: readonly Fields[], kind: 'media' | 'login'): boolean {
  const linked = rows.filter((row) => Array.isArray(row.link) && row.link.length > 0);
  const ofKind = linked.filter((row) => Array.isArray(row.link) && parseLink(String(row.link[0]))?.kind === kind);
  return linked.length > 0 && ofKind.length * 2 > linked.length;
}

/** `Username: maya` begins the profile, in the account's language: the first line of a file that is named for it. */
async function accountOf(file: ExportFile): Promise<string | null> {
  const text = await readTextFile(file);
  const first = text.split(/\r\n|\n|\r/).find((line) => line.trim() !== '');
  const value = readLine(first ?? '')?.value;
  if (value === undefined || isBlank(value) || !/^@?[\p{L}\p{N}._-]{1,64}$/u.test(value)) return null;
  return value.replace(/^@/, '');
}

/** The folder of the whole export: posts lie one level below it (`TikTok/Posts/Posts.txt`). */
function rootOf({ name }: { readonly name: string }): string {
  const parts = name.split('/');
  return parts
    .slice(0, -2)
    .map((part) => `${part}/`)
    .join('');
}

function plainBase(file: Pick<ExportFile, 'name'>): string {
  return plainName(baseName(file).replace(/\.txt$/i, ''));
}
