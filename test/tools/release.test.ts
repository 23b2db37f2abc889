import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ToolMissingError } from '../../src/errors.ts';
import { createDisk } from '../../src/tools/disk.ts';
import { publisherFor } from '../../src/tools/ffmpeg-release.ts';
import { createHttp } from '../../src/tools/http.ts';
import { inTurn } from '../../src/tools/image-memory.ts';
import { openRelease } from '../../src/tools/release.ts';
import { serve, startServer } from '../servers/fault-server.ts';
import { temporaryFolder } from './folder.ts';

const content = Buffer.from('a program');
const sha256 = createHash('sha256').update(content).digest('hex');

function open(base: string, free?: number) {
  const http = createHttp({ limits: { attempts: 1 } });
  const disk = free === undefined ? createDisk() : { free: async () => free };
  const about = { program: 'tool', advice: 'install it by hand', base, signal: new AbortController().signal };
  return { ...openRelease({ http, disk }, about), path: join(temporaryFolder(), 'sub', 'tool') };
}

describe('a file of a release', () => {
  it.each(['127.0.0.1', 'localhost', '[::1]'])('is fetched from a server on this machine: %s', async (host) => {
    const server = await startServer({ '/latest/tool': serve(content) }, host === '[::1]' ? '::1' : '127.0.0.1');
    const base = `http://${host}:${server.host.split(':').at(-1)}/latest`;
    const { fetch, path } = open(base);
    expect(await fetch('tool', path, 1000)).toEqual({ sha256, address: `${base}/tool` });
    expect(readFileSync(path).equals(content)).toBe(true);
  });

  it.each(['http://127.0.0.2:9/latest', 'https://10.0.0.1/latest', 'http://localhost.example/latest'])(
    'is not fetched from elsewhere without protection: %s',
    async (base) => {
      const { fetch, path } = open(base);
      await expect(fetch('tool', path, 1000)).rejects.toThrow(/^tool was not installed: tool could not be fetched \(/);
    },
  );

  it('that is missing or too large: what became of it, and what to do', async () => {
    const server = await startServer({ '/latest/a/tool.zip': serve(content) });
    const { fetch, fetchAddress, path } = open(`http://${server.host}/latest`);
    const failed: unknown = await fetch('none', path, 1000).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(ToolMissingError);
    expect(failed).toMatchObject({
      message: 'tool was not installed: none could not be fetched (HTTP 404). Try again later, or install it by hand.',
    });
    await expect(fetchAddress(server.url('/latest/a/tool.zip?x=y'), path, 3)).rejects.toThrow(
      'tool.zip could not be fetched (larger than 3 bytes)',
    );
  });

  it('needs more room than it takes', async () => {
    const server = await startServer({ '/tool': serve(content) });
    const tight = open(`http://${server.host}`, content.length);
    await expect(tight.fetch('tool', tight.path, 1000)).rejects.toThrow('tool could not be fetched (disk-full)');
    const roomy = open(`http://${server.host}`, content.length + 1);
    expect(await roomy.fetch('tool', roomy.path, 1000)).toMatchObject({ sha256 });
  });
});

it.each<[NodeJS.Platform, string, object]>([
  ['linux', 'x64', { kind: 'one-archive', target: 'linux64', extension: 'tar.xz' }],
  ['linux', 'arm64', { kind: 'one-archive', target: 'linuxarm64', extension: 'tar.xz' }],
  ['win32', 'x64', { kind: 'one-archive', target: 'win64', extension: 'zip' }],
  ['win32', 'arm64', { kind: 'one-archive', target: 'winarm64', extension: 'zip' }],
  ['darwin', 'x64', { kind: 'one-zip-each', folder: 'macos/amd64/release' }],
  ['darwin', 'arm64', { kind: 'one-zip-each', folder: 'macos/arm64/release' }],
])('ffmpeg for %s on %s is in %j, over https', (platform, arch, form) => {
  const publisher = publisherFor({ platform, arch });
  expect(publisher?.form).toEqual(form);
  expect(publisher?.releases).toMatch(/^https:\/\/(?:github\.com\/BtbN|ffmpeg\.martin-riedl\.de)\//);
});

it('images that take much memory are decoded one at a time, others together', async () => {
  const most = async (side: number) => {
    let [now, highest] = [0, 0];
    const work = async () => {
      highest = Math.max(highest, ++now);
      await new Promise((resolve) => setTimeout(resolve, 5));
      return now--;
    };
    const found = { format: 'webp', width: side, height: 1000 };
    expect(await Promise.all([inTurn(found, work), inTurn(found, work)])).toHaveLength(2);
    return highest;
  };
  expect([await most(31_250), await most(31_251)]).toEqual([2, 1]);
});
