import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Library, librariesBelow, type Manifest } from './app.ts';
import { type FfmpegBuild, readFfmpegBuild } from './binary.ts';
import { programName, type System } from './systems.ts';

/** The licence that a package names, in one line: `MIT`, `Apache-2.0 AND LGPL-3.0-or-later`. */
export function licenceOf({ license, licenses }: Pick<Manifest, 'license' | 'licenses'>): string {
  const named = [license ?? licenses ?? []].flat().flatMap((each: unknown) => {
    if (typeof each === 'string') return each;
    const type = (each as { type?: unknown } | null)?.type;
    return typeof type === 'string' ? type : [];
  });
  return named.join(' OR ') || 'unknown';
}

/** Texts in `packaging/licences`: of licences that packages name without bringing their text. */
export function textsFor(licence: string): string[] {
  if (/LGPL-?v?3/i.test(licence)) return ['LGPL-3.0.txt', 'GPL-3.0.txt'];
  if (/LGPL-?v?2\.1/i.test(licence)) return ['LGPL-2.1.txt'];
  if (/GPL-?v?3/i.test(licence)) return ['GPL-3.0.txt'];
  return [];
}

const isLicence = (file: string) => /^(?:licen[cs]e|copying|notice|third[-_]?party)/i.test(file);
/** What packages of libvips tell of the libraries in it: their versions and licences. */
const isList = (file: string) => /^(?:readme\.md|versions\.json)$/i.test(file);

/** A program of ffmpeg in a bundle. */
export interface Shipped {
  readonly name: 'ffmpeg' | 'ffprobe';
  /** Of the package that holds it. */
  readonly library: Library;
  /** Relative to `node_modules`. */
  readonly path: string;
  readonly build: FfmpegBuild;
}

/**
 * Reads which ffmpeg and ffprobe lie in a bundle, without running them.
 * @throws Error where one is missing
 */
export async function shippedPrograms(modules: string, system: System): Promise<Shipped[]> {
  const libraries = await librariesBelow(modules);
  return await Promise.all(
    (['ffmpeg', 'ffprobe'] as const).map(async (name) => {
      const library = libraries.find((each) => each.name === `@${name}-installer/${system.name}`);
      const path = `@${name}-installer/${system.name}/${programName(system, name)}`;
      const build = library && readFfmpegBuild(await readFile(join(modules, path)));
      if (library === undefined || !build) throw new Error(`There is no ${name} for ${system.name} in node_modules.`);
      return { name, library, path, build };
    }),
  );
}

/**
 * Writes `LICENSES/`: the licence of everything in a bundle, and a list.
 * @throws Error that names a library whose licence has no text
 */
export async function putLicences(
  folder: string,
  { root, app, node, programs }: { root: string; app: string; node: string; programs: readonly Shipped[] },
): Promise<void> {
  const own = JSON.parse(await readFile(join(app, 'package.json'), 'utf8')) as Manifest;
  const rows: Row[] = [
    { what: `content-port ${own.version}`, licence: licenceOf(own), files: ['content-port.txt'] },
    { what: `Node.js ${node}, and what is part of it`, licence: 'MIT and others', files: ['node.txt'] },
  ];
  await mkdir(folder, { recursive: true });
  await copyFile(join(app, 'LICENSE'), join(folder, 'content-port.txt'));

  const libraries = await librariesBelow(join(app, 'node_modules'));
  const builds = new Map(programs.map(({ library, build }) => [library.name, build.licence]));
  for (const library of libraries) {
    const licence = builds.get(library.name) ?? licenceOf(library.manifest);
    const texts = [...(await ownTexts(library, libraries)), ...textsFor(licence).map((name) => commonText(root, name))];
    if (texts.length === 0 && licence !== 'nonfree') {
      throw new Error(
        `${library.name} ${library.manifest.version} (${licence}) has no licence text. Add it to packaging/licences.`,
      );
    }
    const files: string[] = [];
    for (const { from, to } of texts) {
      await mkdir(dirname(join(folder, to)), { recursive: true });
      await copyFile(from, join(folder, to));
      files.push(to);
    }
    rows.push({ what: `${library.name} ${library.manifest.version}`, licence, files });
  }
  await writeFile(join(folder, 'INDEX.txt'), indexOf(rows));
  await writeFile(join(folder, 'FFMPEG.txt'), ffmpegPage(programs));
}

interface Text {
  readonly from: string;
  /** Relative to `LICENSES`. */
  readonly to: string;
}

const commonText = (root: string, name: string): Text => ({ from: join(root, 'packaging', name), to: name });

/** The texts that a library brings, or else those of the library that chooses it for a system (`msgpackr-extract`). */
async function ownTexts(library: Library, all: readonly Library[]): Promise<Text[]> {
  const place = ({ name, manifest }: Library) => `npm/${name}@${manifest.version}`;
  const textsOf = async (of: Library, wanted: (file: string) => boolean) =>
    (await readdir(of.folder))
      .filter(wanted)
      .map((file) => ({ from: join(of.folder, file), to: `${place(of)}/${file}` }));
  const licence = licenceOf(library.manifest);
  const copyleft = /GPL/.test(licence);
  const own = await textsOf(library, (file) => isLicence(file) || (copyleft && isList(file)));
  if (own.length > 0) return own;
  const parent = all.find(
    ({ manifest }) => manifest.optionalDependencies?.[library.name] !== undefined && licenceOf(manifest) === licence,
  );
  return parent === undefined ? [] : await textsOf(parent, isLicence);
}

interface Row {
  readonly what: string;
  readonly licence: string;
  readonly files: readonly string[];
}

function indexOf(rows: readonly Row[]): string {
  const lines = rows.map(
    ({ what, licence, files }) =>
      `${what}\n    licence: ${licence}\n${files.map((file) => `    text: ${file}\n`).join('')}`,
  );
  return `What lies in this folder, under which licence, and where its text is.\n\n${lines.join('\n')}`;
}

/** Which ffmpeg this is, and where its source is: what the GPL asks of whoever passes it on. */
export function ffmpegPage(programs: readonly Shipped[]): string {
  const pages = programs.map(({ name, library, build }) => {
    const free = build.licence !== 'nonfree';
    const texts = textsFor(build.licence).join(' and ');
    return [
      `${name} ${build.version}`,
      `    from the npm package ${library.name} ${library.manifest.version}`,
      ...(library.manifest.homepage === undefined ? [] : [`    built by ${library.manifest.homepage}`]),
      free
        ? `    licence: ${build.licence}, in ${texts}`
        : '    licence: built with --enable-nonfree; by FFmpeg’s rules this file may be used, and not be passed on to others',
      `    source: ${build.source === null ? 'unknown' : sourceAddress(build.source)}`,
      `    linked into it: ${build.libraries.join(', ') || 'nothing of others that its configuration names'}`,
      '',
    ].join('\n');
  });
  return `ffmpeg and ffprobe are programs of the FFmpeg project (https://ffmpeg.org), called by
content-port as programs of their own. They come unchanged from packages of npm.
The source of each is in FFmpeg's repository and, where this bundle was
published as a release, beside it as ffmpeg-<commit>.tar.gz. docs/licences.md
in app/ says more.

${pages.join('\n')}`;
}

/** The source of a build in FFmpeg's repository. */
export const sourceAddress = (source: string) => `https://github.com/FFmpeg/FFmpeg/tree/${source}`;
