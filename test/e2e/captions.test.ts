import { cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { expectConsistentFolder } from './accounting.ts';
import { fixture, runPort, workFolder } from './run-port.ts';

const keys = ['2025-03-02_09-15-04', '2025-02-14_19-33-07'];
const [first = '', second = ''] = keys;

/** The demonstration without its captions: two posts that are quickly made. */
async function wordless(path: string) {
  await mkdir(join(path, 'export'));
  await cp(fixture('export/user_data_tiktok.json'), join(path, 'export', 'user_data_tiktok.json'));
  await cp(fixture('export/media'), join(path, 'media'), { recursive: true });
  return [join(path, 'export'), '--media', join(path, 'media'), '--to', 'shorts', '--only', keys.join(',')];
}

// The stand-in for yt-dlp is a script.
it.skipIf(process.platform === 'win32')(
  'the gap is shown, filled in with a spreadsheet, and only words are written anew',
  async () => {
    const { path, remove } = await workFolder();
    try {
      const args = await wordless(path);
      const maya = join(path, 'ported/maya');
      const sheet = join(maya, 'captions.csv');

      const blocked = await runPort(args, path);
      expect(blocked.code).toBe(0);
      expect(blocked.stdout).toContain('2 posts have no caption: fill in ported/maya/captions.csv and run again.');
      expect(blocked.stdout).toContain(`  ${first}  ${second}`);
      expect(blocked.stdout).toContain('could not be fetched (ERROR: no network in tests)');
      expect(blocked.stdout.match(/no caption/g)).toHaveLength(1);
      await expectConsistentFolder(maya);
      const video = join(maya, 'shorts', first, 'video.mp4');
      const made = await stat(video);

      // As Excel in a country of decimal commas saves it.
      const told = (await readFile(sheet, 'utf8')).replace('\ufeff', '');
      const rows = told.split('\r\n').map((line) => line.split(','));
      const filled = rows.map((cells) => {
        if (cells[0] === first) cells[7] = '"=2 boats; one 🌊\n@tomas\n#harbour"';
        if (cells[0] === second) cells[8] = 'Night ferry';
        return cells.join(';');
      });
      await writeFile(sheet, `\ufeff${filled.join('\r\n')}`);
      const again = await runPort([...args, '--json'], path);
      const events = again.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      const ended = events.filter(({ type }) => type === 'post');
      expect(ended.every(({ unchanged }) => unchanged)).toBe(true);
      expect(
        ended
          .filter(({ newWords }) => newWords)
          .map(({ key }) => key)
          .sort(),
      ).toEqual([second, first]);
      expect(events.filter(({ type, stage }) => type === 'progress' && stage === 'make')).toEqual([]);
      const { posts } = await expectConsistentFolder(maya);
      const caption = (key: string) => posts.find((row) => row.key === key)?.caption;
      expect(caption(first)).toMatchObject({ source: 'csv', matchedBy: 'key', seconds: null, hashtags: ['harbour'] });
      expect(await readFile(join(maya, 'shorts', first, 'caption.txt'), 'utf8')).toContain('=2 boats; one 🌊');
      expect(caption(second)).toMatchObject({ source: 'csv', title: 'Night ferry' });
      const now = await stat(video);
      expect([now.ino, now.mtimeMs, now.size]).toEqual([made.ino, made.mtimeMs, made.size]);
      expect(await readFile(sheet, 'utf8')).toContain(`"'=2 boats; one 🌊\n@tomas\n#harbour"`);

      // Without our memory, and with sidecars that say something else: the cells of a person stay.
      await rm(join(maya, '.port'), { recursive: true });
      const before = await readFile(sheet, 'utf8');
      const third = await runPort([...args, '--captions', fixture('export/sidecars'), '--offline'], path);
      expect(third.stdout).not.toContain('no caption');
      const after = await readFile(sheet, 'utf8');
      expect(after).toContain(`"'=2 boats; one 🌊\n@tomas\n#harbour"`);
      expect(after).not.toBe(before);
      expect(after).toContain('Night ferry ❤️ the best date');
    } finally {
      await remove();
    }
  },
);

it.skipIf(process.platform === 'win32')(
  'a profile of captions through yt-dlp, which prints warnings and half a line',
  async () => {
    const { path, remove } = await workFolder();
    try {
      const args = await wordless(path);
      const program = join(path, 'yt-dlp');
      const entry = JSON.stringify({
        id: '7477138196585775120',
        timestamp: 1_740_906_911,
        description: 'From the profile #x',
      });
      const script = `console.error('WARNING: slow'); console.log(${JSON.stringify(entry)}); console.log('{"id": "74'); process.exit(1);`;
      await writeFile(program, `#!${process.execPath}\n${script}\n`, { mode: 0o755 });
      // Something that cannot be written over, like a file that a spreadsheet has locked.
      await mkdir(join(path, 'ported/maya/captions.csv'), { recursive: true });
      const { code, stdout, stderr } = await runPort(args, path, { PORT_YTDLP: program });
      expect(code).toBe(0);
      expect(stderr).toContain('captions.csv could not be written');
      expect(stdout).toContain('1 post has no caption: fill in ported/maya/captions.csv and run again.');
      const { posts } = await expectConsistentFolder(join(path, 'ported/maya'));
      expect(posts.find(({ key }) => key === first)?.caption).toMatchObject({
        title: 'From the profile',
        source: 'listing',
        matchedBy: 'time',
        seconds: 7,
      });
    } finally {
      await remove();
    }
  },
);

it('a captions.csv that cannot be read takes no words away, and is not written over', async () => {
  const { path, remove } = await workFolder();
  try {
    const args = [...(await wordless(path)), '--offline'];
    const maya = join(path, 'ported/maya');
    const sheet = join(maya, 'captions.csv');
    const words = async () =>
      await Promise.all(keys.map(async (key) => readFile(join(maya, 'shorts', key, 'caption.txt'), 'utf8')));
    await runPort(args, path);
    const rows = (await readFile(sheet, 'utf8')).split('\r\n').map((line) => line.split(','));
    for (const cells of rows) {
      if (cells[0] === first) cells[7] = 'Mine #harbour';
      if (cells[0] === second) cells[7] = '00123';
    }
    await writeFile(sheet, rows.map((cells) => cells.join(',')).join('\r\n'));
    await runPort(args, path);
    const before = await words();
    expect(before.join()).toMatch(/Mine.*00123/s);

    const broken = `key,caption\n${first},"Mine`;
    await writeFile(sheet, broken);
    const expectKept = async () => {
      // A platform that is new gets the same words.
      const ran = await runPort([...args, '--to', 'shorts,lemon8'], path);
      expect(ran.code).toBe(0);
      expect(ran.stderr).toMatch(/captions.csv could not be read .* posts keep the words they had/);
      expect(ran.stdout).not.toContain('no caption');
      expect(await words()).toEqual(before);
      expect(await readFile(sheet, 'utf8')).toBe(broken);
      await expectConsistentFolder(maya);
    };
    await expectKept();
    expect(await readFile(join(maya, 'lemon8', first, 'caption.txt'), 'utf8')).toContain('Mine');

    // Without our memory too: then what was delivered is all that is known.
    await cp(join(maya, '.port'), join(path, 'memory'), { recursive: true });
    await rm(join(maya, '.port'), { recursive: true });
    await expectKept();

    await rm(join(maya, '.port'), { recursive: true });
    await cp(join(path, 'memory'), join(maya, '.port'), { recursive: true });
    await rm(sheet);
    await runPort(args, path);
    expect(await words()).toEqual(before);
    expect(await readFile(sheet, 'utf8')).toMatch(/,Mine #harbour,.*,00123,/s);
  } finally {
    await remove();
  }
});
