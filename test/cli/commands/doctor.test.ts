import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { Diagnosis } from '../../../src/cli/commands/doctor/diagnosis.ts';
import { doctor } from '../../../src/cli/commands/doctor/doctor.ts';
import { doctorPage } from '../../../src/cli/commands/doctor/page.ts';
import { remediesFor } from '../../../src/cli/commands/doctor/remedies.ts';
import type { Program } from '../../../src/tools/programs.ts';
import { runPort } from '../../e2e/run-port.ts';
import { temporaryFolder } from '../../media.ts';
import { startOpenAi } from '../../servers/translators.ts';

type Found = Omit<Diagnosis, 'schemaVersion' | 'remedies'>;

const found = (odd: Partial<Found> = {}): Found => ({
  node: '22.0.0',
  programs: [],
  ffmpeg: { encoders: ['libx264', 'aac'], filters: ['zscale', 'tonemap'], hardware: [] },
  images: { sharp: '0', libvips: '0', reads: [], writes: [] },
  ytDlp: { path: '/usr/bin/yt-dlp', from: 'path', version: '2026.11.01', ageDays: 20 },
  proxy: null,
  output: { folder: '/out', writable: true, freeBytes: 50_000_000_000 },
  ...odd,
});
const old: Program = {
  ...({ name: 'ffmpeg', path: '/npm/ffmpeg', version: 'N-1', year: 2018, from: 'npm' } as const),
  libavcodec: [58, 42],
};
const missing = { name: 'ffmpeg', missing: 'No ffmpeg can be run here.' } as const;
const ytDlp = { path: '/usr/bin/yt-dlp', from: 'path' } as const;

describe('what to do about it', () => {
  it('nothing, where nothing is missing', () => expect(remediesFor(found(), ['brew'])).toEqual([]));

  it.each<[string, Partial<Found>, string, string | null, boolean]>([
    ['no ffmpeg', { programs: [missing] }, 'No ffmpeg', 'sudo apt-get install ffmpeg', true],
    [
      'the environment names none',
      { programs: [{ ...missing, missing: 'PORT_FFMPEG names /x' }] },
      'PORT_FFMPEG',
      null,
      true,
    ],
    ['an old ffmpeg of npm', { programs: [old] }, 'is a build of 2018', 'port doctor --install-ffmpeg', false],
    [
      'an old one on PATH that does not say its year',
      { programs: [{ ...old, from: 'path', year: null }] },
      'The ffmpeg is old (N-1)',
      'port doctor --install-ffmpeg',
      false,
    ],
    [
      'no x264',
      { ffmpeg: { encoders: ['aac'], filters: ['zscale', 'tonemap'], hardware: [] } },
      'libx264',
      'sudo apt-get install ffmpeg',
      false,
    ],
    [
      'no zscale',
      { ffmpeg: { encoders: ['libx264'], filters: ['tonemap'], hardware: [] } },
      'HDR',
      'sudo apt-get install ffmpeg',
      false,
    ],
    ['a folder that is not ours', { output: { folder: '/out', writable: false, freeBytes: 0 } }, '--out', null, true],
    ['a full disk', { output: { folder: '/out', writable: true, freeBytes: 4_900_000_000 } }, '4.9 GB', null, false],
    ['no yt-dlp', { ytDlp: null }, 'yt-dlp', 'port doctor --install-yt-dlp', false],
    [
      'an old yt-dlp',
      { ytDlp: { ...ytDlp, version: '2026.08.01', ageDays: 91 } },
      '91 days',
      'port doctor --install-yt-dlp',
      false,
    ],
    [
      'a yt-dlp that cannot be run',
      { ytDlp: { ...ytDlp, version: null, trouble: 'no python' } },
      'no python',
      'port doctor --install-yt-dlp',
      false,
    ],
    ['a proxy that is none', { proxy: { address: null, trouble: 'HTTPS_PROXY knows' } }, 'HTTPS_PROXY', null, true],
    ['a yt-dlp that is not there', { ytDlp: { path: null, trouble: 'PORT_YTDLP names /x' } }, 'PORT_YTDLP', null, true],
  ])('%s', (_odd, odd, words, command, needed) => {
    const remedies = remediesFor(found(odd), ['apt-get', 'brew'], true);
    expect(remedies).toEqual([{ what: expect.stringContaining(words), command, needed }]);
  });

  it('an old ffmpeg that the user names, and one of ffmpeg 5, are left alone', () => {
    expect(remediesFor(found({ programs: [{ ...old, from: 'environment' }] }), [])).toEqual([]);
    expect(remediesFor(found({ programs: [{ ...old, libavcodec: [59, 37] }] }), [])).toEqual([]);
  });

  it('where nobody publishes builds with hashes, that is said, and the package manager is the way', () => {
    const [remedy] = remediesFor(found({ programs: [old] }), ['apt-get'], false);
    expect(remedy).toMatchObject({ what: expect.stringContaining('SHA-256'), command: 'sudo apt-get install ffmpeg' });
  });

  it('without a package manager ffmpeg is fetched, and where that cannot be there is no command to give', () => {
    expect(remediesFor(found({ programs: [missing] }), [], true)[0]?.command).toBe('port doctor --install-ffmpeg');
    expect(remediesFor(found({ programs: [missing] }), [], false)[0]?.command).toBeNull();
  });
});

