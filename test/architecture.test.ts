import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formats } from '../src/exports/index.ts';
import { handOvers } from '../src/handover/index.ts';
import { handOverNames } from '../src/handover/names.ts';
import { targets } from '../src/targets/index.ts';

/**
 * Who may import whom. Reading, deciding and the platforms know neither the machine nor the clock; the tools know no
 * platform; a library has one file.
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
  .filter((name) => /\.tsx?$/.test(name))
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

/**
 * The rooms of the house, from the door down: a file may import from rooms below its own, never from one above. Each folder
 * and each file at the root of src has its line.
 */
const rooms: Readonly<Record<string, string>> = {
  cli: 'commands, signals and exit codes',
  web: 'sheets over HTTP',
  queue: 'posts on other machines, with its BullMQ part inside',
  pipeline: 'the main job in its order, dry run, fetch',
  handover: 'what publishing tools take, one file a tool',
  deliver: 'WRITE packages, captions.csv, contact sheet',
  posting: 'what is planned and what is out',
  render: 'MAKE and CHECK',
  originals: 'FETCH',
  captions: 'JOIN',
  state: 'manifest, sources of originals, caches',
  config: 'options and config files',
  language: 'translators and transcribers: one contract, one file an engine',
  plan: 'DECIDE, pure',
  targets: 'what each platform accepts, and what is made for it',
  exports: 'READ, pure',
  report: 'events in, text out',
  tools: 'one program or library a file',
  probe: 'LOOK: pure readers of what programs and files say of media',
  text: 'pure helpers for text',
  model: 'types that the stages share',
  'version.ts': 'which build this is',
  'errors.ts': 'what ends a run or a post',
};
const order = Object.keys(rooms);
const targetNames = targets.map(({ name }) => name);
const roomOf = (file: string) => file.split('/')[0] ?? '';
const isOwn = (from: string) => /\.tsx?$/.test(from);

it('this test sees imports, over several lines and dynamic ones too', () => {
  const seen = (name: string) => sources.find(({ file }) => file === name)?.imports.map(({ from }) => from) ?? [];
  const ofRun = ['config/options.ts', 'pipeline/port.ts', 'cli/run.ts'];
  expect(seen('cli/commands/posts/run-posts.ts')).toEqual(expect.arrayContaining(ofRun));
  expect(seen('cli/main.ts')).toEqual(expect.arrayContaining(['commander', 'cli/commands/posts.ts']));
  expect(seen('pipeline/deliver-post.ts')).toEqual(expect.arrayContaining(['deliver/package.ts']));
});

describe('the rooms', () => {
  it('each file lies in one that has its line, and each line has files', () => {
    expect([...new Set(sources.map(({ file }) => roomOf(file)))].sort()).toEqual([...order].sort());
  });

  it('arrows only go down', () => {
    const upwards = sources.flatMap(({ file, imports }) =>
      imports
        .filter(({ from }) => isOwn(from) && order.indexOf(roomOf(from)) < order.indexOf(roomOf(file)))
        .map(({ from }) => `${file} imports ${from}`),
    );
    expect(upwards).toEqual([]);
  });

  it('no files import each other in a circle, types included', () => {
    expect(circles()).toEqual([]);
  });

  it('are at most 25, on at most 10 floors', () => {
    const below = (room: string): string[] => [
      ...new Set(
        sources
          .filter(({ file }) => roomOf(file) === room)
          .flatMap(({ imports }) => imports.filter(({ from }) => isOwn(from)).map(({ from }) => roomOf(from)))
          .filter((each) => each !== room),
      ),
    ];
    const known = new Map<string, number>();
    const floorOf = (room: string): number => {
      const floor = known.get(room) ?? Math.max(0, ...below(room).map((each) => floorOf(each) + 1));
      known.set(room, floor);
      return floor;
    };
    expect(order.length).toBeLessThanOrEqual(25);
    expect(Math.max(...order.map(floorOf)) + 1).toBeLessThanOrEqual(10);
  });
});

