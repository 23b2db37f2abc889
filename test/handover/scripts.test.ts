import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HandOverContext, Package } from '../../src/handover/contract.ts';
import { sau } from '../../src/handover/sau.ts';
import { xhsMcp } from '../../src/handover/xhs-mcp.ts';
import { youtubeuploader } from '../../src/handover/youtubeuploader.ts';
import { momentOf } from '../../src/posting/local-time.ts';
import { until } from '../e2e/run-port.ts';
import { nasty } from './nasty.ts';
import { keyOf, onDisk, packaged, photos } from './packages.ts';
import { argumentsOf, powershell, powershellTexts } from './powershell.ts';
import { ProgramStandIn, run, type ServerStandIn, serverStandIn, start, writeOut } from './stand-ins.ts';

/** When scripts send a post, and what they do when something comes between. */

let root = '';
let tool: ProgramStandIn;
const seconds = 1000;
const minutes = 60 * seconds;
const days = 24 * 60 * minutes;
const around: HandOverContext = { account: 'maya', zone: 'Europe/Lisbon', now: Date.now() };
const inTime = (milliseconds: number) => momentOf(Date.now() + milliseconds, 'Europe/Lisbon');

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'port-scripts-'));
  tool = new ProgramStandIn(join(root, 'bin'), 'tool');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const script = (name: string) => join(root, 'maya', name);
const environment = () => ({ SAU: tool.path, YOUTUBEUPLOADER: tool.path });
const written = (packages: readonly Package[]) => packages.map((each) => onDisk(root, each));

describe.skipIf(process.platform === 'win32')('the script of sau', () => {
  const planned = (...moments: readonly (string | null)[]) =>
    writeOut(
      join(root, 'maya'),
      sau.write(
        written(moments.map((at, index) => packaged('rednote', { id: keyOf(index + 1), planned: at }))),
        around,
      ),
    );

  it.each<[string, string | null, string | null, string]>([
    ['not planned: at once', null, null, ''],
    ['past: at once', inTime(-days), null, ''],
    ['in a day: with its time', inTime(days), inTime(days).slice(0, 16).replace('T', ' '), ''],
    ['in an hour: not yet', inTime(60 * minutes), 'waits', 'too soon'],
    ['in 15 days: not yet', inTime(15 * days), 'waits', 'further ahead'],
  ])('%s', async (_name, at, expected, words) => {
    planned(at);
    const { code, text } = await run('sh', [script('sau.sh')], environment());
    const [call] = tool.calls();
    const schedule = call === undefined ? 'waits' : (call[call.indexOf('--schedule') + 1] ?? null);
    expect([code, call?.includes('--schedule') ? schedule : call === undefined ? 'waits' : null]).toEqual([
      0,
      expected,
    ]);
    expect(text).toContain(words);
  });

  it('--now sends what waits, without its time', async () => {
    planned(inTime(60 * minutes), inTime(15 * days));
    const { code } = await run('sh', [script('sau.sh'), '--now'], environment());
    expect([code, tool.calls().length, tool.calls().flat().includes('--schedule')]).toEqual([0, 2, false]);
  });

  it('a signal lets the post at hand be finished, and ends it then', async () => {
    planned(null, null, null);
    writeFileSync(join(tool.folder, 'slow'), '');
    const { child, ended } = start('sh', [script('sau.sh')], environment(), '/');
    await until(() => existsSync(join(tool.folder, 'started')));
    child.kill('SIGTERM');
    const again = await run('sh', [script('sau.sh')], environment());
    expect([again.code, again.text]).toEqual([1, expect.stringContaining('runs already')]);
    rmSync(join(tool.folder, 'slow'));
    expect((await ended).code).toBe(130);
    expect(tool.calls()).toHaveLength(1);
    expect((await run('sh', [script('sau.sh')], environment())).code).toBe(0);
    expect(tool.calls()).toHaveLength(3);
  });

  it('killed at once: the next run asks about the post at hand', async () => {
    planned(null, null);
    writeFileSync(join(tool.folder, 'slow'), '');
    const { child, ended } = start('sh', [script('sau.sh')], environment(), '/');
    await until(() => existsSync(join(tool.folder, 'started')));
    child.kill('SIGKILL');
    rmSync(join(tool.folder, 'slow'));
    await ended;
    await until(() => tool.calls().length === 1);
    const asked = await run('sh', [script('sau.sh')], environment());
    expect([asked.code, asked.text]).toEqual([1, expect.stringContaining(`--sent ${keyOf(1)}`)]);
    expect((await run('sh', [script('sau.sh'), '--sent', keyOf(1)], environment())).code).toBe(0);
    expect(tool.calls()).toHaveLength(2);
  });

  it('ends with a command that can be pasted, whatever the folder is called', async () => {
    const place = join(root, `it's "mine" $HOME`);
    writeOut(place, sau.write(written([packaged('rednote')]), around));
    const { text } = await run('sh', [join(place, 'sau.sh')], environment());
    const [, path = ''] = /port posted --from (.*)\n$/.exec(text) ?? [];
    expect((await run('sh', ['-c', `cat ${path}`])).text).toContain(`${keyOf(1)},done,rednote,`);
  });

  it('without the tool it says so, and remembers nothing', async () => {
    planned(null);
    const { code, text } = await run('sh', [script('sau.sh')], { SAU: join(root, 'none') });
    expect([code, text]).toEqual([1, expect.stringContaining('install social-auto-upload')]);
    expect(readFileSync(script('sau.sent.csv'), 'utf8').trim().split('\n')).toHaveLength(1);
  });
});

