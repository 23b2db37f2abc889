import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';

/**
 * `npm run mutate -- captions`: StrykerJS over src/captions and the tests in test/captions. Ends with the mutants that
 * survived, each with its line. `npm run mutate -- plan/words/cut.ts` takes a single file, `plan/words/cut.ts:12-14` these
 * lines of it.
 *
 * `--sample 60` mutates 60 lines instead of all, spread evenly over the files: every n-th line of code, so that the same
 * code has the same sample. `--from 3` begins at the third such line, for another sample of the same size. Mutants that
 * span several lines (mostly whole blocks left out, which tests notice soonest) are not part of a sample.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: 'string' },
    from: { type: 'string', default: '1' },
    concurrency: { type: 'string', default: '2' },
  },
});
const [place = '', lines] = (positionals[0] ?? '').split(':');
if (place === '' || !existsSync(`src/${place}`)) {
  console.error('npm run mutate -- <folder or file of src> [--sample <lines>], such as: npm run mutate -- captions');
  process.exit(2);
}

/** Every n-th line of code of these files as Stryker's ranges (`file.ts:12-12`), about `count` of them. */
function sampleLines(files, count, from) {
  const isCode = (line) => /\w/.test(line) && !/^\s*(?:\/?\*|\/\/|import |export \* |type |interface )/.test(line);
  const lines = files.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line, at) => (isCode(line) ? [`${file}:${at + 1}-${at + 1}`] : [])),
  );
  const step = Math.max(1, Math.floor(lines.length / count));
  return lines.filter((_, at) => at % step === (from - 1) % step);
}

const inside = () => readdirSync(`src/${place}`, { recursive: true }).map((each) => `${place}/${each}`);
const files = (statSync(`src/${place}`).isFile() ? [place] : inside())
  .filter((each) => each.endsWith('.ts'))
  .sort()
  .map((each) => `src/${each.replaceAll('\\', '/')}`);
const whole = lines === undefined ? files : files.map((file) => `${file}:${lines}`);
const mutate = values.sample === undefined ? whole : sampleLines(files, Number(values.sample), Number(values.from));
// The tests of a room stand in the folder of its name.
const env = { ...process.env, PORT_MUTATED: place.split('/')[0] };
const stryker = [
  'stryker',
  'run',
  'test/stryker.config.mjs',
  '--concurrency',
  values.concurrency,
  '--mutate',
  mutate.join(','),
];
const { status } = spawnSync('npx', stryker, { stdio: 'inherit', env });
process.exit(status ?? 1);
