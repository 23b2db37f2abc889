import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formats } from '../src/exports/index.ts';
import { targets } from '../src/targets/index.ts';

/**
 * Who may import whom. The pure middle (exports, plan, targets) knows neither the machine nor the clock; the tools know
 * no platform; a library has one file.
 */
const src = resolve(import.meta.dirname, '../src');

interface Source {
  /** Relative to src, with `/`. */
  readonly file: string;
  readonly text: string;
  /** Modules of ours, relative to src; packages by their names. */
  readonly imports: readonly { readonly from: string; readonly typeOnly: boolean }[];
}

const sources: Source[] = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => {
    const file = name.split(sep).join('/');
    const text = readFileSync(join(src, name), 'utf8');
    return { file, text, imports: importsOf(file, text) };
  });

function importsOf(file: string, text: string): Source['imports'] {
  const found = text.matchAll(
    /^(?:import|export) (type )?[^'";]*?from '([^']+)'|import\('([^']+)'\)|^import '([^']+)'/gm,
  );
  return [...found].map(([, type, named, dynamic, bare]) => {
    const from = named ?? dynamic ?? bare ?? '';
    const own = from.startsWith('.')
      ? relative(src, resolve(src, dirname(file), from))
          .split(sep)
          .join('/')
      : from;
    return { from: own, typeOnly: type !== undefined };
  });
}

function violations(inside: RegExp, allowed: readonly RegExp[]): string[] {
  return sources
    .filter(({ file }) => inside.test(file))
    .flatMap(({ file, imports }) =>
      imports
        .filter(({ from }) => !allowed.some((each) => each.test(from)))
        .map(({ from }) => `${file} imports ${from}`),
    );
}

const values = /^(model|errors|machine-trouble)\.ts$/;
const toolTypes = /^tools\/tools\.ts$/;
const pureLibraries = /^(zod|csv-parse|csv-stringify|ipaddr\.js|iconv-lite|jschardet)/;

it('this test sees imports, over several lines and dynamic ones too', () => {
  const seen = (name: string) => sources.find(({ file }) => file === name)?.imports.map(({ from }) => from) ?? [];
  expect(seen('cli.ts')).toEqual(expect.arrayContaining(['commander', 'port.ts', 'targets/index.ts']));
  expect(seen('deliver-post.ts')).toEqual(expect.arrayContaining(['deliver/package.ts']));
});

describe('who may import whom', () => {
  it.each<[string, RegExp, RegExp[]]>([
    ['model and errors: nothing', /^(model|errors)\.ts$/, []],
    ['trouble of the machine: model and errors', /^machine-trouble\.ts$/, [/^(model|errors)\.ts$/]],
    ['exports: only values and themselves', /^exports\//, [values, /^exports\//, pureLibraries]],
    [
      'plan: values, the contract of targets, and settings that tools take',
      /^plan\//,
      [values, /^plan\//, /^targets\/target\.ts$/, toolTypes],
    ],
    [
      'a target: the contract and the house rules, never another target',
      /^targets\/(?!index|target|house)/,
      [/^model\.ts$/, /^targets\/(target|house)\.ts$/, /^plan\//],
    ],
    [
      'tools: values and other tools, never plan or targets',
      /^tools\/(?!tools\.ts)/,
      [values, /^tools\//, /^exports\/format\.ts$/, /^node:/, /^(?!\.)[@a-z]/],
    ],
    ['tools.ts: types only', /^tools\/tools\.ts$/, [values, /^exports\/format\.ts$/]],
    [
      'captions: values and themselves',
      /^captions\//,
      [values, /^captions\//, toolTypes, pureLibraries, /^node:path$/, /^p-queue$/],
    ],
    [
      'the join of captions: values alone',
      /^captions\/(match|assign|likeness|shift|odd-shifts|chance|time-pairs|handles|words|tiktok-id|source)\.ts$/,
      [/^model\.ts$/, /^captions\/(match|assign|likeness|shift|odd-shifts|chance|time-pairs|tiktok-id|source)\.ts$/],
    ],
    [
      'originals; sidecars are read once and times joined in one way, for captions and for originals',
      /^originals\//,
      [
        values,
        /^originals\//,
        /^captions\/(sidecar|yt-dlp-info|tiktok-id|shift|time-pairs|handles)\.ts$/,
        toolTypes,
        pureLibraries,
        /^exports\/link\.ts$/,
        /^node:(path|crypto)$/,
        /^p-queue$/,
      ],
    ],
    [
      'render',
      /^render\//,
      [values, /^render\//, /^plan\//, /^targets\/target\.ts$/, toolTypes, pureLibraries, /^node:(path|crypto)$/],
    ],
    [
      'deliver',
      // script.ts reads the page's script, which lies beside it in this package as package.json does for version.ts.
      /^deliver\/(?!contact-sheet\/script\.ts)/,
      [
        values,
        /^deliver\//,
        /^plan\//,
        /^targets\/target\.ts$/,
        // captions.csv is written as it is read; pages and tables lose control characters by one function.
        /^captions\/(spreadsheet|cell-guard)\.ts$/,
        toolTypes,
        pureLibraries,
        /^node:(path|crypto|util)$/,
      ],
    ],
    [
      'serve: a folder over HTTP, and the look of the contact sheet',
      /^serve\//,
      [values, /^serve\//, /^deliver\/contact-sheet\/(html|style|page|script)\.ts$/, /^node:/, /^uqr$/],
    ],
    ['completion: what can be typed', /^completion\//, [values, /^completion\//, /^options\.ts$/]],
    ['options: the list of targets', /^options\.ts$/, [values, /^targets\//, /^zod$/]],
    [
      'report: values; cells of a table are guarded as those of captions.csv',
      /^report\//,
      [values, /^report\//, /^captions\/cell-guard\.ts$/, pureLibraries],
    ],
  ])('%s', (_name, inside, allowed) => {
    expect(violations(inside, allowed)).toEqual([]);
  });

  it('types of tools only, outside tools, commands and world', () => {
    const outside = sources.filter(({ file }) => !/^(tools\/|commands\/|(dry-|queue-)?world\.ts|cli\.ts)/.test(file));
    const wrong = outside.flatMap(({ file, imports }) =>
      imports
        .filter(({ from, typeOnly }) => from.startsWith('tools/') && !typeOnly)
        .map(({ from }) => `${file} ${from}`),
    );
    expect(wrong).toEqual([]);
  });

  it('exports and plan know no clock, no chance, no machine', () => {
    const pure = sources.filter(({ file }) => /^(exports|plan|targets)\//.test(file));
    const wrong = pure.filter(({ text }) =>
      /Date\.now|new Date\(\)|Math\.random|\bprocess\.|console\.|'node:/.test(text),
    );
    expect(wrong.map(({ file }) => file)).toEqual([]);
  });
});

describe('one library, one file', () => {
  it.each([
    ['fluent-ffmpeg', 'tools/ffmpeg.ts'],
    ['sharp', 'tools/sharp.ts'],
    ['yauzl', 'tools/zip.ts'],
    ['undici', 'tools/http.ts'],
    ['yt-dlp-wrap', 'tools/yt-dlp.ts'],
    ['commander', 'cli.ts'],
    ['csv-parse/sync', 'captions/spreadsheet.ts'],
    ['iconv-lite', 'captions/legacy-text.ts'],
    ['jschardet', 'captions/detect-encoding.ts'],
    ['uqr', 'serve/qr-code.ts'],
    ['ioredis', 'tools/redis.ts'],
  ])('%s is known to %s only', (library, file) => {
    const users = sources
      .filter(({ imports }) => imports.some(({ from }) => from === library))
      .map((each) => each.file);
    expect(users.filter((user) => user !== file)).toEqual([]);
  });

  it('bullmq is known to the queue only', () => {
    const users = sources.filter(({ imports }) => imports.some(({ from }) => from === 'bullmq'));
    expect(users.map(({ file }) => file).filter((file) => !file.startsWith('tools/queue/'))).toEqual([]);
  });

  it('only cli.ts ends the process or hears signals', () => {
    const users = sources.filter(({ text }) => /process\.(exit\b|exitCode|on\()/.test(text)).map(({ file }) => file);
    expect(users).toEqual(['cli.ts']);
  });
});

describe('what is in a folder is in its list', () => {
  it('every target', () => {
    const files = sources
      .map(({ file }) => /^targets\/(?!index|target|house)(\w+)\.ts$/.exec(file)?.[1])
      .filter(Boolean);
    expect(targets.map(({ name }) => name).sort()).toEqual(files.sort());
  });

  it('every export format', () => {
    const files = sources.map(({ file }) => /^exports\/(tiktok-\w+)\.ts$/.exec(file)?.[1]).filter(Boolean);
    expect(formats.map(({ name }) => name).sort()).toEqual(files.sort());
  });
});

describe('the queue', () => {
  it('is loaded for those only who ask for it', () => {
    const needsIt = /^(queue-world|queue\/(port-by-queue|worker))\.ts$|^commands\/(worker|queue)\.ts$/;
    const eager = [...closure('cli.ts')].filter(
      (file) => needsIt.test(file) || /^tools\/queue(\/(?!contract)|\.ts)/.test(file),
    );
    expect(eager).toEqual([]);
    const reading = readFileSync(join(src, 'port.ts'), 'utf8');
    expect(reading).not.toContain('tools/queue');
    expect([...closure('port.ts')].filter((file) => /tools\/(queue|redis)\.ts/.test(file))).toEqual([]);
  });
});

/** All that a file loads when it is loaded itself. */
function closure(from: string, seen = new Set<string>()): Set<string> {
  const source = sources.find(({ file }) => file === from);
  if (!source || seen.has(from)) return seen;
  seen.add(from);
  const now = source.text.replace(/import\('[^']+'\)/g, '');
  for (const { from: next, typeOnly } of importsOf(from, now)) if (!typeOnly) closure(next, seen);
  return seen;
}