describe('the script of sau for PowerShell', () => {
  const packages = [
    ...nasty.map((body, index) => packaged('rednote', { id: keyOf(index + 1), body, title: nasty[index] ?? '' })),
    photos('rednote', 3, { id: keyOf(50), planned: inTime(days) }),
  ];

  it('has a byte order mark and the same calls, words and all, as the one for POSIX shells', () => {
    const { files } = sau.write(packages, around);
    const text = files.find(({ path }) => path === 'sau.ps1')?.text ?? '';
    expect(text.startsWith('\ufeff')).toBe(true);
    const calls = text.slice(text.indexOf("\nSend-Post '"), text.indexOf('\n$lock.Dispose()'));
    const read = powershellTexts(calls);
    expect(read.length).toBe(packages.length * 5);
    for (const [index, from] of packages.entries()) {
      const [id, at, , action, line = ''] = read.slice(index * 5);
      const words = argumentsOf(line);
      const value = (name: string) =>
        words.find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1) ?? words[words.indexOf(name) + 1];
      expect([id, at, action]).toEqual([from.id, from.planned ?? '', from.video ? 'upload-video' : 'upload-note']);
      if (from.video) expect(value('--desc')).toContain(from.body);
      else expect(words.slice(1, 4)).toEqual(from.photos.map(({ path }) => path));
      expect([...(value('--title') ?? '')].length).toBeLessThanOrEqual(20);
    }
  });

  it.skipIf(powershell === null)('a real PowerShell sends the same words', async () => {
    writeOut(join(root, 'maya'), sau.write(written(packages), around));
    const args = ['-NoProfile', '-ExecutionPolicy', 'Bypass', '-File', script('sau.ps1')];
    const { code, text } = await run(powershell ?? '', args, environment());
    expect([code, text]).toEqual([0, text]);
    expect(tool.calls().map((call) => call.includes('--title'))).toEqual(packages.map(() => true));
  });
});

