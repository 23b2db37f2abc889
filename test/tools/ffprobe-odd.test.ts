import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { InterruptedError, ProgramError } from '../../src/errors.ts';
import { machineIssue } from '../../src/model/machine-errors.ts';
import { createFfprobe, createFfprobeProgram } from '../../src/tools/ffprobe.ts';
import { makeMedia, temporaryFolder } from '../media.ts';
import { bundledPair } from '../programs.ts';

const never = new AbortController().signal;
const { probe, packets } = createFfprobeProgram(bundledPair.ffprobe);
const lavfi = (size: string, seconds = 1) => ['-f', 'lavfi', '-i', `testsrc=size=${size}:rate=10:duration=${seconds}`];
const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-threads', '1'];
let folder: string;
const make = async (name: string, args: readonly string[]) => makeMedia(folder, name, args, bundledPair);
const videoOf = async (path: string) => (await probe(path, never)).video;
const joined = (name: string, ...paths: string[]) => {
  const path = join(folder, name);
  writeFileSync(path, Buffer.concat(paths.map((each) => readFileSync(each))));
  return path;
};

beforeAll(async () => {
  folder = await temporaryFolder();
  await make('whole.mkv', [...lavfi('64x64', 3), ...x264, '-g', '5']);
});

describe('a file without a sample table', () => {
  it('that does not say so is interlaced if its first frame is', async () => {
    const fields = [
      ...lavfi('64x64'),
      '-vf',
      'interlace,setfield=tff',
      ...x264,
      '-flags',
      '+ildct+ilme',
      '-x264-params',
      'tff=1',
    ];
    expect((await videoOf(await make('fields.mkv', fields)))?.interlaced).toBe(true);
    expect((await videoOf(await make('plain.mkv', [...lavfi('64x64'), ...x264])))?.interlaced).toBe(false);
  });

  it('changes its size if its key frames differ in size', async () => {
    const [small, large] = [
      await make('small.ts', [...lavfi('64x64'), ...x264]),
      await make('large.ts', [...lavfi('96x64'), ...x264]),
    ];
    expect(await videoOf(joined('both.ts', small, large))).toMatchObject({ changesSize: true });
    const twice = await probe(joined('twice.ts', small, small), never);
    expect(twice).toMatchObject({ jumps: true, video: { changesSize: false } });
    expect(twice.seconds).toBeCloseTo(2, 1);
  });

  it('without any timestamps is refused with what to do', async () => {
    const bare = await make('bare.h264', [...lavfi('64x64'), ...x264, '-f', 'h264']);
    const error: unknown = await probe(bare, never).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProgramError);
    expect((error as ProgramError).message).toMatch(
      /^none of its frames says when it is shown; play it into a new file/,
    );
    expect((error as ProgramError).command).toContain(` -i `);
  });

  it('that breaks off is measured as far as it goes', async () => {
    const whole = readFileSync(join(folder, 'whole.mkv'));
    writeFileSync(join(folder, 'half.mkv'), whole.subarray(0, whole.length / 2));
    expect(await probe(join(folder, 'half.mkv'), never)).toMatchObject({
      breaksOff: true,
      bytes: Math.floor(whole.length / 2),
    });
  });
});

it('the packets of a stretch begin with the key frame before it', async () => {
  const path = await make('keys.mkv', [...lavfi('64x64', 3), ...x264, '-g', '10', '-bf', '0']);
  const found = await packets(path, 0, 1.5, 1.8, never);
  expect(found[0]).toMatchObject({ key: true });
  expect(found[0]?.shownAt).toBeCloseTo(1, 1);
  expect(found.at(-1)?.shownAt).toBeLessThan(2);
  await expect(packets(join(folder, 'absent.mkv'), 0, 0, 1, never)).rejects.toThrow(ProgramError);
});

