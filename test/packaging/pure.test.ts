import { describe, expect, it } from 'vitest';
import { licenceOf, textsFor } from '../../packaging/licences.ts';
import { readSums } from '../../packaging/sums.ts';
import { nodeVersions, readSystems, systems } from '../../packaging/systems.ts';

describe('readSystems', () => {
  it.each([
    ['one', 'win32-x64', ['win32-x64']],
    ['several, with spaces, one twice', 'linux-x64, darwin-arm64,linux-x64', ['linux-x64', 'darwin-arm64']],
    ['all', 'all', ['win32-x64', 'darwin-arm64', 'darwin-x64', 'linux-x64', 'linux-arm64']],
  ])('%s', (_what, list, expected) => {
    expect(readSystems(list).map(({ name }) => name)).toEqual(expected);
  });

  it.each(['', 'windows', 'linux-x64,', 'ALL'])('"%s": names the systems that there are', (list) => {
    expect(() => readSystems(list)).toThrow(/Choose from win32-x64, darwin-arm64/);
  });

  it('each system has the archive that nodejs.org publishes under that name', () => {
    expect(systems.map(({ nodeArchive }) => nodeArchive('22.23.5'))).toEqual([
      'node-v22.23.5-win-x64.zip',
      'node-v22.23.5-darwin-arm64.tar.gz',
      'node-v22.23.5-darwin-x64.tar.gz',
      'node-v22.23.5-linux-x64.tar.gz',
      'node-v22.23.5-linux-arm64.tar.gz',
    ]);
  });

  it('the Node of bundles is one on which port runs', () => {
    for (const version of Object.values(nodeVersions)) expect(version).toMatch(/^2[2-9]\.\d+\.\d+$/);
  });
});

const hash = 'a'.repeat(64);

describe('readSums', () => {
  it.each<[string, string, [string, string][]]>([
    ['as nodejs.org writes it', `${hash}  node.tar.gz\n`, [['node.tar.gz', hash]]],
    ['a folder in the name', `${hash}  win-x64/node.exe\n`, [['win-x64/node.exe', hash]]],
    ['binary mode, CR LF', `${hash} *a.zip\r\n`, [['a.zip', hash]]],
    ['a name with spaces', `${hash}  a b.zip`, [['a b.zip', hash]]],
    ['a hash too short, capitals, a page of HTML', `${hash.slice(1)}  a\n${hash.toUpperCase()}  b\n<html>`, []],
    ['a signature around it', `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n${hash}  a\n`, [['a', hash]]],
    ['nothing', '', []],
  ])('%s', (_what, text, expected) => {
    expect([...readSums(text)]).toEqual(expected);
  });
});

describe('licenceOf', () => {
  it.each<[string, Parameters<typeof licenceOf>[0], string]>([
    ['SPDX', { license: 'MIT' }, 'MIT'],
    ['an old object', { license: { type: 'BSD' } }, 'BSD'],
    ['an old list', { licenses: [{ type: 'MIT' }, { type: 'Apache-2.0' }] }, 'MIT OR Apache-2.0'],
    ['none', {}, 'unknown'],
    ['something else', { license: 7 }, 'unknown'],
  ])('%s', (_what, manifest, expected) => {
    expect(licenceOf(manifest)).toBe(expected);
  });
});

describe('textsFor', () => {
  it.each([
    ['GPLv3', ['GPL-3.0.txt']],
    ['GPL-3.0-or-later', ['GPL-3.0.txt']],
    ['LGPL-3.0-or-later', ['LGPL-3.0.txt', 'GPL-3.0.txt']],
    ['Apache-2.0 AND LGPL-3.0-or-later', ['LGPL-3.0.txt', 'GPL-3.0.txt']],
    ['LGPL-2.1', ['LGPL-2.1.txt']],
    ['MIT', []],
    ['nonfree', []],
  ])('%s: %j', (licence, expected) => {
    expect(textsFor(licence)).toEqual(expected);
  });
});
