import { copyFile, open, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { InterruptedError, ProgramError } from '../../src/errors.ts';
import type { VideoProbe, VideoStream } from '../../src/model/probe.ts';
import { readProbe } from '../../src/probe/ffprobe-json.ts';
import { createFfprobe, createFfprobeProgram } from '../../src/tools/ffprobe.ts';
import { hasEncoder, makeMedia, outside, picture, recipes, temporaryFolder, tone, turned } from '../media.ts';
import { pairs } from '../programs.ts';

const never = new AbortController().signal;

/** What ffprobe printed once (5.1 of Debian, and npm's build of 2023). */
async function captured(name: string): Promise<string> {
  return await readFile(new URL(`../../fixtures/probes/${name}.json`, import.meta.url), 'utf8');
}

describe("parses ffprobe's output", () => {
  const plain: Partial<VideoStream> = { codec: 'h264', width: 320, height: 568, rotation: 0, sampleAspect: 1 };

  test.each<[string, Partial<VideoProbe>, Partial<VideoStream>]>([
    ['turned', { container: 'mp4', seconds: 1 }, { ...plain, rotation: 90 }],
    ['interlaced', {}, { ...plain, interlaced: true, profile: 'Main' }],
    ['anamorphic', {}, { ...plain, width: 426, sampleAspect: 0.75, interlaced: false }],
    [
      'hdr10',
      {},
      {
        ...plain,
        codec: 'hevc',
        pixelFormat: 'yuv420p10le',
        bitDepth: 10,
        transfer: 'smpte2084',
        primaries: 'bt2020',
        matrix: 'bt2020nc',
        range: 'limited',
      },
    ],
    ['with-place', { hasLocation: true }, { ...plain, bitDepth: 8, bitRate: 226936 }],
    ['old-avi', { container: 'other', format: 'avi', hasLocation: false }, { ...plain, codec: 'mpeg4' }],
    ['webm', { container: 'other', format: 'matroska' }, { ...plain, codec: 'vp9', pixelFormat: 'yuv420p' }],
    ['quicktime', { container: 'mov', format: 'mov', hasLocation: false }, plain],
    ['variable-rate', { audio: [] }, { ...plain, fps: 120 / 7, baseFps: 30, pixelFormat: 'yuvj420p', range: 'full' }],
    ['transport-stream', { container: 'other', format: 'mpegts', seconds: 1.023222 }, { ...plain, bitRate: null }],
    ['cover-art', { container: 'mp4' }, plain],
  ])('%s', async (name, probe, video) => {
    const json = await captured(name);
    const found = readProbe(json, 1234, ['ftyp', 'moov', 'mdat']);
    expect(found).toMatchObject({ ...probe, bytes: 1234, moovFirst: true });
    expect(found.video).toMatchObject(video);
  });

  test.each<[string, object, number]>([
    ['Matroska of ffmpeg says when it ends, by its own clock', { tags: { ENCODER: 'Lavf59.27.100' } }, 4],
    ['in WebM too', { format_name: 'matroska,webm', tags: { encoder: 'Lavf60.3.100' } }, 4],
    ['a clock that begins at 0', { start_time: '0.000000', tags: { ENCODER: 'Lavf59.27.100' } }, 9],
    ['Matroska of mkvmerge says how long it is', { tags: { encoder: 'libebml v1.4.2 + libmatroska v1.6.4' } }, 9],
    ['so does MP4', { format_name: 'mov,mp4,m4a', tags: { encoder: 'Lavf59.27.100' } }, 9],
  ])('duration: %s', (_, odd, seconds) => {
    const format = { format_name: 'matroska,webm', duration: '9.000000', start_time: '5.000000', ...odd };
    expect(readProbe(JSON.stringify({ streams: [], format }), 1, []).seconds).toBe(seconds);
  });

  test('sound: every track with channels and sample rate', async () => {
    const found = readProbe(await captured('two-sound-tracks'), 1, []);
    const track = { codec: 'aac', profile: 'LC', channels: 2, sampleRate: 44100 };
    expect(found.audio).toMatchObject([track, track]);
    expect(readProbe(await captured('old-avi'), 1, []).audio).toMatchObject([
      { codec: 'mp3', profile: null, channels: 1, sampleRate: 22050 },
    ]);
  });

  test('a file with sound only has no picture', async () => {
    expect(readProbe(await captured('sound-alone'), 1, [])).toMatchObject({ video: null, container: 'mp4' });
  });

  test('cover art is not a picture', async () => {
    const json = JSON.parse(await captured('cover-art')) as { streams: { codec_name: string }[] };
    expect(json.streams.map((each) => each.codec_name)).toEqual(['h264', 'aac', 'mjpeg']);
    json.streams.shift();
    expect(readProbe(JSON.stringify(json), 1, []).video).toBeNull();
  });

  test('the `rotate` tag of old builds is clockwise', () => {
    const stream = { codec_type: 'video', codec_name: 'h264', tags: { rotate: '90' } };
    const json = JSON.stringify({ streams: [stream], format: { format_name: 'mov,mp4' } });
    expect(readProbe(json, 1, []).video?.rotation).toBe(90);
  });

  test.each([
    [['ftyp', 'moov', 'mdat'], true],
    [['ftyp', 'moov'], true],
    [['ftyp', 'mdat', 'moov'], false],
    [['ftyp', 'mdat'], false],
    [[], false],
  ])('boxes %j: moovFirst %j', async (boxes, moovFirst) => {
    expect(readProbe(await captured('quicktime'), 1, boxes).moovFirst).toBe(moovFirst);
  });

  test.each(['', '{}', 'null', '[]', '{"streams": []}', '{"streams": 1, "format": {}}', 'not json', '{"streams":[]'])(
    '%j is no probe',
    (json) => {
      expect(() => readProbe(json, 1, [])).toThrow(ProgramError);
    },
  );

  test('missing fields and fields of the wrong type are tolerated', () => {
    const streams = [
      { codec_type: 'video', width: 'x', side_data_list: 7, avg_frame_rate: 'a/b', r_frame_rate: '1/0' },
      { codec_type: 7 },
      {},
    ];
    const found = readProbe(JSON.stringify({ streams, format: { format_name: 'avi', duration: 'N/A' } }), 1, []);
    expect(found).toMatchObject({ seconds: 0, audio: [], video: { width: 0, fps: 0, rotation: 0 } });
  });
});

describe.each(pairs)('ffprobe of $name', (pair) => {
  const ffprobe = createFfprobe(pair.ffprobe);
  const probe = (path: string) => ffprobe.probe(path, never);
  let folder: string;
  let compliant: string;
  const make = (name: string, args: readonly string[]) => makeMedia(folder, name, args, pair);

  beforeAll(async () => {
    folder = await temporaryFolder();
    compliant = await make('compliant.mp4', recipes.compliant);
  });

  test('a standard MP4', async () => {
    const { size } = await stat(compliant);
    expect(await probe(compliant)).toMatchObject({
      ...{ container: 'mp4', format: 'mov', moovFirst: true, bytes: size, hasLocation: false },
      video: {
        ...{ codec: 'h264', width: 320, height: 568, rotation: 0, sampleAspect: 1, pixelFormat: 'yuv420p' },
        ...{ bitDepth: 8, fps: 25, baseFps: 25, interlaced: false },
      },
      audio: [{ codec: 'aac', profile: 'LC', channels: 2, sampleRate: 44100 }],
    });
    expect((await probe(compliant)).seconds).toBeCloseTo(1, 1);
  });

  test('moov after mdat', async () => {
    expect((await probe(await make('last.mp4', recipes.moovLast))).moovFirst).toBe(false);
  });

  test('distinguishes MOV from MP4, whatever the file name', async () => {
    const mov = await make('a.mov', ['-i', `file:${compliant}`, '-c', 'copy', '-movflags', '+faststart']);
    const renamed = join(folder, 'is a mov.mp4');
    await copyFile(mov, renamed);
    expect(await probe(renamed)).toMatchObject({ container: 'mov', moovFirst: true });
  });

  test('rotation', async () => {
    const found = await probe(await make('turned.mp4', turned(compliant, pair)));
    expect(found.video).toMatchObject({ width: 320, height: 568, rotation: 90 });
  });

  test('sample aspect', async () => {
    expect((await probe(await make('wide.mp4', recipes.anamorphic))).video).toMatchObject({
      ...{ width: 426, height: 568, sampleAspect: 0.75 },
    });
  });

  test('interlaced', async () => {
    expect((await probe(await make('fields.mp4', recipes.interlaced))).video?.interlaced).toBe(true);
  });

  test('a location', async () => {
    expect((await probe(await make('place.mp4', recipes.withPlace))).hasLocation).toBe(true);
  });

  test('HDR', async ({ skip }) => {
    skip(!(await hasEncoder(pair, 'libx265', 'yuv420p10le')), 'this ffmpeg has no x265 for 10 bits');
    expect((await probe(await make('hdr.mp4', recipes.hdr))).video).toMatchObject({
      ...{ codec: 'hevc', transfer: 'smpte2084', bitDepth: 10 },
    });
  });

  test('other containers', async () => {
    expect(await probe(await make('a.mkv', recipes.matroska))).toMatchObject({
      ...{ container: 'other', format: 'matroska', moovFirst: false },
    });
    expect(await probe(await make('a.avi', recipes.oldAvi))).toMatchObject({
      ...{ container: 'other', format: 'avi', video: { codec: 'mpeg4' }, audio: [{ codec: 'mp3', channels: 1 }] },
    });
  });

  test('sound that starts long after the picture in Matroska', async () => {
    const late = ['-itsoffset', '8', '-f', 'lavfi', '-i', 'sine=frequency=440:duration=1'];
    const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=64x64:rate=5:duration=9'];
    const found = await probe(await make('late.mkv', [...picture, ...late, '-c:v', 'mpeg4', '-c:a', 'aac']));
    expect(found.audio[0]?.startsAt).toBeCloseTo(8, 1);
  });

  test("MPEG-TS, on which npm's ffprobe for Linux crashes without the workaround", async () => {
    const stream = await make('a.ts', ['-i', `file:${compliant}`, '-c', 'copy', '-metadata', 'service_name=Ünïcödé']);
    expect(await probe(stream)).toMatchObject({ container: 'other', format: 'mpegts', video: { codec: 'h264' } });
  });

  test('no sound, or no picture', async () => {
    expect((await probe(await make('silent.mp4', recipes.noSound))).audio).toEqual([]);
    expect((await probe(await make('sound.m4a', recipes.soundAlone))).video).toBeNull();
  });

  test.each([0.5, 0.97])('a download truncated at %d of its bytes', async (share) => {
    const bytes = await readFile(compliant);
    const path = join(folder, 'broken.mp4');
    await writeFile(path, bytes.subarray(0, Math.floor(bytes.length * share)));
    await expect(probe(path)).rejects.toThrow(/^it ends \d+ bytes early$/);
    await expect(probe(path)).rejects.toThrow(ProgramError);
  });

  test('a download truncated before moov', async () => {
    const bytes = await readFile(await make('moov last.mp4', recipes.moovLast));
    const path = join(folder, 'no moov.mp4');
    await writeFile(path, bytes.subarray(0, bytes.length / 2));
    await expect(probe(path)).rejects.toThrow(ProgramError);
  });

  test('a huge number of boxes', async () => {
    const path = join(folder, 'boxes.mp4');
    const box = Buffer.from('\0\0\0\x08free');
    await writeFile(path, Buffer.concat([await readFile(compliant), Buffer.alloc(8 * 200_000, box)]));
    expect(await probe(path)).toMatchObject({ container: 'mp4', moovFirst: true });
  });

  test.each([
    ['text', 'Hello, this is no video.\n'.repeat(50)],
    ['nothing', ''],
    ['zeros', '\0'.repeat(5000)],
    ['a web page', '<!DOCTYPE html><html><body>Sign in</body></html>'],
  ])('%s named .mp4', async (name, content) => {
    const path = join(folder, `${name}.mp4`);
    await writeFile(path, content);
    await expect(probe(path)).rejects.toThrow(ProgramError);
    await expect(probe(path)).rejects.not.toThrow(path);
  });

  test('playlists and scripts named .mp4 open no other file', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end();
    });
    let connections = 0;
    server.on('connection', () => connections++);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const bait = join(folder, 'bait.ts');
    await writeFile(
      bait,
      await readFile(await make('real.ts', ['-i', `file:${compliant}`, '-c', 'copy', '-f', 'mpegts'])),
    );
    const before = await readTime(bait);
    const scripts = [
      `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n${address}/segment.ts\n#EXT-X-ENDLIST\n`,
      `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile://${bait}\n#EXT-X-ENDLIST\n`,
      '#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n',
      `ffconcat version 1.0\nfile '${bait.replaceAll("'", "'\\''")}'\n`,
      `ffconcat version 1.0\nfile ${address}/concat.mp4\n`,
      `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"><Period><AdaptationSet><Representation id="1"><BaseURL>${address}/</BaseURL></Representation></AdaptationSet></Period></MPD>`,
      `v=0\no=- 0 0 IN IP4 127.0.0.1\ns=-\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 9 RTP/AVP 96\n`,
    ];
    try {
      for (const [index, script] of scripts.entries()) {
        const path = join(folder, `script ${index}.mp4`);
        await writeFile(path, script);
        const error: unknown = await probe(path).catch((caught: unknown) => caught);
        expect(error, script).toBeInstanceOf(ProgramError);
        expect((error as ProgramError).lastLines).not.toContain('root:');
      }
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
    expect(connections).toBe(0);
    expect(asked).toEqual([]);
    expect(await readTime(bait)).toBe(before);
  });

  test('file names are never read as options or URLs', async () => {
    for (const name of ['-i.mp4', 'a:b.mp4', "it's 100%d.mp4", '%03d.mp4', 'a b.mp4']) {
      const path = join(folder, name);
      await copyFile(compliant, path);
      expect(await probe(path)).toMatchObject({ container: 'mp4' });
    }
  });

  test('the command in an error can be pasted', async ({ skip }) => {
    skip(process.platform === 'win32', 'the shell is sh');
    const path = join(folder, "it's $HOME; no video.mp4");
    await writeFile(path, 'text');
    const error = (await probe(path).catch((caught: unknown) => caught)) as ProgramError;
    const pasted = await outside('sh', ['-c', error.command]).catch((caught: unknown) => caught);
    expect((pasted as { stderr: string }).stderr).toContain("it's $HOME; no video.mp4: Invalid data");
    expect(error.message).toBe('Invalid data found when processing input');
  });

  test('reports a program that crashes', async ({ skip }) => {
    skip(process.platform === 'win32', 'the stand-in is a shell script');
    const crashing = join(folder, 'crashing');
    await writeFile(crashing, '#!/bin/sh\nkill -SEGV $$\n', { mode: 0o755 });
    await expect(createFfprobeProgram(crashing).probe(compliant, never)).rejects.toThrow('it crashed (SIGSEGV)');
  });

  test('reports a missing file', async () => {
    await expect(probe(join(folder, 'absent.mp4'))).rejects.toThrow(ProgramError);
  });

  test('interrupted', async () => {
    await expect(ffprobe.probe(compliant, AbortSignal.abort())).rejects.toThrow(InterruptedError);
  });
});

