import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeTinyModel } from '../language/tiny-model.ts';
import { makeMedia, picture, recipes, tone } from '../media.ts';
import { startOpenAi } from '../servers/translators.ts';
import { expectConsistentFolder, type Row, readManifest } from './accounting.ts';
import { cutOff, type Ran, runPort, workFolder } from './run-port.ts';

const script = resolve(import.meta.dirname, '../stand-ins/translator.mjs');
const engine = (how: string) => ['--translator', `command:"${process.execPath}" "${script}" ${how}`];

const keys = {
  plain: '2025-06-01_10-00-00',
  paid: '2025-06-02_10-00-00',
  held: '2025-06-03_10-00-00',
  nowhere: '2025-06-04_10-00-00',
  missing: '2025-06-05_10-00-00',
  wordless: '2025-06-06_10-00-00',
} as const;

const captions: Readonly<Record<string, string>> = {
  [keys.plain]:
    'The quiet street by the sea, 10 km from home\n\nGo early in the morning with @tomas, write to maya@example.com #travel',
  [keys.paid]: 'My new mop is a dream. #ad',
  [keys.held]: 'This one is only for my friends and nobody else',
  [keys.nowhere]: 'This one shall go nowhere at all for now',
  [keys.missing]: 'The video of this one is lost since the summer',
};

let made: Promise<string> | undefined;
/** A video of half a second that every platform of these tests takes as it is. */
async function video(): Promise<string> {
  const tail = recipes.compliant.slice(picture().length + tone().length);
  made ??= fresh().then(async (path) =>
    makeMedia(path, 'video.mp4', [...picture('1080x1920', 3), ...tone(3), ...tail]),
  );
  return await made;
}

async function prepare(path: string): Promise<void> {
  const rows = Object.values(keys).map((key) => ({
    Date: `${key.slice(0, 10)} 10:00:00`,
    Link: 'N/A',
    WhoCanView: key === keys.held ? 'Private' : 'Everyone',
  }));
  await writeFile(
    join(path, 'export.json'),
    JSON.stringify({
      Profile: { 'Profile Info': { ProfileMap: { userName: 'maya_cooks' } } },
      Post: { Posts: { VideoList: rows } },
    }),
  );
  await mkdir(join(path, 'media'));
  for (const key of Object.values(keys))
    if (key !== keys.missing) await copyFile(await video(), join(path, 'media', `${key}.mp4`));
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const table = Object.entries(captions).map(([key, text]) => `${key},${quoted(text)}`);
  await writeFile(join(path, 'words.csv'), ['key,caption', ...table].join('\n'));
}

const reading = ['export.json', '--media', 'media', '--captions', 'words.csv', '--no-listing'];
const run = [...reading, '--to', 'rednote,reels'];
const maya = (path: string) => join(path, 'ported/maya_cooks');
const sheetOf = async (path: string) => readFile(join(maya(path), 'captions.csv'), 'utf8');

let removals: (() => Promise<void>)[] = [];
const fresh = async () => {
  const { path, remove } = await workFolder();
  removals.push(remove);
  return path;
};
afterAll(async () => {
  for (const remove of removals) await remove();
  removals = [];
});

/** A folder with the export. */
async function prepared(): Promise<string> {
  const path = await fresh();
  await prepare(path);
  return path;
}

async function withChoice(path: string): Promise<void> {
  const sheet = await sheetOf(path);
  const edited = sheet
    .split('\r\n')
    .map((line) => (line.startsWith(keys.nowhere) ? `${line.slice(0, -',,,'.length)},,none,` : line))
    .join('\r\n');
  await writeFile(join(maya(path), 'captions.csv'), edited);
}

async function translated(
  path: string,
  how = 'good',
  more: readonly string[] = [],
): Promise<Ran & { readonly asked: string }> {
  const log = join(path, 'asked.log');
  await rm(log, { force: true });
  const ran = await runPort([...run, '--translate', 'platform', ...engine(how), ...more], path, {
    PORT_TRANSLATOR_LOG: log,
  });
  return { ...ran, asked: await readFile(log, 'utf8').catch(() => '') };
}

const rowOf = async (path: string, key: string, target: string): Promise<Row | undefined> =>
  (await readManifest(maya(path))).posts.find((row) => row.key === key && row.target === target);
const captionIn = async (path: string, key: string, target: string) =>
  readFile(join(maya(path), target, key, 'caption.txt'), 'utf8');
