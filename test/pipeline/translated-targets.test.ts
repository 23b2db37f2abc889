import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { deliveredTargets, translatedTargets, translateForWorkers } from '../../src/pipeline/translated-targets.ts';
import { openTranslations } from '../../src/pipeline/translations.ts';
import { video as linkOf } from '../exports/files.ts';
import { temporaryFolder } from '../media.ts';
import { openAccountRun, writeExport } from './account-run.ts';
import { smallVideo } from './small-posts.ts';

const script = resolve(import.meta.dirname, '../stand-ins/translator.mjs');
const keys = {
  /** Of a second: RedNote takes it, Reels rejects it. */
  brief: '2025-06-01_10-00-00',
  private: '2025-06-02_10-00-00',
  gone: '2025-06-03_10-00-00',
  /** It can be fetched. */
  linked: '2025-06-04_10-00-00',
  /** Its link is of last year. */
  expired: '2025-06-05_10-00-00',
} as const;
type Name = keyof typeof keys;
const words = (name: Name) => `The ${name} street by the sea in the morning`;

let input = '';
beforeAll(async () => {
  input = await temporaryFolder();
  await mkdir(join(input, 'media'));
  for (const name of ['brief', 'private'] as const) await smallVideo(join(input, 'media'), `${keys[name]}.mp4`);
  const inAYear = Math.floor(Date.now() / 1000) + 365 * 86_400;
  const links: Partial<Record<Name, string>> = { linked: linkOf('one', inAYear), expired: linkOf('two') };
  const rows = (Object.keys(keys) as Name[]).map((name) => ({
    Date: keys[name].replace('_10-00-00', ' 10:00:00'),
    ...(name === 'private' && { WhoCanView: 'Only me' }),
    ...(links[name] && { Link: links[name] }),
  }));
  await writeExport(input, rows);
  const captions = (Object.keys(keys) as Name[]).map((name) => `${keys[name]},${words(name)}`);
  await writeFile(join(input, 'words.csv'), `key,caption\n${captions.join('\n')}\n`);
});
afterEach(() => vi.unstubAllEnvs());

/** @param cells of captions.csv before the run */
async function open(flags: Readonly<Record<string, unknown>> = {}, cells = '') {
  const out = await temporaryFolder();
  await mkdir(join(out, 'maya'));
  if (cells !== '') await writeFile(join(out, 'maya/captions.csv'), cells);
  const translator = `command:"${process.execPath}" "${script}" good`;
  const sources = { media: [join(input, 'media')], captions: [join(input, 'words.csv')] };
  const wanted = { to: 'rednote,reels', translate: 'es', translator, ...sources, ...flags };
  const opened = await openAccountRun({ export: join(input, 'posts.json'), out }, wanted);
  const translations = openTranslations(opened.run, opened.run.options);
  if (translations === null) throw new Error('no translations');
  return { ...opened, translations, out };
}

describe('the platforms for which a post is translated', () => {
  const header = 'key,caption,targets';
  it.each<[string, Name, object, string, readonly string[]]>([
    ['those that take it', 'brief', {}, '', ['rednote']],
    ['all that take it', 'brief', { to: 'rednote,lemon8' }, '', ['rednote', 'lemon8']],
    ['none where the original is nowhere', 'gone', {}, '', []],
    ['none where a person lets it go nowhere', 'brief', {}, `${header}\n${keys.brief},${words('brief')},none\n`, []],
    [
      'none under --strict, which fails it for a cell',
      'brief',
      { strict: true },
      `${header},fit\n${keys.brief},${words('brief')},,corp\n`,
      [],
    ],
    ['none where nothing is to be translated', 'brief', { translate: 'en' }, '', []],
  ])('%s', async (_name, name, flags, cells, expected) => {
    const { run, postOf, translations } = await open({ ...flags }, cells);
    const post = postOf(keys[name]);
    const fetched = await run.originals.get(post, run.signal);
    expect(await translatedTargets(post, fetched, translations, run)).toEqual(expected);
  });

  it('a post without anything to translate has platforms all the same', async () => {
    const { run, postOf } = await open({ translate: 'en' });
    const post = postOf(keys.brief);
    expect(await deliveredTargets(post, await run.originals.get(post, run.signal), run)).toEqual(['rednote']);
  });
});

describe('for workers', () => {
  const online = { offline: false, listing: false };
  const everything = Object.keys(keys) as Name[];
  it.each<[string, readonly Name[], object, readonly Name[]]>([
    ['the words of posts whose originals are here or can be fetched are sent', everything, online, ['brief', 'linked']],
    ['--offline: only those of posts whose originals are here', everything, {}, ['brief']],
    ['private posts too, where they are selected', ['private'], { include: ['private'] }, ['private']],
    ['those of posts for other machines alone', ['linked'], online, ['linked']],
    ['nothing is sent in the language of the words', everything, { translate: 'en' }, []],
  ])('%s', async (_name, names, flags, expected) => {
    const { run, postOf, translations, out } = await open({ ...flags });
    const log = join(out, 'asked.jsonl');
    vi.stubEnv('PORT_TRANSLATOR_LOG', log);
    const posts = names.map((name) => postOf(keys[name]));
    const sent = async () => {
      await rm(log, { force: true });
      await translateForWorkers(posts, translations, run);
      const lines = (await readFile(log, 'utf8').catch(() => '')).split('\n').filter(Boolean);
      return lines.flatMap((line) => (JSON.parse(line) as { text: string }[]).map(({ text }) => text)).sort();
    };
    expect(await sent()).toEqual(expected.map(words).sort());
    const sheet = await readFile(join(out, 'maya/captions.csv'), 'utf8');
    expect(sheet.includes('caption_es')).toBe(expected.length > 0);
    expect(await sent()).toEqual([]);
  });
});
