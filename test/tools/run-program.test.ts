import { describe, expect, it, vi } from 'vitest';
import { InterruptedError, ProgramError } from '../../src/errors.ts';
import { collectOutput, type ProgramLimits, runProgram } from '../../src/tools/run-program.ts';
import { isRunning } from './is-running.ts';

const run = async (script: string, odd: Partial<ProgramLimits> = {}) =>
  runProgram('/bin/sh', ['-c', script], { seconds: 20, outputBytes: 10_000, ...odd });
const collect = async (script: string, odd: Partial<ProgramLimits> = {}) =>
  collectOutput('/bin/sh', ['-c', script], { seconds: 20, outputBytes: 10_000, ...odd });

describe.skipIf(process.platform === 'win32')('a small program', () => {
  it.each<[string, string, Partial<ProgramLimits>, string]>([
    ['its output', 'printf "one\\ntwo"', {}, 'one\ntwo'],
    ['its output up to the limit', 'printf 0123456789', { outputBytes: 10 }, '0123456789'],
    ['what it reads', 'cat', { input: 'Möwen' }, 'Möwen'],
    ['what it reads, where it does not', 'exec <&-; echo done', { input: 'x'.repeat(1e6) }, 'done\n'],
    ['nothing to read', 'cat; echo end', {}, 'end\n'],
    ['an environment in place of ours', 'echo "$A,$HOME"', { env: { A: 'a' } }, 'a,\n'],
    ['no converters of character sets, which crash a static ffprobe', 'echo $GCONV_PATH', {}, '/dev/null\n'],
  ])('gets or gives %s', async (_odd, script, odd, output) => {
    expect(await run(script, odd)).toBe(output);
  });

  it('hands on its output in chunks, and what it says besides where it succeeds', async () => {
    const chunks: string[] = [];
    const said: string[] = [];
    const odd = {
      onChunk: (chunk: Buffer) => chunks.push(chunk.toString()),
      onErrors: (errors: string) => said.push(errors),
    };
    expect(await run('echo out; echo aside >&2', odd)).toBe('');
    expect([chunks.join(''), said]).toEqual(['out\n', ['aside\n']]);
    await expect(run('echo no >&2; exit 1', odd)).rejects.toThrow('no');
    expect(said).toHaveLength(1);
  });

  it('tells the last 2000 letters of its errors', async () => {
    const script = 'i=0; while [ $i -lt 300 ]; do echo "line $i of many" >&2; i=$((i + 1)); done';
    const { errors } = await collect(script);
    expect(errors).toHaveLength(2000);
    expect(errors).toMatch(/line 299 of many\n$/);
  });

  it('that fails: its words, its command for a shell, and its last lines', async () => {
    const error = await run('echo "one thing" >&2; echo >&2; echo "the reason" >&2; exit 3').catch((thrown) => thrown);
    expect(error).toBeInstanceOf(ProgramError);
    expect(error).toMatchObject({ message: 'the reason', lastLines: 'one thing\nthe reason' });
    expect(error.command).toMatch(/^\/bin\/sh -c '/);
  });

  it.each<[string, string, Partial<ProgramLimits>, string]>([
    ['prints too much', 'echo half; sleep 0.2; while :; do echo more; done', { outputBytes: 1000 }, 'printed too much'],
    ['takes too long', 'echo half; echo why >&2; exec sleep 20', { seconds: 0.5 }, 'took longer than 0.5 s'],
  ])('that %s: stopped, with what it printed', async (_odd, script, odd, failure) => {
    const printed = await collect(script, odd);
    expect(printed).toMatchObject({ failure, ended: null });
    expect(`half\n${'more\n'.repeat(200)}`.startsWith(printed.output) && printed.output.length <= 1000).toBe(true);
    const error = await run(script, odd).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(ProgramError);
    expect(error).toMatchObject({ message: failure, lastLines: expect.stringMatching(/^(?:why\n)?$/) });
  });

  it('that is stopped ends at once, and so does what it started', async () => {
    const begun = performance.now();
    const { errors } = await collect('sleep 30 & echo $! >&2; wait', { seconds: 0.5 });
    expect(performance.now() - begun).toBeLessThan(15_000);
    const [pid] = errors.trim().split('\n').map(Number);
    await vi.waitFor(() => expect(isRunning(pid ?? 0)).toBe(false), { timeout: 5000 });
  });

  it('that failed by itself: how it ended', async () => {
    const reads = '/x/a.mp4';
    expect(await collect('echo no >&2; exit 3', { reads })).toEqual({
      ...{ output: '', failure: 'no', errors: 'no\n' },
      ended: { path: '/bin/sh', code: 3, signal: null, lines: ['no'], reads: [reads] },
    });
    expect((await collect('kill -SEGV $$')).ended).toMatchObject({ code: null, signal: 'SIGSEGV', reads: [] });
  });

  it.each([
    ['before it began', () => AbortSignal.abort()],
    ['while it is at work', () => AbortSignal.timeout(100)],
  ])('that is interrupted %s ends', async (_odd, signal) => {
    const begun = performance.now();
    await expect(run('sleep 20', { signal: signal() })).rejects.toThrow(InterruptedError);
    expect(performance.now() - begun).toBeLessThan(10_000);
  });

  it('that is not there is an error of the system', async () => {
    await expect(runProgram('/nowhere/tool', [], { seconds: 1, outputBytes: 1 })).rejects.toMatchObject({
      ...{ code: 'ENOENT', syscall: 'spawn /nowhere/tool' },
    });
  });
});