describe.skipIf(process.platform === 'win32')('the script of xhs-mcp', () => {
  let server: ServerStandIn;
  beforeEach(async () => {
    server = await serverStandIn();
  });
  afterEach(async () => server.close());
  const send = async (odd: Partial<Package>, ...args: string[]) => {
    writeOut(join(root, 'maya'), xhsMcp.write([packaged('rednote', odd)], around));
    return await run('sh', [script('xhs-mcp.sh'), ...args], { XHS_MCP_URL: server.address, XHS_MCP_TOKEN: 'secret' });
  };
  const bodies = () => server.requests.map(({ body }) => JSON.parse(body.toString()));

  it('sends a video and photos to their addresses, with the token', async () => {
    writeOut(join(root, 'maya'), xhsMcp.write([packaged('rednote'), photos('rednote', 2, { id: keyOf(2) })], around));
    const { code } = await run('sh', [script('xhs-mcp.sh')], { XHS_MCP_URL: server.address, XHS_MCP_TOKEN: 'secret' });
    expect([code, server.requests.map(({ path }) => path)]).toEqual([0, ['/api/v1/publish_video', '/api/v1/publish']]);
    expect(server.requests[0]?.headers.authorization).toBe('Bearer secret');
    expect(server.requests[0]?.headers['content-type']).toBe('application/json');
  });

  it.each<[string, number, boolean | 'waits']>([
    ['in two days: with its time', 2 * days, true],
    ['in half an hour: not yet', 30 * minutes, 'waits'],
    ['in 15 days: not yet', 15 * days, 'waits'],
    ['past: without a time', -days, false],
  ])('%s', async (_name, ahead, expected) => {
    expect((await send({ planned: inTime(ahead) })).code).toBe(0);
    const [body] = bodies();
    expect(body === undefined ? 'waits' : 'schedule_at' in body).toBe(expected);
  });

  it('a time that has passed since the hand-over is taken out when it is sent', async () => {
    const planned = inTime(2 * days);
    writeOut(join(root, 'maya'), xhsMcp.write([packaged('rednote', { planned })], around));
    const path = script('xhs-mcp.sh');
    const epoch = String(Math.floor(Date.parse(planned) / 1000));
    writeFileSync(path, readFileSync(path, 'utf8').replace(epoch, '1700000000'));
    expect((await run('sh', [path], { XHS_MCP_URL: server.address })).code).toBe(0);
    expect(bodies()).toEqual([expect.not.objectContaining({ schedule_at: expect.anything() })]);
  });

  it('without a server it says so, and sends it the next time', async () => {
    const { address } = server;
    await server.close();
    const { code, text } = await send({});
    expect([code, text]).toEqual([1, expect.stringContaining(`no server at ${address}`)]);
    server = await serverStandIn();
    expect([(await send({})).code, server.requests.length]).toEqual([0, 1]);
  });

  it('a connection that breaks off is asked about: the post may be out', async () => {
    server.answer = () => 'break off';
    const { code, text } = await send({});
    expect([code, text]).toEqual([1, expect.stringContaining('Nobody knows whether')]);
    server.answer = () => undefined;
    expect([(await send({})).code, server.requests.length]).toEqual([1, 1]);
    expect([(await send({}, '--again', keyOf(1))).code, server.requests.length]).toEqual([0, 2]);
  });
});

describe.skipIf(process.platform === 'win32')('the script of youtubeuploader', () => {
  const send = async (odd: Partial<Package> = {}) => {
    mkdirSync(join(root, 'maya'), { recursive: true });
    writeOut(join(root, 'maya'), youtubeuploader.write(written([packaged('shorts', odd)]), around));
    return await run('sh', [script('youtubeuploader.sh')], environment());
  };
  const tick = () => readFileSync(script('youtubeuploader.sent.csv'), 'utf8').trim().split('\n').at(-1)?.split(',')[1];

  it('says with flags that no description and no language stand for themselves', async () => {
    expect((await send({ body: '', hashtags: [] })).code).toBe(0);
    const [call = []] = tool.calls();
    expect([call[call.indexOf('-description') + 1], call[call.indexOf('-language') + 1]]).toEqual(['', '']);
  });

  it('gives subtitles along with their language', async () => {
    const subtitles = { path: `/ported/maya/shorts/${keyOf(1)}/video's.srt`, bytes: 100, language: 'en' };
    expect((await send({ subtitles })).code).toBe(0);
    const [call = []] = tool.calls();
    expect(call[call.indexOf('-caption') + 1]).toMatch(/video's\.srt$/);
    expect(call[call.indexOf('-language') + 1]).toBe('en');
  });

  it.each<[string, string | null, string]>([
    ['planned: it will be out', inTime(20 * days), 'done'],
    ['not planned: it stays private', null, 'private'],
    ['past: it stays private', inTime(-days), 'private'],
  ])('%s', async (_name, planned, expected) => {
    expect([(await send({ planned })).code, tick()]).toEqual([0, expected]);
  });

  it('a cover that fails after the upload does not have the video uploaded again', async () => {
    writeFileSync(join(tool.folder, 'fail-late'), '');
    const { code, text } = await send();
    expect([code, text]).toEqual([0, expect.stringContaining('not all after that worked')]);
    await send();
    expect(tool.calls()).toHaveLength(1);
  });
});
