import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * Runs npm and returns what it printed. No script of any package is run: they may be for another system.
 * @throws Error with npm's own lines
 */
export async function npm(args: readonly string[], folder: string): Promise<string> {
  // `npm run` says where its npm lies; on Windows `npm` alone is no program but a script.
  const script = process.env['npm_execpath'];
  const [program, first] = script?.endsWith('.js') ? [process.execPath, [script]] : ['npm', []];
  const all = [...first, ...args, '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'];
  try {
    const shell = process.platform === 'win32' && program === 'npm';
    const { stdout } = await promisify(execFile)(program, all, { cwd: folder, shell, maxBuffer: 50_000_000 });
    return stdout;
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    throw new Error(`npm ${args.join(' ')} failed:\n${stderr || String(error)}`, { cause: error });
  }
}
