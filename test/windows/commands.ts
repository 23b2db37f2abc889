import { join } from 'node:path';
import { expect } from 'vitest';
import { fixture } from '../e2e/run-port.ts';
import { printed } from './compare.ts';
import type { AddScenario } from './scenario.ts';

export function commandsScenarios(scenario: AddScenario): void {
  scenario('inspect, check of files and of a folder, and a dry run', async ({ port, typed, small, folder }) => {
    await small.copy(folder);
    const media = typed(join(folder, 'media'));
    const ran = [
      await port(['inspect', typed(fixture('export.zip'))], folder),
      await port(['check', '--to', 'rednote,shorts', media], folder),
      await port(['export.json', '--media', media, '--to', 'rednote', '--offline', '--dry-run'], folder),
    ];
    expect(ran.map(({ code }) => code)).not.toContain(null);
    return ran.map(printed);
  });

  scenario('doctor finds all that a run needs', async ({ port, folder }) => {
    const { code, stdout, stderr } = await port(['doctor', '--json'], folder);
    expect(code, stderr).toBe(0);
    const { programs, images, output } = JSON.parse(stdout);
    return {
      programs: programs.map((program: { name: string; from: string; path?: string }) => [
        program.name,
        'path' in program,
      ]),
      formats: images.reads,
      writable: output.writable,
    };
  });
}
