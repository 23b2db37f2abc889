import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { parse } from 'csv-parse/sync';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectConsistentFolder } from '../e2e/accounting.ts';
import { type Ran, runPort } from '../e2e/run-port.ts';
import { startServer } from '../servers/fault-server.ts';
import { makeSmallMedia } from './small-export.ts';
import { finalFiles } from './tree.ts';

let folder: string;
let media: Readonly<Record<string, Buffer>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'port-injection-'));
  media = await makeSmallMedia(join(folder, 'made'));
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

/** Each tries to leave its field for another world. */
const hostile = [
  '../../../../escaped',
  '/etc/escaped',
  'C:\\escaped\\..\\..',
  'nul\u0000byte',
  'two\nlines\r\nand more',
  '$(touch escaped) `touch escaped` ; touch escaped | touch escaped',
  '%n%s%d %03d',
  '-i',
  '--out=escaped',
  'file:escaped',
  'concat:a|b',
  '\u001b[2J\u001b]0;escaped\u0007red',
  '\u202egpj.exe\u202c \u2066turned\u2069',
  '<script>escaped()</script><img src=x onerror=escaped()>"\'>',
  '</script><!--',
  "=cmd|' /C calc'!A0",
  '+1+1',
  '@SUM(1)',
  '\t=1+1',
  'x'.repeat(300),
  '\u{1f469}\u200d\u{1f469}\u200d\u{1f467}'.repeat(60),
  'CON',
  'aux.txt',
  'LPT1 ',
  '...',
  '__proto__',
];

const account = (names: string) => ({ 'Profile Info': { ProfileMap: { userName: names } } });

/** Nothing that a terminal obeys, and nothing that turns text around. */
const obeyed = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

