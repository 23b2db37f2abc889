import type { SmallArchives } from './archives.ts';
import type { System } from './systems.ts';

/** What happens on one system. */
export interface Scenario extends System {
  /** Of this machine, new for each scenario and system. */
  readonly folder: string;
  readonly small: SmallArchives;
}

/**
 * Adds a test that does the same on Linux and on Windows, and compares.
 * @param act what is done on each; returns all that has to be equal
 * @param options `short`: CI runs it too
 */
export type AddScenario = (
  name: string,
  act: (scenario: Scenario) => Promise<unknown>,
  options?: { readonly short?: boolean },
) => void;
