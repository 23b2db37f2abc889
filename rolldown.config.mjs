import { readFileSync } from 'node:fs';

/**
 * Puts the hundreds of modules that tsc wrote into build/ together in a few, since Node takes a third of a second to find
 * and load them one by one, at each start. Of what is not ours only zod comes in: of its hundred modules, most of them
 * messages in other languages, little is left. The rest stays in node_modules.
 */
export default {
  input: 'build/cli.js',
  platform: 'node',
  external: (id) => !/^(?:[./]|[A-Z]:|zod(?:\/|$))/.test(id),
  plugins: [
    {
      name: 'what nothing imports',
      generateBundle() {
        const add = (fileName, from) => this.emitFile({ type: 'asset', fileName, source: readFileSync(from, 'utf8') });
        add('browser.js', 'build/deliver/contact-sheet/browser.js');
        add('zod.LICENSE.txt', 'node_modules/zod/LICENSE');
      },
    },
  ],
  output: { dir: 'dist', chunkFileNames: '[name].js' },
};