describe.skipIf(process.platform === 'win32')('a program in place of ffprobe', () => {
  const answer = (video: object, format = 'matroska,webm') =>
    JSON.stringify({
      streams: [{ index: 0, codec_type: 'video', codec_name: 'h264', width: 64, height: 64, ...video }],
      format: { format_name: format, duration: '1.0' },
    });
  /** Answers the first question, and a later one by the words in it. */
  function standIn(name: string, first: string, later: Readonly<Record<string, string>>): string {
    const path = join(folder, name);
    const cases = Object.entries(later).map(([words, script]) => `*${words}*) ${script};;`);
    const script = `case "$*" in\n${cases.join('\n')}\n*) cat <<'END'\n${first}\nEND\n;; esac`;
    writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return path;
  }
  const times = { 'packet=stream': 'printf "0|0|0|0.1|K_\\n0|0.9|0.9|0.1|__"' };
  const file = () => join(folder, 'whole.mkv');
  const asked = async (name: string, later: Readonly<Record<string, string>>, video: object = {}) =>
    createFfprobeProgram(standIn(name, answer(video), later)).probe(file(), never);

  it.each<[string, string, boolean]>([
    ['says that it is interlaced', 'echo 1', true],
    ['says that it is not', 'echo 0', false],
    ['fails at its first frame', 'echo 1; exit 1', false],
  ])('that %s', async (_odd, script, interlaced) => {
    const found = await asked('fields', { ...times, interlaced_frame: script, 'width,height': 'echo 64,64' });
    expect(found.video?.interlaced).toBe(interlaced);
  });

  it.each<[string, string, boolean]>([
    ['tells of one size', 'printf "64,64\\n64,64\\n"', false],
    ['tells of two', 'printf "64,64\\n96,64\\n"', true],
    ['fails at its key frames', 'printf "64,64\\n96,64\\n"; exit 1', false],
  ])('that %s', async (_odd, script, changesSize) => {
    const found = await asked('sizes', { ...times, interlaced_frame: 'echo 0', 'width,height': script });
    expect(found.video?.changesSize).toBe(changesSize);
  });

  it('that finds frames too large: their pixels are reported, unless it knows their size all the same', async () => {
    const said = 'echo "[mjpeg @ 0x1] Picture size 8192x4400 exceeds specified max pixel count 36000000" >&2';
    const large = { ...times, interlaced_frame: 'echo 0', 'width,height': 'echo 64,64' };
    const told = async (width: number) =>
      asked('large', { ...large, '-show_format': `${said}; echo '${answer({ width })}'` });
    await expect(told(0)).rejects.toThrow('its frames are 8192x4400 pixels; port decodes up to 36 million a frame');
    expect((await told(64)).video?.width).toBe(64);
  });

  it('is not asked what a codec never is', async () => {
    const never = { interlaced_frame: 'echo 1', 'width,height': 'printf "64,64\\n96,64\\n"' };
    const found = await asked('gif', { ...times, ...never }, { codec_name: 'gif' });
    expect(found.video).toMatchObject({ interlaced: false, changesSize: false });
    expect((await asked('vp9', { ...times, ...never }, { codec_name: 'vp9' })).video).toMatchObject({
      ...{ interlaced: false, changesSize: true },
    });
    expect((await asked('mpeg4', { ...times, ...never }, { codec_name: 'mpeg4' })).video).toMatchObject({
      ...{ interlaced: true, changesSize: false },
    });
  });

  it.each([['packet=stream'], ['interlaced_frame'], ['width,height']])(
    'that is killed when it is asked for %s is a fault of the machine',
    async (question) => {
      const all = { ...times, interlaced_frame: 'echo 0', 'width,height': 'echo 64,64' };
      const error: unknown = await asked('killed', { ...all, [question]: 'kill -9 $$' }).catch((thrown) => thrown);
      expect(machineIssue(error)?.code).toBe('program-killed');
    },
  );

  it('that fails while packets are counted: those before count, the last without an end of line too', async () => {
    const later = { interlaced_frame: 'echo 0', 'width,height': 'echo 64,64' };
    const found = await asked('counts', { ...later, 'packet=stream': `${times['packet=stream']}; exit 1` });
    expect(found.video?.seconds).toBeCloseTo(1, 3);
    expect(found.video?.fps).toBeCloseTo(2, 3);
  });

  it('that fails says why, without the name of the file', async () => {
    const path = standIn('fails', '', { '-show_format': `echo "file:${file().replaceAll("'", '?')}: x" >&2; exit 1` });
    await expect(createFfprobeProgram(path).probe(file(), never)).rejects.toThrow(ProgramError);
    const stopped = AbortSignal.abort();
    await expect(createFfprobeProgram(path).probe(file(), stopped)).rejects.toThrow(InterruptedError);
    await expect(createFfprobe(path).probe(file(), stopped)).rejects.toThrow('Interrupted');
  });
});
