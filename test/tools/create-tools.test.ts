import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseProxy } from '../../src/config/proxy.ts';
import { ToolMissingError } from '../../src/errors.ts';
import { createDryRunTools } from '../../src/tools/create-dry-run-tools.ts';
import { createFetchTools, createTools } from '../../src/tools/create-tools.ts';
import type { ProxyServer } from '../../src/tools/proxy.ts';
import { bundledPair } from '../programs.ts';
import { serve, startServer } from '../servers/fault-server.ts';
import { startConnectProxy } from '../servers/proxies.ts';
import { freeze, temporaryFile, temporaryFolder } from './folder.ts';

const signal = new AbortController().signal;
let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
  vi.stubEnv('PORT_FFMPEG', bundledPair.ffmpeg);
  vi.stubEnv('PORT_FFPROBE', bundledPair.ffprobe);
  vi.stubEnv('PORT_YTDLP', '');
  vi.stubEnv('XDG_CACHE_HOME', folder);
  vi.stubEnv('PATH', '/nowhere');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** A picture of one red pixel. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC',
  'base64',
);
const card = { inputs: [{ options: [], source: { lavfi: 'color=red:s=4x2:r=1:d=2' } }] };
const raw = { ...card, outputOptions: ['-pix_fmt', 'rgb24', '-f', 'rawvideo'] };

describe('the tools of a run', () => {
  it.each([true, false])('work together, made for the first time: %s', async (isFirst) => {
    const tools = await createTools(isFirst);
    const picture = join(folder, 'a.png');
    await tools.files.write(picture, png);
    expect(await tools.images.probe(picture)).toMatchObject({ format: 'png', width: 1, height: 1 });
    expect(await tools.images.pictureHash(picture)).toMatch(/^[0-9a-f]{64}$/);
    await tools.images.strip(picture, join(folder, 'b.png'));
    expect((await tools.files.facts(join(folder, 'b.png')))?.bytes).toBeGreaterThan(60);
    expect(await tools.images.attention(png, { width: 1, height: 1 })).toEqual({ x: 0.5, y: 0.5 });
    const settings = { format: 'jpeg', quality: 90, maxBytes: 1e6, width: 2, height: 2, fit: 'scale' } as const;
    await tools.images.render(picture, settings, join(folder, 'c.jpg'), 0);
    expect(await tools.images.probe(join(folder, 'c.jpg'))).toMatchObject({ format: 'jpeg', width: 2 });
    expect(await tools.bergamot.models(folder)).toContain('there is no model');
    expect(await tools.disk.free(folder)).toBeGreaterThan(0);
    expect(tools.ytDlp).toBeNull();
    const before = Date.now() / 1000;
    expect(Number.isInteger(tools.now()) && Math.abs(tools.now() - before) < 2).toBe(true);
    expect(await tools.ffmpeg.capture(raw, 1000, signal)).toHaveLength(48);
  });

  it('fail at once where ffmpeg or ffprobe cannot be run', async () => {
    for (const name of ['PORT_FFMPEG', 'PORT_FFPROBE']) {
      vi.stubEnv(name, '/nowhere/program');
      await expect(createTools(), name).rejects.toThrow(ToolMissingError);
      vi.stubEnv(name, name === 'PORT_FFMPEG' ? bundledPair.ffmpeg : bundledPair.ffprobe);
    }
  });

  it('tell once, in a sentence, what a disk lacks', async ({ skip }) => {
    const file = temporaryFile('a', 'abc');
    if (!freeze(file)) return skip('this disk has no files that nobody can change');
    const told: string[] = [];
    const { files } = await createTools(false, (sentence) => told.push(sentence));
    for (let count = 0; count < 2; count++) {
      await files.setModified(file, 1);
      await files.protect(file);
      await files.link(file, join(folder, `b${count}`));
    }
    expect(told).toEqual([
      expect.stringMatching(/^This disk does not let port set the times of files/),
      expect.stringMatching(/^This disk has no read-only files/),
      expect.stringMatching(/^This disk cannot give one file two names/),
    ]);
  });

  it.skipIf(process.platform === 'win32')('reach the network by the route, and so does yt-dlp', async () => {
    const program = temporaryFile('yt-dlp', `#!${process.execPath}\nconsole.log(process.env.https_proxy);\n`);
    chmodSync(program, 0o755);
    vi.stubEnv('PORT_YTDLP', program);
    const server = await startServer({ '/a': serve(Buffer.from('whole')) });
    const proxy = await startConnectProxy({ everyHost: Number(server.host.split(':')[1]) });
    const address = `http://${proxy.host}`;
    const route = { proxy: parseProxy(address) as ProxyServer, from: '--proxy', noProxy: '' };
    const { http, ytDlp } = await createTools(false, () => {}, route);
    const options = {
      allowHosts: ['v.cdn.test'],
      maxBytes: 99,
      signal,
      notMedia: () => null,
      hasRoom: async () => true,
    };
    expect(await http.download('http://v.cdn.test/a', join(folder, 'a'), options)).toMatchObject({
      ok: true,
      bytes: 5,
    });
    expect(proxy.asked).toEqual(['v.cdn.test:80']);
    const sent = {
      headers: {},
      body: '',
      allowHosts: [],
      maxBytes: 99,
      idleMilliseconds: 20_000,
      wholeMilliseconds: 20_000,
    };
    expect(await http.post(`${server.url('/a')}`, { ...sent, signal })).toMatchObject({ status: 200, text: 'whole' });
    const listed = await ytDlp?.list('https://v.cdn.test', { seconds: 20, maxBytes: 999, signal });
    expect(listed).toEqual({ lines: `${address}\n`, failure: null });
  });
});

