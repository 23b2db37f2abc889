import { expect, it } from 'vitest';
import { addressSpace, checkAddressSpace, checkAddressSpaceForNetwork } from '../../src/tools/address-space.ts';

const limits = (soft: string) =>
  `Limit                     Soft Limit           Hard Limit           Units     \nMax open files            1024                 4096                 files     \nMax address space         ${soft.padEnd(20)} unlimited            bytes     \n`;

it.each([
  ['a limit', limits('943718400'), 943_718_400],
  ['none', limits('unlimited'), Number.POSITIVE_INFINITY],
  ['another system', '', Number.POSITIVE_INFINITY],
])('reads %s', (_what, text, bytes) => {
  expect(addressSpace(text)).toBe(bytes);
});

it('refuses only limits at which the process would abort', () => {
  const gigabyte = 1024 ** 3;
  expect(() => checkAddressSpace(gigabyte)).toThrow(
    'A program may have no more than 1024 MB of address space here (ulimit -v), and port needs 1500 MB or more.',
  );
  expect(() => checkAddressSpaceForNetwork(4 * gigabyte)).toThrow('Allow more: ulimit -v unlimited. Or add --offline.');
  expect(() => checkAddressSpace(1500 * 1024 ** 2)).not.toThrow();
  expect(() => checkAddressSpace(1500 * 1024 ** 2 - 1)).toThrow('no more than 1499 MB');
  expect(() => checkAddressSpaceForNetwork(12_000 * 1024 ** 2)).not.toThrow();
  expect(() => checkAddressSpaceForNetwork(12_000 * 1024 ** 2 - 1)).toThrow('needs 12000 MB of it');
  expect(() => checkAddressSpace(2 * gigabyte)).not.toThrow();
  expect(() => checkAddressSpaceForNetwork(12 * gigabyte)).not.toThrow();
  expect(() => checkAddressSpaceForNetwork(Number.POSITIVE_INFINITY)).not.toThrow();
});
