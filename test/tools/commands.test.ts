import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { InterruptedError } from '../../src/errors.ts';
import { type CommandOptions, createCommands } from '../../src/tools/commands.ts';
import { temporaryFolder } from './folder.ts';

const never = new AbortController().signal;
/** Runs a script with Node. */
const run = async (script: string, odd: Partial<CommandOptions> = {}) =>
  createCommands().run([process.execPath, '-e', script], { seconds: 60, outputBytes: 1000, signal: never, ...odd });

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('a program that the user names', () => {
  it.each<[string, string, Partial<CommandOptions>, string]>([
    ['what it prints', 'process.stdout.write("a\\nb")', {}, 'a\nb'],
    ['its stdin', 'process.stdin.pipe(process.stdout)', { input: 'Möwen' }, 'Möwen'],
    ['nothing on its stdin', 'process.stdin.on("end", () => console.log("end")).resume()', {}, 'end\n'],
    ['its variables', 'console.log(process.env.PORT_A, process.env.PORT_B)', {}, 'one two\n'],
    [
      'no variable that is kept from it',
      'console.log(process.env.PORT_A, process.env.PORT_B)',
      { without: ['PORT_A'] },
      'undefined two\n',
    ],
  ])('gets and gives %s', async (_name, script, odd, output) => {
    vi.stubEnv('PORT_A', 'one');
    vi.stubEnv('PORT_B', 'two');
    expect(await run(script, odd)).toEqual({ output, failure: null });
  });

  it('hands on each line as it is printed: letters cut in two are joined, the last needs no line break', async () => {
    const lines: string[] = [];
    const script = `
      process.stdout.write(Buffer.from('one\\nM\\u00f6').subarray(0, 6));
      setTimeout(() => process.stdout.write(Buffer.concat([Buffer.from([0xb6]), Buffer.from('wen\\n\\nlast')])), 100);`;
    const { output, failure } = await run(script, { onLine: (line) => lines.push(line) });
    expect([output, failure, lines]).toEqual(['', null, ['one', 'Möwen', '', 'last']]);
  });

  it.each<[string, string, Partial<CommandOptions>, RegExp]>([
    ['fails', 'console.log("half"); console.error("no model"); process.exit(3)', {}, /^it failed \(.*no model/],
    ['takes too long', 'console.log("half"); setTimeout(() => {}, 60_000)', { seconds: 1 }, /took longer than 1 s/],
    ['prints too much', 'setInterval(() => console.log("half"), 1)', { outputBytes: 100 }, /printed too much/],
  ])('that %s: what it printed, and the reason', async (_name, script, odd, reason) => {
    const { output, failure } = await run(script, odd);
    expect(output).toMatch(/^half/);
    expect(failure).toMatch(reason);
  });

  it.skipIf(process.platform === 'win32')(
    'whose own program stays and holds its output open, out of reach: it is not waited for',
    async () => {
      const script = `
        const { spawn } = require('node:child_process');
        spawn('sleep', ['30'], { detached: true, stdio: 'inherit' }).unref();
        console.log('half');`;
      const { output, failure } = await run(script, { seconds: 2 });
      expect([output, failure]).toEqual(['half\n', expect.stringContaining('took longer than 2 s')]);
    },
    15_000,
  );

  it('that is not there: the reason', async () => {
    const path = join(temporaryFolder(), 'none');
    const result = await createCommands().run([path], { seconds: 60, outputBytes: 1000, signal: never });
    expect(result).toEqual({ output: '', failure: 'there is no such program' });
  });

  it.skipIf(process.platform === 'win32')('that is a folder: the reason', async () => {
    const result = await createCommands().run([temporaryFolder()], { seconds: 60, outputBytes: 1000, signal: never });
    expect(result).toEqual({ output: '', failure: 'it cannot be started (EACCES)' });
  });

  it('that runs when the user interrupts: ends with it', async () => {
    const stop = new AbortController();
    const running = run('console.log("ready"); setTimeout(() => {}, 60_000)', {
      signal: stop.signal,
      onLine: () => stop.abort(),
    });
    await expect(running).rejects.toThrow(InterruptedError);
  });
});