describe('the tools of a run that only fetches', () => {
  it('need no program until one is used', async () => {
    vi.stubEnv('PORT_FFMPEG', '/nowhere/ffmpeg');
    vi.stubEnv('PORT_FFPROBE', '/nowhere/ffprobe');
    const { ffmpeg, ffprobe, files } = await createFetchTools();
    await files.write(join(folder, 'a'), 'x');
    await expect(ffmpeg.filters()).rejects.toThrow('PORT_FFMPEG names /nowhere/ffmpeg');
    await expect(ffprobe.probe(join(folder, 'a'), signal)).rejects.toThrow('PORT_FFPROBE names /nowhere/ffprobe');
  });

  it('have all of them when they are used', async () => {
    const { ffmpeg, ffprobe } = await createFetchTools();
    const video = join(folder, 'a.mkv');
    const job = { ...card, outputOptions: ['-c:v', 'mpeg4', '-g', '1'], output: video };
    await ffmpeg.run(job, signal);
    expect(existsSync(video)).toBe(true);
    expect(await ffmpeg.capture(raw, 1000, signal)).toHaveLength(48);
    const frames: number[] = [];
    await ffmpeg.frames(raw, 24, signal, (frame) => frames.push(frame.length) > 9);
    expect(frames).toEqual([24, 24]);
    const lines: string[] = [];
    const hashes = { ...raw, outputOptions: ['-f', 'framemd5'] };
    await ffmpeg.lines(hashes, signal, (line) => lines.push(line));
    expect(lines.filter((line) => line.startsWith('0,'))).toHaveLength(2);
    const said = await ffmpeg.report({ ...card, outputOptions: ['-vf', 'showinfo', '-f', 'null'] }, signal);
    expect(said.join('\n')).toContain('showinfo');
    expect(await ffmpeg.filters()).toContain('scale');
    expect(await ffmpeg.h264Encoders()).toContain('libx264');
    expect((await ffprobe.probe(video, signal)).video).toMatchObject({ width: 4, height: 2, codec: 'mpeg4' });
    expect(await ffprobe.packets(video, 0, 0, 9, signal)).toHaveLength(2);
  });
});

it('the tools of a dry run write into a folder that goes, take no lock, and start no yt-dlp', async () => {
  vi.stubEnv('PORT_YTDLP', temporaryFile('yt-dlp', '#!/bin/sh\n'));
  chmodSync(process.env['PORT_YTDLP'] ?? '', 0o755);
  const world = await createTools(false);
  expect(world.ytDlp).not.toBeNull();
  const { tools, scratch, close } = await createDryRunTools(world);
  const kept = temporaryFile('kept', 'mine');
  await tools.files.write(kept, 'other');
  await tools.files.write(join(scratch, 'a'), 'x');
  expect([readFileSync(kept, 'utf8'), readFileSync(join(scratch, 'a'), 'utf8')]).toEqual(['mine', 'x']);
  const lock = await tools.locks.take(join(folder, 'lock'));
  expect([lock.brokeDead, lock.lost.aborted, existsSync(join(folder, 'lock')), tools.ytDlp]).toEqual([
    ...[false, false, false, null],
  ]);
  await lock.release();
  await close();
  expect(existsSync(scratch)).toBe(false);
});
