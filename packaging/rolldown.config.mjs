import { readdirSync, readFileSync } from 'node:fs';
import { scriptFiles } from '../build/deliver/contact-sheet/script.js';
import { studioPage } from '../src/web/pages/studio/build.mjs';

/** What of others comes in, with its licence. The rest stays in node_modules. */
const bundled = [
  ...['zod', 'commander', 'csv-parse', 'csv-stringify', 'p-queue', 'p-timeout', 'eventemitter3', 'leven'],
  ...['fast-wrap-ansi', 'fast-string-width', 'fast-string-truncated-width'],
];

const licenceOf = (name) => {
  const folder = `node_modules/${name}`;
  return `${folder}/${readdirSync(folder).find((file) => /^licen[cs]e/i.test(file))}`;
};

/** What cli/main.ts imports at once: one file to find, beside its own. What waits for a command must not be in with it. */
const isOfTheStart =
  /\bbuild.(?:errors|version|cli.(?:create-report|exit|output)|config.(?:option-list|option-values|proxy)|handover.names|model.machine-errors|targets.[\w-]+|targets.rednote.[\w-]+|targets.rednote.topics.\w+|text.keep-latest|report.(?:command-name|lines|live-lines|open-command|safe-text|wrap)|tools.temporary)\.js$/;

/**
 * Puts the hundreds of modules that tsc wrote into build/ together in a few, since Node takes a third of a second to find
 * and load them one by one, at each start. Of what is not ours zod comes in, of whose hundred modules, most of them
 * messages in other languages, little is left; and what nearly each start needs.
 */
const program = {
  input: { cli: 'build/cli/main.js', 'export-process': 'build/pipeline/export-process.js' },
  platform: 'node',
  external: (id) => !/^(?:[./]|[A-Z]:)/.test(id) && !bundled.some((name) => id === name || id.startsWith(`${name}/`)),
  plugins: [
    {
      name: 'what nothing imports',
      generateBundle() {
        const add = (fileName, from) => this.emitFile({ type: 'asset', fileName, source: readFileSync(from, 'utf8') });
        for (const name of scriptFiles) add(name, `build/deliver/contact-sheet/${name}`);
        add('postiz-script.js', 'build/handover/postiz-script.js');
        add('bergamot-worker.cjs', 'build/tools/bergamot-worker.cjs');
        for (const name of bundled) add(`${name}.LICENSE.txt`, licenceOf(name));
      },
    },
  ],
  output: {
    dir: 'dist',
    chunkFileNames: '[name].js',
    codeSplitting: { groups: [{ name: 'start', test: isOfTheStart }] },
  },
};

export default [program, studioPage];
