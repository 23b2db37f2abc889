import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ProgramError } from '../../src/errors.ts';
import { machineIssue } from '../../src/model/machine-errors.ts';
import type { FfmpegJob } from '../../src/model/render-job.ts';
import { createFfmpeg } from '../../src/tools/ffmpeg.ts';
import { corrections } from '../../src/tools/mp4-durations.ts';
import { temporaryFolder } from '../media.ts';
import { pairs } from '../programs.ts';

const never = new AbortController().signal;
const card = (seconds: number) => [{ options: [], source: { lavfi: `testsrc=size=64x48:rate=5:duration=${seconds}` } }];
const raw = ['-pix_fmt', 'rgb24', '-f', 'rawvideo'];
const frameBytes = 64 * 48 * 3;
let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
});

/** A stand-in that gets the arguments of ffmpeg, to end in ways in which that seldom does. */
function standIn(name: string, script: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return path;
}

describe.each(pairs)('what ffmpeg of $name writes', (pair) => {
  const ffmpeg = createFfmpeg(pair.ffmpeg, pair.libavcodec);

  it('as frames is handed on frame by frame, the same bytes as of a capture', async () => {
    const job = { inputs: card(1), outputOptions: raw };
    const whole = await ffmpeg.capture(job, 1e6, never);
    const kept: Uint8Array[] = [];
    await ffmpeg.frames(job, frameBytes, never, (frame) => kept.push(frame) > 0);
    expect(kept).toHaveLength(5);
    expect(Buffer.concat(kept).equals(whole)).toBe(true);
    const passed: Buffer[] = [];
    await ffmpeg.frames(job, frameBytes, never, (frame) => {
      passed.push(Buffer.from(frame));
      return false;
    });
    expect(Buffer.concat(passed).equals(whole)).toBe(true);
    let large = 0;
    await ffmpeg.frames(job, 2 * frameBytes, never, () => ++large < 0);
    expect(large).toBe(2);
  });

  it('as lines is handed on line by line, the same text as of a capture', async () => {
    const job = { inputs: card(1), outputOptions: ['-f', 'framemd5'] };
    const lines: string[] = [];
    await ffmpeg.lines(job, never, (line) => lines.push(line));
    expect(`${lines.join('\n')}\n`).toBe(Buffer.from(await ffmpeg.capture(job, 1e6, never)).toString());
  });

  it('of what it was given on stdin', async () => {
    const wave = await ffmpeg.capture(
      { inputs: [{ options: [], source: { lavfi: 'sine=duration=0.1' } }], outputOptions: ['-f', 'wav'] },
      1e6,
      never,
    );
    const stdin = [wave.subarray(0, 1000), wave.subarray(1000)];
    const job = { inputs: [{ options: ['-f', 'wav'], source: { stdin } }], outputOptions: ['-f', 's16le'] };
    expect(await ffmpeg.capture(job, 1e6, never)).toHaveLength(0.1 * 44_100 * 2);
  });

  it('has the durations of its edit lists in an MP4', async () => {
    const output = join(folder, `${pair.libavcodec[0]}.mp4`);
    const sound = { options: [], source: { lavfi: 'sine=duration=1' } };
    const options = ['-c:v', 'mpeg4', '-c:a', 'aac', '-movflags', '+faststart', '-f', 'mp4'];
    await ffmpeg.run({ inputs: [...card(1), sound], outputOptions: options, output }, never);
    const file = readFileSync(output);
    const at = file.indexOf('moov', 0, 'latin1') - 4;
    expect(corrections(file.subarray(at, at + file.readUInt32BE(at)))).toEqual([]);
  });

  it('of a report is its log, no line of its progress, forty lines at most', async () => {
    const report = await ffmpeg.report({ inputs: card(20), outputOptions: ['-vf', 'showinfo', '-f', 'null'] }, never);
    expect(report).toHaveLength(40);
    expect(report.join('\n')).toContain('showinfo');
    expect(report.join('\n')).not.toMatch(/^(?:out_time|progress)=/m);
  });

  it('where its source is missing, or its folder: the fault of neither video nor program', async () => {
    const source = join(folder, 'absent.mp4');
    const inputs = [{ options: [], source: { file: source } }];
    const job: FfmpegJob = { inputs, outputOptions: ['-f', 'null'], output: '-' };
    const missing: unknown = await ffmpeg.run(job, never).catch((error: unknown) => error);
    expect(machineIssue(missing)).toMatchObject({ code: 'file-gone', actual: source });
    const output = join(folder, 'no such folder', 'a.mp4');
    const nowhere: unknown = await ffmpeg
      .run({ inputs: card(1), outputOptions: ['-c:v', 'mpeg4'], output }, never)
      .catch((error: unknown) => error);
    expect(machineIssue(nowhere)).toMatchObject({ code: 'file-gone', actual: join(folder, 'no such folder') });
  });
});