/** Files that import each other, directly or by way of others: each such group once. */
function circles(): string[][] {
  const importsBy = new Map(
    sources.map(({ file, imports }) => [file, imports.map(({ from }) => from).filter(isOwn)] as const),
  );
  const index = new Map<string, number>();
  const lowest = new Map<string, number>();
  const path: string[] = [];
  const found: string[][] = [];
  const visit = (file: string): void => {
    index.set(file, index.size);
    lowest.set(file, index.get(file) ?? 0);
    path.push(file);
    for (const next of importsBy.get(file) ?? []) {
      if (!index.has(next)) visit(next);
      if (path.includes(next)) lowest.set(file, Math.min(lowest.get(file) ?? 0, lowest.get(next) ?? 0));
    }
    if (lowest.get(file) !== index.get(file)) return;
    const group = path.splice(path.indexOf(file));
    if (group.length > 1) found.push(group);
  };
  for (const { file } of sources) if (!index.has(file)) visit(file);
  return found;
}

describe('who may know what', () => {
  /** Files of `inside` import of ours and of others only what one of `allowed` matches. */
  const violations = (inside: RegExp, allowed: readonly RegExp[]): string[] =>
    sources
      .filter(({ file }) => inside.test(file))
      .flatMap(({ file, imports }) =>
        imports
          .filter(({ from }) => !allowed.some((each) => each.test(from)))
          .map(({ from }) => `${file} imports ${from}`),
      );
  const values = /^(model\/\w[\w-]*|errors)\.ts$/;
  const toolTypes = /^tools\/[\w-]+\.ts$/;
  const pureLibraries = /^(zod|csv-parse|csv-stringify|ipaddr\.js|iconv-lite|jschardet)/;

  it.each<[string, RegExp, RegExp[]]>([
    ['errors: nothing', /^errors\.ts$/, []],
    ['model: itself and errors', /^model\//, [values]],
    ['exports: values and themselves', /^exports\//, [values, /^exports\//, pureLibraries]],
    [
      'probe: values, text, itself and pure libraries',
      /^probe\//,
      [values, /^probe\//, /^text\//, pureLibraries, /^node:(crypto|zlib)$/],
    ],
    ['plan: values, text, targets and itself', /^plan\//, [values, /^plan\//, /^text\//, /^targets\//]],
    [
      'a target: what targets share, never another target',
      new RegExp(`^targets/(?!index\\.ts|(?:${targetNames.join('|')})/)`),
      [values, /^text\//, new RegExp(`^targets/(?!index\\.ts|(?:${targetNames.join('|')})[./])`)],
    ],
    [
      'the join of captions: values alone',
      /^captions\/(match|assign|likeness|shift|odd-shifts|chance|time-pairs|handles|words|tiktok-id|source)\.ts$/,
      [values, /^captions\/(match|assign|likeness|shift|odd-shifts|chance|time-pairs|tiktok-id|source)\.ts$/],
    ],
    [
      'captions: of others only what is pure, a path and a queue',
      /^captions\//,
      [
        values,
        /^captions\//,
        /^(state|exports|report|targets|plan|text|probe)\//,
        toolTypes,
        pureLibraries,
        /^node:path$/,
        /^p-queue$/,
      ],
    ],
  ])('%s', (_name, inside, allowed) => {
    expect(violations(inside, allowed)).toEqual([]);
  });

  it.each(targetNames)('%s in a folder: its own files and what targets share, never another target', (name) => {
    const others = targetNames.filter((each) => each !== name).join('|');
    const shared = new RegExp(`^targets/(?!index\\.ts|(?:${others})[./])`);
    expect(violations(new RegExp(`^targets/${name}/`), [values, /^text\//, shared])).toEqual([]);
  });

  it('what a tool does comes in as an argument: outside tools only those who open the world import its code', () => {
    const opens = /^(tools\/|cli\/|queue\/(connect\.ts|bullmq\/))/;
    const helpers = /^tools\/(map-limit|yield-to-event-loop|inside|refusals|once|spare-buffers)\.ts$/;
    const wrong = sources
      .filter(({ file }) => !opens.test(file))
      .flatMap(({ file, imports }) =>
        imports
          .filter(({ from, typeOnly }) => from.startsWith('tools/') && !typeOnly && !helpers.test(from))
          .map(({ from }) => `${file} ${from}`),
      );
    expect(wrong).toEqual([]);
  });

  it('exports, plan, targets, probe and text know no clock, no chance, no machine (to hash and to inflate is none)', () => {
    const pure = sources.filter(({ file }) => /^(exports|plan|targets|probe|text)\//.test(file));
    const wrong = pure.filter(({ text }) =>
      /Date\.now|new Date\(\)|Math\.random|\bprocess\.|console\.|'node:(?!crypto|zlib)/.test(text),
    );
    expect(wrong.map(({ file }) => file)).toEqual([]);
  });
});

describe('one library, one file', () => {
  it.each([
    ['fluent-ffmpeg', 'tools/ffmpeg.ts'],
    ['sharp', 'tools/sharp.ts'],
    ['yauzl', 'tools/zip.ts'],
    ['undici', 'tools/connections.ts'],
    ['socks', 'tools/socks.ts'],
    ['yt-dlp-wrap', 'tools/yt-dlp.ts'],
    ['csv-parse/sync', 'captions/spreadsheet.ts'],
    ['iconv-lite', 'captions/legacy-text.ts'],
    ['jschardet', 'captions/detect-encoding.ts'],
    ['uqr', 'web/server/qr-code.ts'],
    ['ioredis', 'queue/bullmq/redis.ts'],
    ['hono', 'web/server/http.ts'],
    ['@hono/node-server', 'web/server/http.ts'],
    ['@hono/node-server/utils/response', 'web/server/http.ts'],
  ])('%s is known to %s only', (library, file) => {
    const users = sources
      .filter(({ imports }) => imports.some(({ from }) => from === library))
      .map((each) => each.file);
    expect(users.filter((user) => user !== file)).toEqual([]);
  });

  it('bullmq is known to the queue only', () => {
    const users = sources.filter(({ imports }) => imports.some(({ from }) => from === 'bullmq'));
    expect(users.map(({ file }) => file).filter((file) => !file.startsWith('queue/bullmq/'))).toEqual([]);
  });

  // Each command registers itself, in a file of its own.
  it('commander is known to the command line only', () => {
    const users = sources.filter(({ imports }) => imports.some(({ from }) => from === 'commander'));
    expect(users.map(({ file }) => file).filter((file) => !file.startsWith('cli/'))).toEqual([]);
  });

  // Commands give their exit code to it: in one place can be seen how the process ends.
  it('only cli/exit.ts ends the process or listens to signals', () => {
    const users = sources.filter(({ text }) => /process\.(exit\b|exitCode|on\()/.test(text));
    expect(users.map(({ file }) => file)).toEqual(['cli/exit.ts']);
  });
});

describe('what is in a folder is in its list', () => {
  it('every target', () => {
    const files = sources
      .map(({ file }) => /^targets\/(?!index|target|house)(\w+)(?:\.ts|\/index\.ts)$/.exec(file)?.[1])
      .filter(Boolean);
    expect(targets.map(({ name }) => name).sort()).toEqual(files.sort());
  });

  it('every hand-over', () => {
    const files = sources.filter(({ text }) => /^export const \w+: HandOver = /m.test(text)).map(({ file }) => file);
    expect(files.sort()).toEqual(handOvers.map(({ name }) => `handover/${name}.ts`).sort());
    expect(handOverNames).toEqual(handOvers.map(({ name }) => name));
  });

  it('every export format', () => {
    const files = sources.map(({ file }) => /^exports\/(tiktok-\w+)\.ts$/.exec(file)?.[1]).filter(Boolean);
    expect(formats.map(({ name }) => name).sort()).toEqual(files.sort());
  });
});

describe('the queue', () => {
  it('is loaded for those only who ask for it', () => {
    const needsIt = /^queue\/(connect|port-by-queue|worker)\.ts$|^cli\/commands\/(worker|queue)\//;
    const eager = [...closure('cli/main.ts')].filter(
      (file) => needsIt.test(file) || /^queue\/bullmq\/(?!contract)/.test(file),
    );
    expect(eager).toEqual([]);
    const reading = readFileSync(join(src, 'pipeline/port.ts'), 'utf8');
    expect(reading).not.toContain('queue/bullmq');
    expect([...closure('pipeline/port.ts')].filter((file) => /queue\/bullmq\//.test(file))).toEqual([]);
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
