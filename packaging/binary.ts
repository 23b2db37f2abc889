/** What a program's file tells of itself. Nothing is run: a bundle is made on one system for all others. */

export interface Binary {
  readonly os: 'win32' | 'darwin' | 'linux';
  readonly cpu: 'x64' | 'arm64';
}

const machO = { 16777223: 'x64', 16777228: 'arm64' } as const;
const elf = { 62: 'x64', 183: 'arm64' } as const;
const pe = { 34404: 'x64', 43620: 'arm64' } as const;

/**
 * Reads for which system a program or library was built, by the header of ELF, Mach-O (64 bit, little-endian) or PE.
 * @param bytes its first 4 kB or more
 * @returns null for anything else, a universal Mach-O among it
 */
export function readBinary(bytes: Buffer): Binary | null {
  if (bytes.length < 64) return null;
  const of = (os: Binary['os'], cpus: Readonly<Record<number, Binary['cpu']>>, code: number): Binary | null => {
    const cpu = cpus[code];
    return cpu === undefined ? null : { os, cpu };
  };
  // ELF, 64 bit, little-endian: e_machine.
  if (bytes.readUInt32BE(0) === 0x7f454c46) {
    return bytes[4] === 2 && bytes[5] === 1 ? of('linux', elf, bytes.readUInt16LE(18)) : null;
  }
  // MH_MAGIC_64: cputype.
  if (bytes.readUInt32LE(0) === 0xfeedfacf) return of('darwin', machO, bytes.readUInt32LE(4));
  // MZ: e_lfanew leads to the PE signature, behind which Machine stands.
  if (bytes.readUInt16BE(0) === 0x4d5a) {
    const at = bytes.readUInt32LE(0x3c);
    if (at + 6 > bytes.length || bytes.readUInt32BE(at) !== 0x50450000) return null;
    return of('win32', pe, bytes.readUInt16LE(at + 4));
  }
  return null;
}

export interface FfmpegBuild {
  /** As `-version` tells it: `N-92722-gf22fcd4483`, `n4.4.1`. */
  readonly version: string;
  /** What FFmpeg's repository calls the source of this build: a commit, or the tag of a release. */
  readonly source: string | null;
  /** Libraries of others that are linked into it, by their switches: `libx264`. */
  readonly libraries: readonly string[];
  /** SPDX, by the rules of FFmpeg's configure; `nonfree` may not be passed on. */
  readonly licence: 'GPL-3.0-or-later' | 'GPL-2.0-or-later' | 'LGPL-3.0-or-later' | 'LGPL-2.1-or-later' | 'nonfree';
}

/**
 * Reads what `ffmpeg -version` would print, from the strings in the program's file.
 * @returns null where they are not those of ffmpeg or ffprobe
 */
export function readFfmpegBuild(bytes: Buffer): FfmpegBuild | null {
  // Each character is a byte: a regular expression can look for it.
  const text = bytes.toString('latin1');
  const version = /%s version ([\x21-\x7e]+)/.exec(text)?.[1] ?? /FFmpeg version ([\x21-\x7e]+)/.exec(text)?.[1];
  const configuration = /%sconfiguration: ([\x20-\x7e]*)[\n\0]/.exec(text)?.[1];
  if (version === undefined || configuration === undefined) return null;
  const switches = configuration.split(/\s+/).filter((each) => each.startsWith('--'));
  const libraries = switches.flatMap((each) => /^--enable-(lib\w+|frei0r|gnutls|gmp|avisynth)$/.exec(each)?.[1] ?? []);
  return { version, source: sourceOf(version), libraries, licence: licenceOf(new Set(switches)) };
}

function sourceOf(version: string): string | null {
  // `N-92722-gf22fcd4483`; gyan.dev writes `2023-02-13-git-2296078397-essentials_build`.
  const commit = /^(?:N-\d+-g|[\d-]+-git-)([0-9a-f]{7,40})/.exec(version)?.[1];
  if (commit !== undefined) return commit;
  const tag = /^n?(\d+\.\d+(?:\.\d+)?)/.exec(version)?.[1];
  return tag === undefined ? null : `n${tag}`;
}

/** As FFmpeg's configure settles it, in LICENSE.md and `ffmpeg -L`. */
function licenceOf(switches: ReadonlySet<string>): FfmpegBuild['licence'] {
  if (switches.has('--enable-nonfree')) return 'nonfree';
  const version3 = switches.has('--enable-version3');
  if (switches.has('--enable-gpl')) return version3 ? 'GPL-3.0-or-later' : 'GPL-2.0-or-later';
  return version3 ? 'LGPL-3.0-or-later' : 'LGPL-2.1-or-later';
}
