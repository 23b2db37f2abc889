import { createRequire } from 'node:module';
import { ToolMissingError } from '../errors.ts';
import { machineIssue } from '../model/machine-trouble.ts';
import type { Images } from './sharp.ts';

/** npm's command for the parts of sharp that fit this machine (https://sharp.pixelplumbing.com/install, 2026-11). */
export const installSharp = 'npm install --include=optional sharp';

/**
 * sharp, loaded when it is first needed: that takes a quarter of the time of a start.
 * @throws ToolMissingError where it cannot be loaded on this machine: no photo and no cover could be made
 */
export async function loadImages(): Promise<Images> {
  const { createImages } = await loadSharp();
  return createImages();
}

/** @throws ToolMissingError */
export async function loadSharp(): Promise<typeof import('./sharp.ts')> {
  try {
    return await import('./sharp.ts');
  } catch (error) {
    throw missing(error);
  }
}

/**
 * Whether the binary of sharp lies there at all, which costs next to nothing: it is missing where packages were copied
 * from another machine, or installed without optional ones.
 * @throws ToolMissingError
 */
export function findSharp(): void {
  const require = createRequire(import.meta.url);
  try {
    require.resolve('sharp');
    // A build of one's own lies elsewhere, and loading tells.
    require.resolve(`@img/sharp-${process.platform}-${process.arch}/sharp.node`);
  } catch (error) {
    const isOther = process.platform === 'linux' && hasOtherBuild(require);
    if (!isOther) throw missing(error);
  }
}

/** For a C library that is not glibc, and for machines without a binary of their own. */
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
  // Of this no installation helps.
  if (machineIssue(error)?.code === 'open-files') return error as Error;
  const said = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  return new ToolMissingError(
    `The image library sharp cannot be loaded on this machine (${said}). Install it here: ${installSharp}. port doctor tells more.`,
  );
}
