import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { workFolder } from '../e2e/run-port.ts';
import { openWine } from '../windows/wine.ts';

/** What a person double-clicks on Windows, under wine's cmd.exe with a real node.exe. */
const wine = await openWine(false);
if (typeof wine === 'string') console.warn(`NOT TESTED: what is double-clicked on Windows: ${wine}`);
const work = await workFolder();
afterAll(work.remove);

describe.skipIf(typeof wine === 'string')('Open content-port.cmd', () => {
  const bundle = join(work.path, 'my port & it’s (小) ^!x!');
  const name = 'Open content-port.cmd';

  function open(code: number) {
    if (typeof wine === 'string') throw new Error(wine);
    const output = join(work.path, 'output');
    const file = openSync(output, 'w');
    let status = 0;
    try {
      const env = { ...wine.environment, CODE: String(code) };
      execFileSync(wine.wine, ['cmd', '/c', name], {
        cwd: bundle,
        env,
        stdio: ['ignore', file, file],
        timeout: 120_000,
      });
    } catch (error) {
      status = (error as { status: number }).status;
    }
    return { status, text: readFileSync(output, 'utf8').replaceAll('\r', '') };
  }

  function put(program: string) {
    rmSync(bundle, { recursive: true, force: true });
    mkdirSync(join(bundle, 'app/bin'), { recursive: true });
    const text = readFileSync(resolve(import.meta.dirname, '../../packaging/open.cmd'), 'utf8');
    writeFileSync(join(bundle, name), text.replace(/\n/g, '\r\n'));
    if (typeof wine !== 'string') copyFileSync(wine.nodeExe, join(bundle, 'node.exe'));
    writeFileSync(join(bundle, 'app/bin/port.js'), program);
  }
  const program = 'console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = Number(process.env.CODE)';

  it('starts the studio with its folder in the user folder, from a path with odd signs, and closes its window', () => {
    put(program);
    const { status, text } = open(0);
    expect(status, text).toBe(0);
    expect(text).toContain('content-port opens in your browser.');
    expect(text).toMatch(/\["studio","--out","C:\\\\users\\\\[^\\]+\\\\content-port"\]/);
    expect(text).not.toContain('Press any key');
  });

  it('an error stays readable, and is its exit code', () => {
    put(program);
    const { status, text } = open(2);
    expect(status).toBe(2);
    expect(text).toContain('has ended with an error: see above.');
    expect(text).toContain('Press any key');
  });

  it('opened inside of a ZIP, where nothing is beside it: says to unpack it', () => {
    put(program);
    rmSync(join(bundle, 'app'), { recursive: true });
    const { status, text } = open(0);
    expect(status).toBe(2);
    expect(text).toContain('Unpack the ZIP first');
  });
});
