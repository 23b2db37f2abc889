import { join } from 'node:path';
import { expect } from 'vitest';
import { expectConsistentFolder } from '../e2e/accounting.ts';
import { fixture } from '../e2e/run-port.ts';
import { outcome, printed } from './compare.ts';
import type { AddScenario } from './scenario.ts';

export function mainJobScenarios(scenario: AddScenario): void {
  scenario('the fixture to all platforms, and again', async ({ port, typed, folder }) => {
    const args = [typed(fixture('export.zip')), '--to', 'all', '--no-listing'];
    const account = join(folder, 'ported/maya');
    const first = await port(args, folder);
    expect(first.code, first.stderr).toBe(0);
    await expectConsistentFolder(account);
    const after = outcome(account);
    const second = await port(args, folder);
    expect(second.stderr).toMatch(/already there/);
    expect(second.stderr).not.toMatch(/\((?:copy|remux|transcode|slideshow|image)/);
    expect(outcome(account)).toEqual(after);
    return { after, first: printed(first), second: printed(second) };
  });

  scenario('an export full of trouble', async ({ port, typed, folder }) => {
    const args = [typed(fixture('trouble.zip')), '--to', 'all', '--slide-seconds', '1', '--no-listing', '--offline'];
    const ran = await port(args, folder);
    const account = join(folder, 'ported/maya_trouble');
    await expectConsistentFolder(account);
    return { ran: printed(ran), after: outcome(account) };
  });
}