describe('hostile words in every field', () => {
  let ran: Ran;
  let place: string;
  const videos = 6;

  beforeAll(async () => {
    place = await mkdtemp(join(folder, 'words-'));
    await mkdir(join(place, 'cwd/media'), { recursive: true });
    const VideoList = hostile.map((word, index) => ({
      Date: `2025-06-01 10:00:${String(index).padStart(2, '0')}`,
      Link: index < videos ? 'N/A' : word,
      WhoCanView: index % 7 === 6 ? word : 'Everyone',
      Sound: word,
      Location: word,
      Likes: word,
      ContentDisclosure: word,
      AIGeneratedContent: word,
    }));
    const keyOf = (index: number) => `2025-06-01_10-00-${String(index).padStart(2, '0')}`;
    for (let index = 0; index < videos; index++) {
      await writeFile(join(place, `cwd/media/${keyOf(index)}.mp4`), media['/copy'] ?? '');
    }
    const document = { Profile: account(hostile.join(' ')), Post: { Posts: { VideoList } } };
    await writeFile(join(place, 'cwd/export.json'), JSON.stringify(document));
    // One post has one word for its title, the first ones have all of them, in turn.
    const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
    const rows = VideoList.map((_, index) => {
      const some = hostile.filter((_word, at) => index >= videos || at % videos === index);
      return [keyOf(index), some.join('\n\n'), some[0] ?? '', '#x'].map(cell).join(',');
    });
    await writeFile(join(place, 'cwd/words.csv'), `key,caption,title,hashtags\n${rows.join('\n')}\n`);
    const args = ['export.json', '--to', 'rednote,shorts', '--offline', '--media', 'media', '--captions', 'words.csv'];
    ran = await runPort([...args, '-v'], join(place, 'cwd'));
  });

  it('the run comes to its end, and manifest and files match', async () => {
    expect(ran.code, ran.stderr).toBe(1);
    const [name = ''] = await readdir(join(place, 'cwd/ported'));
    const manifest = await expectConsistentFolder(join(place, 'cwd/ported', name));
    expect(manifest.totals['rednote']?.['delivered']).toBe(videos);
    expect(Object.keys(manifest.totals)).toEqual(['rednote', 'shorts']);
  });

  it('nothing is written elsewhere, and every name can be one on any system', async () => {
    expect((await readdir(place)).sort()).toEqual(['cwd']);
    expect((await readdir(join(place, 'cwd'))).sort()).toEqual(['export.json', 'media', 'ported', 'words.csv']);
    const names = await readdir(join(place, 'cwd/ported'), { recursive: true });
    for (const name of names.flatMap((path) => path.split(sep))) {
      expect(name).not.toMatch(/[<>:"/\\|?*\p{Cc}\u202a-\u202e\u2066-\u2069]|[. ]$/u);
      expect(name).not.toMatch(/^(con|aux|nul|lpt\d)\s*(\.|$)/i);
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
    }
  });

  it('the terminal gets text, and nothing that it obeys', () => {
    expect(ran.stdout.replaceAll('\n', '')).not.toMatch(obeyed);
    expect(ran.stderr.replaceAll('\n', '')).not.toMatch(obeyed);
  });

  it('the contact sheet shows it, and runs nothing of it', async () => {
    const [name = ''] = await readdir(join(place, 'cwd/ported'));
    for (const target of ['rednote', 'shorts']) {
      const page = await readFile(join(place, 'cwd/ported', name, target, 'index.html'), 'utf8');
      expect(page).not.toMatch(/<img src=x|<script>escaped|<\/script><!--/);
      expect(page.match(/<script/g)).toHaveLength(page.match(/<\/script/g)?.length ?? 0);
    }
  });

  it('captions.csv and caption.txt: no formula, no NUL, nothing that a terminal obeys', async () => {
    const [name = ''] = await readdir(join(place, 'cwd/ported'));
    const text = await readFile(join(place, 'cwd/ported', name, 'captions.csv'), 'utf8');
    for (const cell of (parse(text, { bom: true }) as string[][]).flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    const files = (await readdir(join(place, 'cwd/ported', name), { recursive: true })) as string[];
    for (const file of files.filter((each) => each.endsWith('caption.txt'))) {
      const caption = await readFile(join(place, 'cwd/ported', name, file), 'utf8');
      expect(caption.replace(/[\n\t]/g, ''), file).not.toMatch(/[\u0000-\u001f\u007f]/);
    }
  });
});

describe('hostile names of accounts, each for itself', () => {
  it('each has a folder of its own below the output folder', async () => {
    const place = await mkdtemp(join(folder, 'accounts-'));
    const names = hostile.filter((name) => name.trim() !== '');
    for (const [index, name] of names.entries()) {
      const VideoList = [{ Date: '2025-06-01 10:00:00', Link: 'N/A', WhoCanView: 'Everyone', Title: '' }];
      const document = { Profile: account(name), Post: { Posts: { VideoList } } };
      await writeFile(join(place, `${index}.json`), JSON.stringify(document));
    }
    const exports = names.map((_, index) => `${index}.json`);
    const { code, stdout, stderr } = await runPort([...exports, '--to', 'rednote', '--offline'], place);
    expect(code, stderr).toBe(1);
    expect((stdout + stderr).replaceAll('\n', '')).not.toMatch(obeyed);
    expect((await readdir(place)).sort()).toEqual([...exports, 'ported'].sort());
    const folders = (await readdir(join(place, 'ported'))).filter((name) => name !== 'summary.csv');
    expect(folders).toHaveLength(names.length);
    for (const each of folders) await expectConsistentFolder(join(place, 'ported', each));
    const table = parse(await readFile(join(place, 'ported/summary.csv')), { bom: true }) as string[][];
    for (const cell of table.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
  });
});

describe('media that is none', () => {
  it('fetches nothing and reads nothing, by whatever name it comes', async () => {
    const place = await mkdtemp(join(folder, 'media-'));
    const canary = join(place, 'canary.txt');
    await writeFile(canary, 'CANARY-7f3a');
    const listener = await startServer({});
    const playlist = `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n${listener.url('/a.ts')}\n#EXTINF:1,\nfile://${canary}\n#EXT-X-ENDLIST\n`;
    const concat = `ffconcat version 1.0\nfile '${canary}'\nfile '${listener.url('/b.mp4')}'\n`;
    const dash = `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><Period><BaseURL>${listener.url('/')}</BaseURL></Period></MPD>`;
    const sdp = 'v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\n';
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="300" height="400"><image xlink:href="${listener.url('/c.png')}" width="300" height="400"/><image xlink:href="file://${canary}" width="9" height="9"/></svg>`;
    const doctype = `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file://${canary}">]><svg xmlns="http://www.w3.org/2000/svg" width="300" height="400"><text>&x;</text></svg>`;
    // What is behind a real header is looked at by the programs themselves.
    const behind = (text: string) =>
      Buffer.concat([(media['/copy'] ?? Buffer.alloc(0)).subarray(0, 40), Buffer.from(text)]);
    const odd: [string, string | Buffer][] = [
      ...[playlist, concat, dash, sdp, behind(playlist), behind(concat)].map((text): [string, string | Buffer] => [
        '.mp4',
        text,
      ]),
      ['.mov', playlist],
      [' %03d.mp4', playlist],
    ];
    await mkdir(join(place, 'media'));
    const VideoList: Record<string, string>[] = [];
    for (const [index, [name, content]] of odd.entries()) {
      VideoList.push({ Date: `2025-06-01 10:00:0${index}`, Link: 'N/A', WhoCanView: 'Everyone' });
      await writeFile(join(place, `media/2025-06-01_10-00-0${index}${name}`), content);
    }
    for (const [index, [extension, content]] of (
      [
        ['jpg', svg],
        ['png', doctype],
        ['webp', svg],
      ] as const
    ).entries()) {
      VideoList.push({ Date: `2025-06-02 10:00:0${index}`, Link: 'N/A', WhoCanView: 'Everyone', Title: 'Photos' });
      await mkdir(join(place, `media/2025-06-02_10-00-0${index}`));
      await writeFile(join(place, `media/2025-06-02_10-00-0${index}/01.${extension}`), content);
    }
    const document = { Profile: account('media'), Post: { Posts: { VideoList } } };
    await writeFile(join(place, 'export.json'), JSON.stringify(document));
    const { code, stdout, stderr } = await runPort(
      ['export.json', '--to', 'all', '--media', 'media', '--offline'],
      place,
    );
    expect(code, stderr).toBe(1);
    const manifest = await expectConsistentFolder(join(place, 'ported/media'));
    expect(manifest.posts.filter(({ status }) => status === 'delivered')).toEqual([]);
    expect(listener.connections()).toBe(0);
    expect(stdout + stderr).not.toContain('CANARY');
    const checked = await runPort(['check', 'media', '--to', 'all'], place);
    expect(checked.stdout + checked.stderr).not.toContain('CANARY');
    expect(listener.connections()).toBe(0);
  });
});

describe.skipIf(process.platform === 'win32')('symbolic links', () => {
  const key = '2025-06-01_10-00-00';

  async function exportAt(place: string): Promise<string[]> {
    const VideoList = [{ Date: '2025-06-01 10:00:00', Link: 'N/A', WhoCanView: 'Everyone' }];
    const document = { Profile: account('linked'), Post: { Posts: { VideoList } } };
    await writeFile(join(place, 'export.json'), JSON.stringify(document));
    return ['export.json', '--to', 'rednote,shorts', '--offline', '--media', 'media'];
  }

  it('in --media lead nowhere', async () => {
    const place = await mkdtemp(join(folder, 'link-'));
    await mkdir(join(place, 'media'));
    await mkdir(join(place, 'elsewhere'));
    await writeFile(join(place, `elsewhere/${key}.mp4`), media['/copy'] ?? '');
    await symlink(join(place, 'elsewhere', `${key}.mp4`), join(place, 'media', `${key}.mp4`));
    await symlink(join(place, 'elsewhere'), join(place, 'media/folder'));
    await copyFile(join(folder, 'made/hevc.mp4'), join(place, 'media/of nobody.mp4'));
    const { code } = await runPort(await exportAt(place), place);
    expect(code).toBe(1);
    const { totals } = await expectConsistentFolder(join(place, 'ported/linked'));
    expect(totals['rednote']).toMatchObject({ delivered: 0, failed: 1 });
  });

  it.each([
    '',
    'originals',
    'rednote',
    `rednote/${key}`,
    'shorts-upload',
    'shorts-upload/01',
    '.port',
    '.port/cache.jsonl',
  ])('in the output folder (%s) lead nowhere: one sentence, and nothing is touched', async (inside) => {
    const place = await mkdtemp(join(folder, 'link-'));
    const elsewhere = join(place, 'elsewhere');
    await mkdir(join(place, 'media'));
    await mkdir(elsewhere);
    await copyFile(join(folder, 'made/copy.mp4'), join(place, `media/${key}.mp4`));
    await writeFile(join(elsewhere, 'notes.txt'), 'mine');
    const at = join(place, 'ported/linked', inside);
    await mkdir(join(at, '..'), { recursive: true });
    await symlink(inside.endsWith('l') ? join(elsewhere, 'notes.txt') : elsewhere, at);
    const { code, stderr } = await runPort(await exportAt(place), place);
    expect(await readdir(elsewhere)).toEqual(['notes.txt']);
    expect(await readFile(join(elsewhere, 'notes.txt'), 'utf8')).toBe('mine');
    expect(stderr).toMatch(/^port: .* is a symbolic link/);
    expect(code).toBe(2);
  });

  it('the output folder itself may be one, and files that are links are replaced, not followed', async () => {
    const place = await mkdtemp(join(folder, 'link-'));
    await mkdir(join(place, 'media'));
    await mkdir(join(place, 'disk'));
    await copyFile(join(folder, 'made/copy.mp4'), join(place, `media/${key}.mp4`));
    await symlink(join(place, 'disk'), join(place, 'ported'));
    const args = await exportAt(place);
    expect((await runPort(args, place)).code).toBe(0);
    const post = join(place, 'disk/linked/rednote', key);
    await writeFile(join(place, 'outside.txt'), 'mine');
    for (const name of ['caption.txt', 'post.json', 'video.mp4']) {
      await rm(join(post, name));
      await symlink(join(place, 'outside.txt'), join(post, name));
    }
    expect((await runPort(args, place)).code).toBe(0);
    expect(await readFile(join(place, 'outside.txt'), 'utf8')).toBe('mine');
    expect((await stat(join(post, 'video.mp4'))).size).toBeGreaterThan(1000);
    await expectConsistentFolder(join(place, 'disk/linked'));
  });

  it('in the place of a part is not followed, though only words changed: the post fails with what to do', async () => {
    const place = await mkdtemp(join(folder, 'link-'));
    await mkdir(join(place, 'media', key), { recursive: true });
    const photo = await sharp({ create: { width: 120, height: 160, channels: 3, background: 'teal' } })
      .jpeg()
      .toBuffer();
    // Lemon8 takes ten at a time.
    for (let number = 1; number <= 11; number++)
      await writeFile(join(place, 'media', key, `${String(number).padStart(2, '0')}.jpg`), photo);
    const VideoList = [{ Date: '2025-06-01 10:00:00', Link: 'N/A', Title: 'Photos', WhoCanView: 'Everyone' }];
    await writeFile(
      join(place, 'export.json'),
      JSON.stringify({ Profile: account('linked'), Post: { Posts: { VideoList } } }),
    );
    const args = ['export.json', '--to', 'lemon8', '--offline', '--media', 'media'];
    expect((await runPort(args, place)).code).toBe(0);
    const part = join(place, 'ported/linked/lemon8', key, 'part-2');
    const elsewhere = join(place, 'elsewhere');
    await rename(part, elsewhere);
    await symlink(elsewhere, part);
    const before = await finalFiles(elsewhere);
    expect([...before.keys()]).toContain('caption.txt');
    const { code, stderr } = await runPort([...args, '--tags', 'again'], place);
    expect(code).toBe(1);
    expect(stderr.replace(/\s+/g, ' ')).toMatch(
      /part-2 lies outside .* or a symbolic link stands on the way: .* Take the link away/,
    );
    expect(await finalFiles(elsewhere)).toEqual(before);
    await rm(part);
    expect((await runPort([...args, '--tags', 'again'], place)).code).toBe(0);
    expect(await readFile(join(part, 'caption.txt'), 'utf8')).toContain('#again');
    await expectConsistentFolder(join(place, 'ported/linked'));
  });
});
