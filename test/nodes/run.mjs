import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';

/**
 * `npm run test:nodes`: the tests of test/vitest.nodes.config.ts on each line of Node that is maintained besides the oldest one
 * in package.json. vitest itself runs on that Node, so both `port` and the modules that tests call in their own process are
 * tried on it. Node comes from npm's packages, into the user's cache folder.
 */
const versions = ['22.23.5', '24.22.3', '26.12.1'];
const root = resolve(import.meta.dirname, '../..');
const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'content-port-nodes');

/** The path of Node, or null where it cannot be had. */
function node(version) {
  const name = `node-linux-${process.arch}`;
  const folder = join(cache, version);
  const program = join(folder, 'node_modules', name, 'bin/node');
  if (existsSync(program)) return program;
  const draft = `${folder}.${process.pid}.part`;
  mkdirSync(draft, { recursive: true });
  writeFileSync(join(draft, 'package.json'), '{ "private": true }');
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', `${name}@${version}`];
  const { status, stderr } = spawnSync('npm', args, { cwd: draft, encoding: 'utf8' });
  if (status === 0 && !existsSync(folder)) renameSync(draft, folder);
  rmSync(draft, { recursive: true, force: true });
  if (existsSync(program)) return program;
  console.warn(`\n*** NOT TESTED: Node ${version}, which cannot be had from npm. ***\n${stderr.slice(0, 500)}`);
  return null;
}

const only = process.argv.slice(2);
const chosen = only.length === 0 ? versions : versions.filter((version) => only.includes(version.split('.')[0]));
if (chosen.length === 0) {
  console.error(`npm run test:nodes -- ${versions.map((version) => version.split('.')[0]).join(' ')}`);
  process.exit(2);
}
if (process.platform !== 'linux') {
  console.warn('*** NOT TESTED: other Nodes, which npm has for Linux alone in all these versions. ***');
  process.exit(0);
}
const failed = [];
for (const version of chosen) {
  const program = node(version);
  if (program === null) continue;
  console.log(`== Node ${version}`);
  const { status } = spawnSync(
    program,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--config',
      'test/vitest.nodes.config.ts',
      '--reporter=default',
    ],
    {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, PATH: `${dirname(program)}${delimiter}${process.env.PATH}`, PORT_EXPECTED_NODE: version },
    },
  );
  if (status !== 0) failed.push(version);
}
if (failed.length > 0) console.error(`Failed on Node ${failed.join(', ')}.`);
process.exitCode = failed.length > 0 ? 1 : 0;
