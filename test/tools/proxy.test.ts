import { describe, expect, it } from 'vitest';
import { parseProxy } from '../../src/config/proxy.ts';
import { bypassesProxy, environmentFor, type ProxyServer, redact } from '../../src/tools/proxy.ts';

const proxy = parseProxy('http://maya:p%40ss-word@proxy.example:8080') as ProxyServer;

describe('NO_PROXY', () => {
  it.each<[string, string, string, boolean]>([
    ['nothing', '', 'v.example:443', false],
    ['everything', '*', 'v.example:443', true],
    ['the name', 'v.example', 'v.example:443', true],
    ['a name above it', 'example', 'v.example:443', true],
    ['with a dot before it', '.v.example', 'v.example:443', true],
    ['with a star before it', '*.v.example', 'a.v.example:443', true],
    ['a name that only ends like it', 'v.example', 'tv.example:443', false],
    ['capitals', 'V.Example', 'v.example:443', true],
    ['several, with blanks', 'a.example, v.example b.example', 'v.example:443', true],
    ['the port', 'v.example:443', 'v.example:443', true],
    ['another port', 'v.example:8443', 'v.example:443', false],
    ['an address', '127.0.0.1', '127.0.0.1:80', true],
    ['an address with its port', '127.0.0.1:80', '127.0.0.1:80', true],
    ['an address that begins like it', '127.0.0.1', '127.0.0.11:80', false],
    ['a network', '10.0.0.0/8', '10.1.2.3:80', true],
    ['another network', '10.0.0.0/8', '11.1.2.3:80', false],
    ['a network that is none', '10.0.0.0/99', '10.0.0.0:80', false],
    ['IPv6', '::1', '::1:80', true],
    ['IPv6 in brackets with a port', '[::1]:80', '::1:80', true],
    ['an IPv6 network', 'fd00::/8', 'fd12::1:80', true],
    ['a network does not match a name', '0.0.0.0/0', 'v.example:443', false],
    ['commas alone', ',, ,', 'v.example:443', false],
  ])('%s', (_odd, noProxy, where, expected) => {
    const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(where) ?? [];
    expect(bypassesProxy(noProxy, host, Number(port))).toBe(expected);
  });
});

describe('the environment of a program that connects by itself', () => {
  const before = { PATH: '/bin', HTTP_PROXY: 'old', https_proxy: 'old', No_Proxy: 'old' };

  it('has the proxy, with its credentials, in each of the usual variables', () => {
    const full = 'http://maya:p%40ss-word@proxy.example:8080';
    const names = { http_proxy: full, https_proxy: full, all_proxy: full, no_proxy: 'x.example' };
    expect(environmentFor({ proxy, from: '--proxy', noProxy: 'x.example' }, before)).toEqual({
      PATH: '/bin',
      ...names,
    });
  });

  it('has none where none is wanted, nor the one of the system', () => {
    expect(environmentFor({ proxy: null, from: '--proxy', noProxy: '' }, before)).toEqual({
      PATH: '/bin',
      no_proxy: '*',
    });
  });

  it('stays as it is where nothing is configured', () => {
    expect(environmentFor({ proxy: null, from: null, noProxy: '' }, before)).toBe(before);
  });
});

it.each([
  ['an address', 'ERROR: https://v.example/a?sign=1 is gone', 'ERROR: (address) is gone'],
  ['socks', 'cannot reach socks5://maya:p%40ss-word@proxy.example:8080', 'cannot reach (address)'],
  ['a login without a scheme', 'tunnel maya:other@proxy.example failed', 'tunnel (password)@proxy.example failed'],
  ['the password by itself', "login 'p@ss-word' refused", "login '(password)' refused"],
  ['the password as it is escaped', 'login p%40ss-word refused', 'login (password) refused'],
  ['the header', `Basic ${Buffer.from('maya:p@ss-word').toString('base64')}`, 'Basic (password)'],
  ['a plain sentence', 'ERROR: [TikTok] 123: Unable to download', 'ERROR: [TikTok] 123: Unable to download'],
])('redact: %s', (_odd, said, expected) =>
  expect(redact(said, { proxy, from: '--proxy', noProxy: '' })).toBe(expected),
);
