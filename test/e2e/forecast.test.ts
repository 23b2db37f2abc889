import { join } from 'node:path';
import { expect, it } from 'vitest';
import { combineSettings } from '../../src/config/config-file.ts';
import { checkOptions } from '../../src/config/options.ts';
import type { RunEvent } from '../../src/model/event.ts';
import { port } from '../../src/pipeline/port.ts';
import { createTools } from '../../src/tools/create-tools.ts';
import { temporaryFolder } from '../tools/folder.ts';
import { fixture } from './run-port.ts';

const [made, open] = ['2025-03-02_09-15-04', '2025-08-16_06-30-22'] as const;

/** Runs as at a terminal, and keeps what is told of posts and of what there is to do. */
async function run(out: string, ...only: string[]) {
  const told: string[] = [];
  const hear = (event: RunEvent) => {
    if (event.type === 'post' && event.status !== 'held')
      told.push(`${event.unchanged ? 'there' : 'made'} ${event.key}`);
    if (event.type === 'forecast') {
      const { posts, lookedAt, unchanged, works } = event;
      told.push(
        `of ${posts}, ${lookedAt} looked at: ${unchanged} there, ${works.copy} to copy, ${works.image} to draw`,
      );
    }
  };
  const settings = combineSettings({ to: 'rednote', only, out, offline: true }, null, checkOptions);
  const { exitCode } = await port(
    [fixture('export.zip')],
    settings,
    await createTools(),
    hear,
    new AbortController().signal,
    {
      forecasts: true,
    },
  );
  expect(exitCode).toBe(0);
  return told;
}

it('what is there already is reported first and counts in the forecast; then comes what there is to do', async () => {
  const out = join(temporaryFolder(), 'ported');
  expect(await run(out, made)).toEqual(['of 1, 1 looked at: 0 there, 1 to copy, 0 to draw', `made ${made}`]);
  const [there, forecast, ...rest] = await run(out, made, open);
  expect([there, rest]).toEqual([`there ${made}`, [`made ${open}`]]);
  expect(forecast).toMatch(/^of 2, 2 looked at: 1 there, /);
  expect(await run(out, made, open)).toEqual([
    `there ${open}`,
    `there ${made}`,
    'of 2, 2 looked at: 2 there, 0 to copy, 0 to draw',
  ]);
});
