import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workFolder } from '../e2e/run-port.ts';
import { smallArchives } from './archives.ts';
import { commandsScenarios } from './commands.ts';
import { filesScenarios } from './files.ts';
import { mainJobScenarios } from './main-job.ts';
import { namesScenarios } from './names.ts';
import type { AddScenario } from './scenario.ts';
import { linux, type System, windows } from './systems.ts';
import { openWine } from './wine.ts';

/**
 * The built program on Windows, under wine, and on Linux: the same statuses, exit codes, documents and hashes. `npm run
 * test:windows` runs all scenarios; other runs have time for a few.
 */
const runsAll = process.env['PORT_WINDOWS'] === 'all';

const wine = await openWine(runsAll);
if (typeof wine === 'string') {
  if (runsAll) throw new Error(`Nothing can be run on Windows: ${wine}`);
  console.warn(
    `\n*** NOT CHECKED: port on Windows, since ${wine}.\n*** Its documents, paths, locks and hashes there are untested in this run. ***\n`,
  );
}
const work = await workFolder();
let opened: Awaited<ReturnType<typeof windows>> | null = null;
beforeAll(async () => {
  if (typeof wine !== 'string') opened = await windows(wine);
});
afterAll(async () => {
  opened?.close();
  await work.remove();
});
const small = smallArchives(join(work.path, 'small'));

const scenario: AddScenario = (name, act, { short = false } = {}) => {
  if (!short && !runsAll) return;
  it.skipIf(typeof wine === 'string')(
    name,
    async () => {
      const on = async (system: System) => {
        const folder = join(work.path, name.replace(/[^\w]+/g, '-').slice(0, 40), system.name);
        mkdirSync(folder, { recursive: true });
        return await act({ ...system, small, folder });
      };
      const expected = await on(linux());
      if (opened === null) throw new Error('Windows was not set up.');
      expect(await on(opened.system)).toEqual(expected);
    },
    1_200_000,
  );
};

describe('the built program on Windows does what it does on Linux', () => {
  mainJobScenarios(scenario);
  namesScenarios(scenario);
  filesScenarios(scenario);
  commandsScenarios(scenario);
});