/** When the file was last read, as far as this disk notes it. */
async function readTime(path: string): Promise<number> {
  const file = await open(path);
  try {
    return (await file.stat()).atimeMs;
  } finally {
    await file.close();
  }
}

describe('a location that ffprobe does not report', () => {
  test.each<[string, string, boolean]>([
    ['subtitles in which a drone tells where it is', 'GPS(13.3777,52.5163,18) D 5.2m, H 100m', true],
    ['subtitles in which somebody speaks', 'Good morning, Berlin! It is 7.30.', false],
  ])('%s', async (_odd, words, hasLocation) => {
    const folder = await temporaryFolder();
    const lines = join(folder, 'lines.srt');
    await writeFile(lines, `1\n00:00:00,000 --> 00:00:00,900\n${words}\n`);
    const streams = ['-i', `file:${lines}`, ...[0, 1, 2].flatMap((each) => ['-map', `${each}`]), '-c:s', 'mov_text'];
    const inputs = [...picture('96x160'), ...tone()];
    const path = await makeMedia(folder, 'told.mp4', [
      ...[...inputs, ...streams, ...recipes.compliant.slice(inputs.length)],
    ]);
    for (const { ffprobe } of pairs) {
      expect((await createFfprobe(ffprobe).probe(path, never)).hasLocation).toBe(hasLocation);
    }
  });

  const box = (type: string, content: Buffer) => {
    const header = Buffer.alloc(8);
    header.writeUInt32BE(content.length + 8, 0);
    header.write(type, 4, 'latin1');
    return Buffer.concat([header, content]);
  };

  test.each<[string, Buffer, boolean]>([
    ['XMP', box('uuid', Buffer.from('<rdf exif:GPSLatitude="38,43N"/>')), true],
    ["a track of GoPro's", box('udta', Buffer.from('stsd\0\0\0\0\0\0\0\x01\0\0\0\x10gpmd')), true],
    ['a padding', box('free', Buffer.from('GPSLatitude')), false],
    ['another note', box('uuid', Buffer.from('<rdf dc:title="loci"/>')), false],
  ])('%s', async (_odd, more, hasLocation) => {
    const folder = await temporaryFolder();
    const path = await makeMedia(folder, 'with-note.mp4', recipes.compliant);
    await writeFile(path, Buffer.concat([await readFile(path), more]));
    for (const { ffprobe } of pairs) {
      expect((await createFfprobe(ffprobe).probe(path, never)).hasLocation).toBe(hasLocation);
    }
  });
});