describe.skipIf(process.platform === 'win32')('a program in place of ffmpeg', () => {
  const job = (output = '-'): FfmpegJob => ({ inputs: card(1), outputOptions: ['-f', 'null'], output });

  it('that prints its progress: each time is reported, and its last line without an end too', async () => {
    const told: number[] = [];
    const path = standIn(
      'progress',
      `printf 'frame=1\\rout_time=00:00:01.5\\r\\n' >&2; printf 'out_time=00:00:02.0\\n' >&2; printf 'out_time=00:00:03.0' >&2`,
    );
    await createFfmpeg(path).run(job(), never, (seconds) => told.push(seconds));
    expect(told).toEqual([1.5, 2, 3]);
  });

  it('that prints lines, the last without an end', async () => {
    const lines: string[] = [];
    const path = standIn('lines', `printf 'one\\ntw'; sleep 0.1; printf 'o\\n\\nthree'`);
    await createFfmpeg(path).lines(job(), never, (line) => lines.push(line));
    expect(lines).toEqual(['one', 'two', '', 'three']);
    const ended: string[] = [];
    await createFfmpeg(standIn('ended', 'echo one')).lines(job(), never, (line) => ended.push(line));
    expect(ended).toEqual(['one']);
  });

  it('that fails: its last forty lines without those of its progress, and how it ended', async () => {
    const script = `i=0; while [ $i -lt 50 ]; do echo "line $i" >&2; echo "frame=$i" >&2; i=$((i + 1)); done; exit 1`;
    const error: unknown = await createFfmpeg(standIn('fails', script))
      .run(job(), never)
      .catch((thrown) => thrown);
    expect(error).toBeInstanceOf(ProgramError);
    const lines = Array.from({ length: 40 }, (_, at) => `line ${at + 10}`);
    expect(error).toMatchObject({ message: 'line 49', lastLines: lines.join('\n') });
    const killed: unknown = await createFfmpeg(standIn('killed', 'kill -9 $$'))
      .run(job(), never)
      .catch((thrown) => thrown);
    expect(machineIssue(killed)).toMatchObject({ code: 'program-killed', limit: 'SIGKILL' });
  });

  it('that takes none of what it is given ends as it wants', async () => {
    const given = [{ options: [], source: { stdin: [Buffer.alloc(1e6)] } }];
    const path = standIn('deaf', 'exec <&-; echo out');
    const output = await createFfmpeg(path).capture({ inputs: given, outputOptions: [] }, 100, never);
    expect(Buffer.from(output).toString()).toBe('out\n');
  });

  it('gets nothing on stdin where nothing is given, and its output is its file', async () => {
    const path = standIn('reads', `cat; for each; do last="$each"; done; echo done > "\${last#file:}"`);
    const output = join(folder, 'made.txt');
    await createFfmpeg(path).run(job(output), never);
    expect(existsSync(output) && readFileSync(output, 'utf8')).toBe('done\n');
  });

  it('is asked for its version only where it matters', async () => {
    const path = standIn(
      'old',
      `[ "$2" = -version ] && exec echo 'ffmpeg version 4.2\nlibavcodec     58. 54.100 / 58. 54.100'; echo "$@"`,
    );
    const { capture } = createFfmpeg(path);
    const said = async (...outputOptions: string[]) =>
      Buffer.from(await capture({ inputs: card(1), outputOptions }, 10_000, never)).toString();
    expect(await said('-fps_mode', 'cfr')).toMatch(/ -vsync cfr /);
    expect(await said('-r', '30')).not.toContain('-vsync');
  });
});
