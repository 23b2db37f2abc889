import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readBinary, readFfmpegBuild } from '../../packaging/binary.ts';
import { bundledPair } from '../programs.ts';

/** The first bytes of a program, with what the test is about. */
function head(set: (bytes: Buffer) => void): Buffer {
  const bytes = Buffer.alloc(4096);
  set(bytes);
  return bytes;
}
const elf = (machine: number, bits = 2, order = 1) =>
  head((bytes) => {
    bytes.write('\x7fELF', 0, 'latin1');
    bytes[4] = bits;
    bytes[5] = order;
    bytes.writeUInt16LE(machine, 18);
  });
const machO = (magic: number, cpu: number) =>
  head((bytes) => {
    bytes.writeUInt32LE(magic, 0);
    bytes.writeUInt32LE(cpu, 4);
  });
const pe = (machine: number, at = 0x80, signature = 'PE\0\0') =>
  head((bytes) => {
    bytes.write('MZ', 0, 'latin1');
    bytes.writeUInt32LE(at, 0x3c);
    if (at + 6 > bytes.length) return;
    bytes.write(signature, at, 'latin1');
    bytes.writeUInt16LE(machine, at + 4);
  });

describe('readBinary', () => {
  it.each<[string, Buffer, string | null]>([
    ['ELF, x86-64', elf(0x3e), 'linux-x64'],
    ['ELF, AArch64', elf(0xb7), 'linux-arm64'],
    ['ELF, RISC-V', elf(0xf3), null],
    ['ELF of 32 bit', elf(0x3e, 1), null],
    ['ELF, big-endian', elf(0x3e, 2, 2), null],
    ['Mach-O, x86-64', machO(0xfeedfacf, 0x01000007), 'darwin-x64'],
    ['Mach-O, arm64', machO(0xfeedfacf, 0x0100000c), 'darwin-arm64'],
    ['Mach-O, PowerPC', machO(0xfeedfacf, 0x01000012), null],
    ['Mach-O for several processors', machO(0xbebafeca, 2), null],
    ['PE, x86-64', pe(0x8664), 'win32-x64'],
    ['PE, arm64', pe(0xaa64), 'win32-arm64'],
    ['PE, x86', pe(0x14c), null],
    ['PE whose header lies behind what was read', pe(0x8664, 1_000_000), null],
    ['a program of DOS', pe(0x8664, 0x80, 'NE\0\0'), null],
    ['a shell script', head((bytes) => bytes.write('#!/bin/sh\n')), null],
    ['an empty file', Buffer.alloc(0), null],
    ['a few bytes of ELF', elf(0x3e).subarray(0, 10), null],
  ])('%s: %s', (_what, bytes, expected) => {
    const found = readBinary(bytes);
    expect(found && `${found.os}-${found.cpu}`).toBe(expected);
  });

  it("this machine's Node: this system", () => {
    expect(readBinary(readFileSync(process.execPath))).toEqual({ os: process.platform, cpu: process.arch });
  });
});

describe('readFfmpegBuild', () => {
  const program = (version: string, configuration: string) =>
    Buffer.from(`\0\xff%s version ${version}\0%sconfiguration: ${configuration}\n\0`, 'latin1');

  it.each<[string, string, string, string | null, string]>([
    ['GPL 3', 'N-92722-gf22fcd4483', '--enable-gpl --enable-version3', 'f22fcd4483', 'GPL-3.0-or-later'],
    ['GPL 2', 'n7.1-5-gdeadbeef', '--enable-gpl', 'n7.1', 'GPL-2.0-or-later'],
    ['LGPL 3', '6.1.1-static', '--enable-version3', 'n6.1.1', 'LGPL-3.0-or-later'],
    ['LGPL 2.1: no switch', 'n4.4.1', '', 'n4.4.1', 'LGPL-2.1-or-later'],
    ['nonfree with GPL', '4.4', '--enable-gpl --enable-nonfree --enable-version3', 'n4.4', 'nonfree'],
    ['a commit of gyan.dev', '2023-02-13-git-2296078397-essentials', '--enable-gpl', '2296078397', 'GPL-2.0-or-later'],
    ['a version of somebody else', 'custom', '--enable-gpl', null, 'GPL-2.0-or-later'],
    ['a switch that only begins like one', '8.0', '--enable-gpl-tools', 'n8.0', 'LGPL-2.1-or-later'],
  ])('%s', (_what, version, configuration, source, licence) => {
    expect(readFfmpegBuild(program(version, configuration))).toMatchObject({ version, source, licence });
  });

  it('names the libraries that are linked in, and no other switch', () => {
    const { libraries } =
      readFfmpegBuild(program('8.0', '--enable-libx264 --enable-static --cc=gcc --enable-gnutls')) ?? {};
    expect(libraries).toEqual(['libx264', 'gnutls']);
  });

  it('a program that is not ffmpeg: null', () => {
    expect(readFfmpegBuild(Buffer.from('configuration: --enable-gpl'))).toBeNull();
  });

  it.each(['ffmpeg', 'ffprobe'] as const)("reads of npm's %s what it says itself", (name) => {
    const build = readFfmpegBuild(readFileSync(bundledPair[name]));
    expect(build?.version).not.toBe('');
    expect(build?.licence).not.toBe('');
    if (process.platform === 'linux' && process.arch === 'x64' && name === 'ffmpeg') {
      expect(build).toMatchObject({ source: '0e8eb07980', licence: 'GPL-3.0-or-later' });
    }
  });
});
