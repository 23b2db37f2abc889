import { createRequire } from 'node:module';
import { ToolMissingError } from '../errors.ts';
import { machineIssue } from '../model/machine-errors.ts';
import type { Images } from './images.ts';

/** npm's command to install sharp's binary for this machine (https://sharp.pixelplumbing.com/install, 2026-11). */
export const installSharp = 'npm install --include=optional sharp';

/**
 * Loads sharp on first use, because that takes a quarter of the startup time.
 * @throws ToolMissingError if it cannot be loaded on this machine: no photo and no cover could be made
 */
export async function loadImages(): Promise<Images> {
  const { createImages } = await loadSharp();
  return createImages();
}

/**
 * Loads the module.
 * @throws ToolMissingError
 */
export async function loadSharp(): Promise<typeof import('./sharp.ts')> {
  try {
    return await import('./sharp.ts');
  } catch (error) {
    throw missing(error);
  }
}

/**
 * Checks cheaply that sharp's binary exists. It is missing if packages were copied from another machine, or installed
 * without optional dependencies.
 * @throws ToolMissingError
 */
export function findSharp(): void {
  const require = createRequire(import.meta.url);
  try {
    require.resolve('sharp');
    // A custom build is in another place; loading shows whether it works.
    require.resolve(`@img/sharp-${process.platform}-${process.arch}/sharp.node`);
  } catch (error) {
    const isOther = process.platform === 'linux' && hasOtherBuild(require);
    if (!isOther) throw missing(error);
  }
}

/** Other binaries: for C libraries other than glibc, and for machines without a binary of their own. */
function hasOtherBuild(require: NodeJS.Require): boolean {
  return [`@img/sharp-linuxmusl-${process.arch}/sharp.node`, '@img/sharp-wasm32/sharp.node'].some((name) => {
    try {
      require.resolve(name);
      return true;
    } catch {
      return false;
    }
  });
}

function missing(error: unknown): Error {
  // Reinstalling does not help against this.
  if (machineIssue(error)?.code === 'open-files') return error as Error;
  const said = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  return new ToolMissingError(
    `The image library sharp cannot be loaded on this machine (${said}). Install it here: ${installSharp}. port doctor tells more.`,
  );
}