describe('port doctor', () => {
  it('looks at this machine, and leaves nothing behind', async () => {
    const folder = await temporaryFolder();
    const { diagnosis, ok } = await doctor(`${folder}/not/yet`, null, Date.parse('2026-11-25T00:00:00Z'));
    expect(ok).toBe(true);
    expect(diagnosis.output).toMatchObject({ folder: `${folder}/not/yet`, writable: true });
    expect(diagnosis.ffmpeg?.encoders).toEqual(expect.arrayContaining(['libx264', 'aac']));
    expect(diagnosis.ffmpeg?.filters).toEqual(expect.arrayContaining(['zscale', 'tonemap', 'loudnorm']));
    expect(diagnosis.images).toMatchObject({ reads: expect.arrayContaining(['jpeg', 'png', 'webp', 'heif']) });
    expect(await readdir(folder)).toEqual([]);
    const page = doctorPage(diagnosis);
    expect(page).not.toMatch(/undefined|null|object/);
    expect(page.split('\n').filter((line) => line.length > 80 && !/\/|\\|run:|advice/.test(line))).toEqual([]);
  });

  it('breaks its advice at 80 columns', () => {
    const remedies = remediesFor(found({ programs: [old] }), [], true);
    const page = doctorPage({ schemaVersion: 1, ...found({ programs: [old] }), remedies }, 80);
    expect(page).toMatch(/^advice {3}The ffmpeg that came with port is a build of 2018\./m);
    expect(page.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it('names what is missing, with exit code 2', async () => {
    const folder = await temporaryFolder();
    const { code, stdout } = await runPort(['doctor'], folder, { PORT_FFMPEG: '/nowhere', PORT_YTDLP: '/nowhere' });
    expect(code).toBe(2);
    expect(stdout).toMatch(/^ffmpeg {3}missing$/m);
    expect(stdout).toMatch(/^needed {3}PORT_FFMPEG names \/nowhere/m);
    expect(stdout).toMatch(/^yt-dlp {3}cannot be run$/m);
  });

  it('names the proxy in use, without its login', async () => {
    const folder = await temporaryFolder();
    const environment = { ALL_PROXY: 'socks5://maya:hush-hush@p.example', NO_PROXY: 'x.example', HTTPS_PROXY: '' };
    const page = await runPort(['doctor'], folder, environment);
    expect(page.stdout).toMatch(/^proxy {4}socks5:\/\/p\.example:1080, from ALL_PROXY, with a user name$/m);
    expect(page.stdout).toMatch(/^ {9}not for x\.example$/m);
    const { stdout } = await runPort(['doctor', '--json', '--proxy', 'http://a:b@q.example:8080'], folder, environment);
    expect((JSON.parse(stdout) as Diagnosis).proxy).toEqual({
      address: 'http://q.example:8080',
      from: '--proxy',
      login: true,
      exceptions: 'x.example',
    });
    expect(page.stdout + stdout).not.toMatch(/hush|maya|a:b/);
  });

  it('says that a proxy of the environment is none, with exit code 2', async () => {
    const { code, stdout } = await runPort(['doctor'], await temporaryFolder(), { HTTPS_PROXY: 'ftp://maya:hush@p' });
    expect(code).toBe(2);
    expect(stdout).toMatch(/^needed {3}HTTPS_PROXY in the environment knows http, https and socks5/m);
    expect(stdout).not.toMatch(/hush|maya/);
  });
});

describe('--translator', () => {
  const ask = async (translator: string) => {
    const { stdout } = await runPort(['doctor', '--json', '--translator', translator], import.meta.dirname);
    return (JSON.parse(stdout) as Diagnosis).translator;
  };

  it('says that an engine answers', async () => {
    const server = await startOpenAi();
    const engine = `openai:${server.url('/v1')}#model`;
    expect(await ask(engine)).toEqual({ engine, place: server.host, trouble: null });
  });

  it('says why one does not, with advice', async () => {
    const engine = 'openai:http://127.0.0.1:9/v1#model';
    expect(await ask(engine)).toMatchObject({ trouble: 'it could not be reached (connection refused)' });
    const { stdout } = await runPort(['doctor', '--translator', engine], import.meta.dirname);
    expect(stdout).toContain('The translator cannot be used');
  });

  it('is not in the diagnosis without one', async () => {
    const { stdout } = await runPort(['doctor', '--json'], import.meta.dirname);
    expect(JSON.parse(stdout)).not.toHaveProperty('translator');
  });
});
