import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Bundle, makeBundle, writeSums } from './bundle.ts';
import { nodeVersions, readSystems } from './systems.ts';

/**
 * `npm run bundle -- --for linux-x64,win32-x64`: a folder and a ZIP for each system in `bundles/`, with Node, the program,
 * its libraries and ffmpeg. CONTRIBUTING.md, "Bundles", has the options.
 */
const usage =
  'npm run bundle -- [--for <systems>|all] [--node npm|nodejs.org] [--node-version <x.y.z>] [--out bundles] [--release] [--no-zip]';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      for: { type: 'string', default: `${process.platform}-${process.arch}` },
      node: { type: 'string', default: 'npm' },
      'node-version': { type: 'string' },
      out: { type: 'string', default: 'bundles' },
      release: { type: 'boolean', default: false },
      'no-zip': { type: 'boolean', default: false },
    },
  });
  const systems = readSystems(values.for);
  if (values.node !== 'npm' && values.node !== 'nodejs.org')
    throw new Error(`--node takes npm or nodejs.org. ${usage}`);
  const nodeSource = values.node;
  const nodeVersion = values['node-version'] ?? nodeVersions[nodeSource];
  if (!/^\d+\.\d+\.\d+$/.test(nodeVersion)) throw new Error(`--node-version takes a version such as 22.23.2. ${usage}`);
  const { out, release } = values;
  await mkdir(out, { recursive: true });
  const bundles: Bundle[] = [];
  for (const system of systems) {
    console.log(`${system.name}: Node ${nodeVersion} from ${nodeSource} ...`);
    const root = resolve(import.meta.dirname, '../..');
    const bundle = await makeBundle(system, { root, out, nodeVersion, nodeSource, release, zip: !values['no-zip'] });
    bundles.push(bundle);
    console.log(`  ${bundle.zip ?? bundle.folder}`);
    for (const { name, build } of bundle.programs) console.log(`  ${name} ${build.version}, ${build.licence}`);
    for (const each of bundle.without) console.log(`  WITHOUT ${each}`);
  }
  await writeSums(out);
  // For the release: the commits whose source belongs to these very builds.
  const sources = new Set(bundles.flatMap(({ programs }) => programs.flatMap(({ build }) => build.source ?? [])));
  await writeFile(
    join(out, 'ffmpeg-sources.txt'),
    [...sources]
      .sort()
      .map((each) => `${each}\n`)
      .join(''),
  );
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
});
