import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/**
 * `npm run mutate -- captions`: StrykerJS over src/captions and the tests in test/captions. Ends with the mutants that
 * survived, each with its line. `npm run mutate -- plan/words/cut.ts` takes a single file.
 */
const [place = ''] = process.argv.slice(2);
if (place === '' || !existsSync(`src/${place}`)) {
  console.error('npm run mutate -- <folder or file of src>, such as: npm run mutate -- captions');
  process.exit(2);
}
const mutate = place.endsWith('.ts') ? `src/${place}` : `src/${place}/**/*.ts`;
// The tests of a room stand in the folder of its name.
const env = { ...process.env, PORT_MUTATED: place.split('/')[0] };
const { status } = spawnSync('npx', ['stryker', 'run', '--mutate', mutate], { stdio: 'inherit', env });
process.exit(status ?? 1);