const documents = async (path: string) =>
  Promise.all(
    ['captions.csv', 'captions.json', 'manifest.json', 'translations.jsonl'].map(async (name) =>
      readFile(join(maya(path), name), 'utf8').catch(() => null),
    ),
  );

describe.skipIf(process.platform === 'win32')('port --translate', () => {
  let path = '';
  let first: Awaited<ReturnType<typeof translated>>;
  beforeAll(async () => {
    path = await prepared();
    await runPort(run, path);
    await withChoice(path);
    first = await translated(path);
  }, 120_000);

  it('delivers the words in the language of the platform, and the original on others', async () => {
    expect(await captionIn(path, keys.plain, 'rednote')).toMatch(
      /^里斯本 安静[\s\S]*The quiet street by the sea, 10 km/,
    );
    expect(await captionIn(path, keys.plain, 'reels')).not.toContain('里斯本');
    expect((await rowOf(path, keys.plain, 'rednote'))?.caption).toMatchObject({ language: 'zh', source: 'csv' });
    await expectConsistentFolder(maya(path));
  });

  it('has the disclosure in Chinese legal words', async () => {
    expect(await captionIn(path, keys.paid, 'rednote')).toContain('[广告]');
  });

  it('sends the words of posts that are delivered, and nothing else', () => {
    expect(first.asked.trim().split('\n')).toHaveLength(1);
    expect(first.asked).toContain('quiet street');
    for (const word of ['friends', 'nowhere', 'lost', 'tomas', 'example.com', 'maya', '10 km', 'travel', keys.plain])
      expect(first.asked).not.toContain(word);
  });

  it('writes columns at the end of captions.csv, for the posts that it translated', async () => {
    const [header = '', ...rows] = (await sheetOf(path)).split('\r\n');
    expect(header.endsWith('fit,title_zh,caption_zh')).toBe(true);
    expect(rows.find((row) => row.startsWith(keys.held))).toMatch(/,,$/);
  });

  it('a second run with the same options asks for nothing and changes nothing', async () => {
    const before = await documents(path);
    const again = await translated(path);
    expect(again.asked).toBe('');
    expect(await documents(path)).toEqual(before);
  });

  it('later runs without it deliver what the column says, without the caches too', async () => {
    const before = await documents(path);
    await rm(join(maya(path), '.port'), { recursive: true });
    await runPort(run, path);
    expect(await documents(path)).toEqual(before);
    expect(await captionIn(path, keys.plain, 'rednote')).toContain('里斯本');
  });

  it('a correction of a person is delivered and never replaced; what changed underneath is pointed out', async () => {
    const sheet = await sheetOf(path);
    const corrected = sheet.replace(/里斯本 安静 街道 早晨 海边 最好, [^"]*/, '海边的安静街道，离家10公里');
    await writeFile(join(maya(path), 'captions.csv'), corrected);
    await runPort(run, path);
    expect(await captionIn(path, keys.plain, 'rednote')).toContain('海边的安静街道');
    await writeFile(
      join(path, 'words.csv'),
      (await readFile(join(path, 'words.csv'), 'utf8')).replace('10 km', '12 km'),
    );
    const again = await translated(path);
    expect(again.asked).toBe('');
    expect(await captionIn(path, keys.plain, 'rednote')).toContain('海边的安静街道');
    expect((await rowOf(path, keys.plain, 'rednote'))?.issues.map(({ code }) => code)).toContain('translation-stale');
    expect((await rowOf(path, keys.plain, 'reels'))?.issues.map(({ code }) => code)).not.toContain('translation-stale');
  });

  it('words that changed are translated again where no person wrote', async () => {
    await writeFile(
      join(path, 'words.csv'),
      (await readFile(join(path, 'words.csv'), 'utf8')).replace('a dream', 'a real dream'),
    );
    const { asked } = await translated(path);
    expect(asked).toContain('real dream');
    expect(asked).not.toContain('quiet street');
  });
});

describe.skipIf(process.platform === 'win32')('an answer that is refused', () => {
  it.each([
    'lost',
    'injected',
    'long',
    'empty',
    'broken',
    'others',
    'same',
    'html',
    'turned',
    'obeys',
    'english',
    'advert',
  ])('%s: the original goes out with a warning, and it is not asked for again', async (how) => {
    const path = await prepared();
    const { asked } = await translated(path, how);
    expect(asked).toContain('quiet street');
    expect(await captionIn(path, keys.plain, 'rednote')).toMatch(/^The quiet street/);
    const codes = (await rowOf(path, keys.plain, 'rednote'))?.issues.map(({ code }) => code);
    expect(codes).toContain('translation-refused');
    const before = await documents(path);
    const again = await translated(path, how);
    expect(again.asked).toBe('');
    expect(await documents(path)).toEqual(before);
  });

  it('an engine that fails: the original goes out, and the next run asks again', async () => {
    const path = await prepared();
    await translated(path, 'fail');
    expect((await rowOf(path, keys.plain, 'rednote'))?.issues.map(({ code }) => code)).toContain('translation-failed');
    const { asked } = await translated(path, 'good');
    expect(asked).toContain('quiet street');
    expect(await captionIn(path, keys.plain, 'rednote')).toContain('里斯本');
  });
});

describe('Bergamot', () => {
  const withModels = async (path: string, folder: string) =>
    runPort([...run, '--translate', 'es', '--translator', `bergamot:${folder}`, '--offline'], path);

  it('answers offline; what it says is judged like all answers', async () => {
    const path = await prepared();
    // It repeats one word for ever.
    await writeTinyModel(join(path, 'models'));
    expect((await withModels(path, 'models')).code).toBe(1);
    const issues = (await rowOf(path, keys.plain, 'rednote'))?.issues ?? [];
    expect(issues.find(({ code }) => code === 'translation-refused')?.message).toContain('too long');
    expect(await captionIn(path, keys.plain, 'rednote')).toMatch(/^The quiet street/);
  });

  it('without a model: a sentence, and the original goes out', async () => {
    const path = await prepared();
    await withModels(path, 'models');
    const issues = (await rowOf(path, keys.plain, 'rednote'))?.issues ?? [];
    expect(issues.find(({ code }) => code === 'translation-failed')?.message).toContain('there is no folder models');
    expect(await captionIn(path, keys.plain, 'rednote')).toMatch(/^The quiet street/);
  });
});

describe.skipIf(process.platform === 'win32')('cost', () => {
  it('what was answered before a kill is not asked for again', async () => {
    const path = await prepared();
    const memory = join(maya(path), 'translations.jsonl');
    const there = async () => (await readFile(memory, 'utf8').catch(() => '')).includes('\n');
    const slow = [...run, '--translate', 'platform', ...engine('slow')];
    await cutOff(slow, path, 'SIGKILL', there);
    const lines = (await readFile(memory, 'utf8')).trim().split('\n').length;
    const log = join(path, 'asked.log');
    await runPort([...run, '--translate', 'platform', ...engine('slow')], path, {
      PORT_TRANSLATOR_LOG: log,
      PORT_TRANSLATOR_FAST: '1',
    });
    const asked = (await readFile(log, 'utf8'))
      .trim()
      .split('\n')
      .flatMap((line) => JSON.parse(line) as unknown[]);
    expect(asked).toHaveLength(3 - lines);
  });

  it('a dry run says how much would be sent and where to, and sends nothing', async () => {
    const path = await prepared();
    const server = await startOpenAi();
    const options = ['--translate', 'zh', '--translator', `openai:${server.url('/v1')}#m`, '--dry-run'];
    const { stdout, stderr } = await runPort([...run, ...options], path);
    expect(stdout + stderr).toMatch(/\d+ characters of 3 posts would be sent to 127\.0\.0\.1:\d+ to be translated/);
    expect(server.asked).toEqual([]);
  });
});

describe('what is refused before anything is done', () => {
  const refused = async (more: readonly string[]) => {
    const path = await prepared();
    return await runPort([...run, ...more], path);
  };

  it.each([
    [['--translate', 'zh'], '--translate needs an engine'],
    [['--translate', 'klingonish', ...engine('good')], 'takes a language'],
    [['--translate', 'zh', '--translator', 'openai:http://translate.example/v1#m'], 'has to be https'],
    [['--translate', 'zh', '--translator', 'openai:https://translate.example/v1#m', '--offline'], '--offline'],
    [['--translate', 'zh', '--translator', 'deepl'], 'PORT_TRANSLATOR_KEY'],
  ])('%j', async (options, part) => {
    const { code, stderr } = await refused(options);
    expect(stderr).toContain(part);
    expect(code).toBe(2);
  });

  it('a config file that was found may not name an engine', async () => {
    const path = await prepared();
    await writeFile(join(path, 'port.config.json'), JSON.stringify({ translate: 'zh', translator: 'command:evil' }));
    const { code, stderr } = await runPort(run, path);
    expect(stderr).toContain('“translator” reaches out');
    expect(code).toBe(2);
  });
});
