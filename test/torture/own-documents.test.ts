import { cp, lstat, mkdir, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runPort, workFolder } from '../e2e/run-port.ts';
import { cases } from './how-long.ts';
import { mutator } from './mutate.ts';
import { planted, plantedOf } from './planted.ts';
import { makeSmallMedia } from './small-export.ts';

/**
 * The documents of our own folder, as somebody may have planted them: whatever stands in them, nothing outside of the folder
 * is made, changed, linked or removed, and no stack trace appears.
 */
const work = await workFolder();
afterAll(work.remove);
const key = '2025-06-01_10-00-00';
const first = join(work.path, 'first');

/** A run of one video and two photos; `outside` lies beside the account's folder, in which nothing may happen. */
beforeAll(async () => {
  const made = await makeSmallMedia(join(work.path, 'made'));
  const media = join(first, 'media');
  await mkdir(join(media, '2025-06-03_10-00-00'), { recursive: true });
  await writeFile(join(media, `${key}.mp4`), made['wide'] ?? '');
  await writeFile(join(media, '2025-06-03_10-00-00/01.jpg'), made['/one'] ?? '');
  const VideoList = [1, 3].map((day) => ({
    ...{ Date: `2025-06-0${day} 10:00:00`, Link: 'N/A', WhoCanView: 'Everyone' },
    ...(day === 3 && { Title: 'A photo' }),
  }));
  const Profile = { 'Profile Info': { ProfileMap: { userName: 'small' } } };
  await writeFile(join(first, 'export.json'), JSON.stringify({ Profile, Post: { Posts: { VideoList } } }));
  await mkdir(join(first, 'outside/rednote'), { recursive: true });
  for (const name of ['secret.mp4', 'post.json', 'caption.txt', 'rednote/video.mp4'])
    await writeFile(join(first, 'outside', name), `mine: ${name}`);
  const { code, stderr } = await runPort(args, first);
  expect(code, stderr).toBe(0);
});

const args = ['export.json', '--media', 'media', '--to', 'rednote,shorts', '--offline'];

/** What lies in a folder: names, kinds, contents, sizes. A second name of a file counts as a change of it. */
async function picture(folder: string): Promise<Record<string, string>> {
  const seen: Record<string, string> = {};
  for (const name of (await readdir(folder, { recursive: true })).sort()) {
    const path = join(folder, name);
    // A manifest that names another account makes port begin a folder of its own beside it.
    if (/^ported[\\/]small(?:-\d+)?(?:[\\/]|$)/.test(name)) continue;
    const found = await lstat(path);
    const what = found.isSymbolicLink() ? await readlink(path) : found.isFile() ? await readFile(path, 'latin1') : '';
    seen[name] = `${found.mode} ${found.isFile() ? found.nlink : ''} ${what}`;
  }
  return seen;
}

const table = (text: string, values: readonly unknown[], next: (below: number) => number) =>
  text.replace(/[^,\r\n]+/g, (cell) =>
    next(8) === 0 ? `"${String(values[next(values.length)]).replaceAll('"', '""')}"` : cell,
  );

/** What a cache says of each file, as lines of a journal. */
async function journalOf(cache: string): Promise<string> {
  const { files }: { files: Record<string, string> } = JSON.parse(await readFile(cache, 'utf8'));
  const lines = Object.entries(files).map(([name, facts]) => JSON.stringify({ name, ...JSON.parse(facts) }));
  expect(lines.length).toBeGreaterThan(0);
  return `${lines.join('\n')}\n`;
}

/** All documents of the account, with `/`. */
const documentsIn = async (account: string) =>
  (await readdir(account, { recursive: true })).filter((name) => /\.(?:json|jsonl|csv)$/.test(name)).sort();

describe('planted documents of our own folder', () => {
  it('whatever stands in them, nothing outside is touched, and no stack trace appears', async () => {
    for (let round = 0; round < cases(4, 300); round++) {
      const { next, bytes } = mutator(7000 + round * 31);
      const place = join(work.path, `round ${round}`);
      await cp(first, place, { recursive: true, preserveTimestamps: true });
      const account = join(place, 'ported/small');
      const values = plantedOf(place);
      // Journals of this program and of another worker, as a kill and a queue leave them: a finished run leaves none.
      const lines = await journalOf(join(account, '.port/cache.json'));
      for (const name of ['cache.jsonl', 'cache.other-1.jsonl']) await writeFile(join(account, '.port', name), lines);
      const changed: string[] = [];
      for (const name of await documentsIn(account)) {
        if (next(3) === 0) continue;
        const path = join(account, name);
        const text = await readFile(path, 'utf8');
        const lines = name.endsWith('.jsonl') ? text.split('\n').filter(Boolean) : [text];
        const json = () => lines.map((line) => JSON.stringify(planted(JSON.parse(line), values, next))).join('\n');
        const result =
          next(6) === 0 ? bytes(Buffer.from(text)) : name.endsWith('.csv') ? table(text, values, next) : json();
        await rm(path);
        await writeFile(path, result);
        changed.push(name);
      }
      if (process.platform !== 'win32' && next(3) === 0) {
        const names = [
          'originals',
          'rednote',
          `rednote/${key}`,
          '.port/incoming',
          'shorts-upload',
          `rednote/${key}/video.mp4`,
          'captions.csv',
        ];
        const name = names[next(names.length)] ?? '';
        await rm(join(account, name), { recursive: true, force: true });
        await mkdir(dirname(join(account, name)), { recursive: true });
        await symlink(join(place, /\.\w+$/.test(name) ? 'outside/secret.mp4' : 'outside'), join(account, name));
        changed.push(`${name} is a link`);
      }
      const before = await picture(place);
      const more = [[], ['--verify'], ['--only', key], ['--dry-run']][next(4)] ?? [];
      const { code, stdout, stderr } = await runPort([...args, ...more], place);
      const when = `round ${round}, ${changed.join(', ')}: ${stderr}`;
      expect(stdout + stderr, when).not.toMatch(/\n {4}at |node:internal|TypeError/);
      expect([0, 1, 2], when).toContain(code);
      expect(await picture(place), when).toEqual(before);
      await rm(place, { recursive: true });
    }
  });
});
