import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { runPort } from './e2e/run-port.ts';

/** What people read, and what the program says of itself. */
const readme = await readFile(resolve(import.meta.dirname, '../README.md'), 'utf8');
const { stdout: help } = await runPort(['--help'], import.meta.dirname);
const flags = (text: string) => [...text.matchAll(/(?<![\w-])--[a-z][a-z-]+/g)].map(([flag]) => flag);

it("README's table has every option of the main job, and no other", () => {
  const section = /## Options\n([\s\S]*?)\n## /.exec(readme)?.[1] ?? '';
  const rows = [...section.matchAll(/^\| ([^|]*--[^|]*) \|/gm)].flatMap(([, cell]) => flags(cell ?? ''));
  const offered = [...help.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, flag]) => flag ?? '');
  expect(offered.length).toBeGreaterThan(30);
  const everywhere = ['--help', '--version'];
  expect([...new Set(rows)].sort()).toEqual([...new Set(offered)].filter((flag) => !everywhere.includes(flag)).sort());
});

it('README names every command', () => {
  const commands = [...(help.split('Other commands:')[1] ?? '').matchAll(/^ {2}([a-z-]+) /gm)].map(([, name]) => name);
  expect(commands.length).toBeGreaterThan(4);
  for (const command of commands) expect(readme).toContain(`port ${command}`);
});

it('no line of the help is wider than a terminal', () => {
  for (const line of help.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});
