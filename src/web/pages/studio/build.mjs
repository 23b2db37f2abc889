import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sampleZip } from '../../../../fixtures/sample.mjs';

const root = resolve(import.meta.dirname, '../../../..');
const page = 'src/web/pages/studio';

/**
 * Modules that contain only words, by the file that they are put into. The page loads them as data, which costs a browser
 * less than script: `tables.json` before the code that plans, and one file for each language before its sentences.
 */
const tables = {
  tables: [
    ...['food', 'interests', 'living', 'places', 'style'].map((name) => `targets/rednote/topics/${name}`),
    ...['targets/topic-meanings', 'targets/watched-words', 'targets/rednote/watched-words'],
    ...['targets/tiktok-jargon-words', 'plan/words/hook-words', 'plan/words/legal-label-words'],
    ...['plan/words/disclosure-words', 'plan/words/top-level-domains'],
  ],
  zh: ['report/reasons-zh', 'report/refusals-zh'],
  es: ['report/reasons-es', 'report/refusals-es'],
};
const inTables = Object.values(tables).flat();

/** Converts text, lists, records and patterns to JSON; `tables.ts` makes patterns of them again. */
function asData(value, name) {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  if (value instanceof RegExp) return { pattern: value.source, flags: value.flags };
  if (Array.isArray(value)) return value.map((each) => asData(each, name));
  if (typeof value === 'object' && value !== null && !Object.hasOwn(value, 'pattern'))
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, asData(each, name)]));
  throw new Error(`${name} has more than words: take it out of the tables`);
}

/** Replaces each of these modules by one that reads its values from the tables, and writes the tables. */
function wordsAsData() {
  const written = {};
  return {
    name: 'words as data',
    async load(id) {
      const name = relative(resolve(root, 'src'), id).replaceAll('\\', '/').replace(/\.ts$/, '');
      if (!inTables.includes(name)) return null;
      const values = { ...(await import(pathToFileURL(resolve(root, `build/${name}.js`)).href)) };
      written[name] = asData(values, name);
      const code = Object.keys(values).map((key) => `export const ${key} = tables[${JSON.stringify(name)}].${key};`);
      return [`import { tables } from '${resolve(root, page, 'tables.ts').replaceAll('\\', '/')}';`, ...code].join(
        '\n',
      );
    },
    generateBundle() {
      const missing = inTables.filter((name) => !Object.hasOwn(written, name));
      if (missing.length > 0) throw new Error(`not in the page any more: ${missing.join(', ')}`);
      for (const [file, names] of Object.entries(tables)) {
        const source = JSON.stringify(Object.fromEntries(names.map((name) => [name, written[name]])));
        this.emitFile({ type: 'asset', fileName: `${file}.json`, source });
      }
    },
  };
}

/** In this order: later ones refine earlier ones. */
const styles = ['page', 'forms', 'archive', 'posts', 'open-post', 'words', 'calendar'];

/** What the page is made of besides its script. */
function otherFiles() {
  return {
    name: 'other files of the page',
    async generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'sample.zip', source: await sampleZip() });
      const text = (name) => readFileSync(resolve(root, page, name), 'utf8');
      for (const fileName of ['index.html', 'icon.svg'])
        this.emitFile({ type: 'asset', fileName, source: text(fileName) });
      const source = styles.map((name) => text(`style/${name}.css`)).join('\n');
      this.emitFile({ type: 'asset', fileName: 'studio.css', source });
      const licence = readFileSync(resolve(root, 'node_modules/preact/LICENSE'), 'utf8');
      this.emitFile({ type: 'asset', fileName: 'preact.LICENSE.txt', source: licence });
    },
  };
}

/** The page of the studio. The script that plans words is a second file, loaded when a post is opened. */
export const studioPage = {
  input: { studio: `${page}/main.tsx` },
  platform: 'browser',
  tsconfig: `${page}/tsconfig.json`,
  transform: { target: 'es2022' },
  plugins: [wordsAsData(), otherFiles()],
  output: { dir: 'dist/studio', chunkFileNames: '[name].js', minify: true },
};
