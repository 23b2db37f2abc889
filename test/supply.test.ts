import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { beforeAll, describe, expect, it } from 'vitest';
import { scriptFiles } from '../src/deliver/contact-sheet/script.ts';

/** What goes out to users, and what comes in with it. */
const root = resolve(import.meta.dirname, '..');
const windows = process.platform === 'win32';

interface Packed {
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string; readonly mode: number }[];
}

/** What of others is in dist, each with its licence. */
const bundled = [
  ...['commander', 'csv-parse', 'csv-stringify', 'eventemitter3', 'leven', 'p-queue', 'p-timeout', 'zod'],
  ...['fast-string-truncated-width', 'fast-string-width', 'fast-wrap-ansi'],
];

/** The script of the studio's page, and those that it loads at once or later. */
async function scriptsOfPage(): Promise<ReadonlySet<string>> {
  const found = new Set(['studio.js']);
  for (const name of found) {
    const text = await readFile(join(root, 'dist/studio', name), 'utf8');
    for (const [, each = ''] of text.matchAll(/["'`]\.\/([\w-]+\.js)["'`]/g)) found.add(each);
  }
  return found;
}

describe('npm pack', () => {
  let packed: Packed;
  beforeAll(async () => {
    const args = ['pack', '--dry-run', '--json', '--ignore-scripts'];
    const { stdout } = await promisify(execFile)('npm', args, { cwd: root, shell: windows, maxBuffer: 10_000_000 });
    packed = (JSON.parse(stdout) as Packed[])[0] as Packed;
  });

  it('holds the built program and its documents, and nothing that is left of another build', async () => {
    const all = packed.files.map(({ path }) => path).filter((path) => path.startsWith('dist/'));
    const built = all.filter((path) => !path.startsWith('dist/studio/'));
    const texts = await Promise.all(built.map(async (path) => readFile(join(root, path), 'utf8')));
    // But for the types that comments name: `import("./option.js").Option`.
    const imports = /(?:from|import\(?)\s*["']\.\/([\w-]+\.js)["'](?!\)\.[A-Z])/g;
    const imported = texts.flatMap((text) => [...text.matchAll(imports)]);
    // Besides cli.js: scripts of pages, of a hand-over and of a thread, and the process in which large exports are read.
    const scripts = [...scriptFiles, 'postiz-script.js', 'bergamot-worker.cjs'].map((name) => `dist/${name}`);
    const begun = ['dist/cli.js', 'dist/export-process.js', ...scripts];
    const needed = new Set([...begun, ...bundled.map((name) => `dist/${name}.LICENSE.txt`)]);
    for (const [, name] of imported) needed.add(`dist/${name}`);
    const page = ['icon.svg', 'index.html', 'preact.LICENSE.txt', 'sample.zip', 'studio.css', 'tables.json'];
    const languages = ['es.json', 'zh.json'];
    for (const name of [...page, ...languages, ...(await scriptsOfPage())]) needed.add(`dist/studio/${name}`);
    expect(needed.size).toBeGreaterThan(20);
    const documents = [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'docs/agencies.md',
      'docs/licences.md',
      'docs/many-machines.md',
      'package.json',
      'port.config.schema.json',
    ];
    expect(packed.files.map(({ path }) => path).sort()).toEqual([...documents, 'bin/port.js', ...needed].sort());
    // Of which the sample of the studio is 0.7 MB.
    expect(packed.unpackedSize).toBeLessThan(4_200_000);
  });

  it.skipIf(windows)('the program can be run', () => {
    expect((packed.files.find(({ path }) => path === 'bin/port.js')?.mode ?? 0) & 0o111).toBe(0o111);
  });

  it('holds nothing of anybody: no addresses of registries, no paths of a machine', async () => {
    for (const { path } of packed.files) {
      if (!path.endsWith('.json') && !path.endsWith('.js')) continue;
      expect(await readFile(join(root, path), 'utf8'), path).not.toMatch(
        /\/home\/|\/Users\/|\/root\/|_authToken|sourceMappingURL/,
      );
    }
  });

  it('publint finds nothing', async () => {
    const { messages } = await publint({ pkgDir: root, level: 'warning', strict: true, pack: 'npm' });
    expect(messages).toEqual([]);
  });
});

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: true;
  readonly dev?: true;
}

describe('package-lock.json', () => {
  let locked: [string, Locked][];
  beforeAll(async () => {
    const { packages } = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, Locked>;
    };
    locked = Object.entries(packages).filter(([name]) => name !== '');
  });

  it('tells of each package the bytes that it must have, and of none a host that it came from', () => {
    expect(locked.length).toBeGreaterThan(50);
    for (const [name, { integrity, resolved }] of locked) {
      expect(integrity, name).toMatch(/^sha512-/);
      expect(resolved, name).toBeUndefined();
    }
  });

  it('only the packages that README names have something to run at install', async () => {
    const readme = await readFile(join(root, 'README.md'), 'utf8');
    const scripts = locked.filter(([, { hasInstallScript, dev }]) => hasInstallScript && !dev).map(([name]) => name);
    expect(scripts.length).toBeGreaterThan(0);
    for (const name of scripts) {
      const scope = name.split('/')[1] ?? '';
      expect(['@ffmpeg-installer', '@ffprobe-installer', 'msgpackr-extract']).toContain(scope);
      expect(readme).toContain(scope);
    }
  });
});

describe('workflows', () => {
  it.each([
    '.github/workflows/ci.yml',
    '.github/workflows/audit.yml',
    '.github/workflows/release.yml',
    'docs/agencies.md',
  ])('%s names every action by its commit', async (path) => {
    const text = await readFile(join(root, path), 'utf8');
    const used = [...text.matchAll(/uses: (\S+)/g)].map(([, action]) => action);
    expect(used.length).toBeGreaterThan(1);
    expect(used.filter((action) => !/@[0-9a-f]{40}$/.test(action ?? ''))).toEqual([]);
  });
});
