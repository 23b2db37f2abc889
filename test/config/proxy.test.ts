import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkOptions } from '../../src/config/options.ts';
import { chooseRoute, parseProxy, routeOf } from '../../src/config/proxy.ts';
import { fullAddress } from '../../src/tools/proxy.ts';

const shown = (written: string) => {
  const found = parseProxy(written);
  if (typeof found === 'string') return found;
  const login = found.credentials();
  return login === null ? found.shown : `${found.shown} as ${login.username}:${login.password}`;
};

describe('the address of a proxy', () => {
  it.each([
    ['http', 'http://proxy.example:8080', 'http://proxy.example:8080'],
    ['https', 'https://proxy.example:8443/', 'https://proxy.example:8443'],
    ['socks5', 'socks5://127.0.0.1:1080', 'socks5://127.0.0.1:1080'],
    ['socks5h, as curl calls names that the proxy resolves', 'socks5h://127.0.0.1:9', 'socks5://127.0.0.1:9'],
    ['without a scheme, as curl reads it', 'proxy.example:8080', 'http://proxy.example:8080'],
    ['without a port', 'http://proxy.example', 'http://proxy.example:80'],
    ['https without a port', 'https://proxy.example', 'https://proxy.example:443'],
    ['socks5 without a port', 'socks5://proxy.example', 'socks5://proxy.example:1080'],
    ['the default port of another scheme', 'socks5://proxy.example:80', 'socks5://proxy.example:80'],
    ['port 443 of http', 'http://proxy.example:443', 'http://proxy.example:443'],
    ['IPv6', 'http://[::1]:8080', 'http://[::1]:8080'],
    ['capitals and blanks', ' HTTP://Proxy.Example:8080 ', 'http://proxy.example:8080'],
    ['a login', 'http://maya:secret@proxy.example:8080', 'http://proxy.example:8080 as maya:secret'],
    ['a user alone', 'socks5://maya@proxy.example', 'socks5://proxy.example:1080 as maya:'],
    ['escapes', 'http://ma%40ya:p%3A%25%C3%A9@proxy.example:1', 'http://proxy.example:1 as ma@ya:p:%é'],
    ['an @ in the password', 'http://maya:a@b@proxy.example:1', 'http://proxy.example:1 as maya:a@b'],
  ])('%s', (_odd, written, expected) => expect(shown(written)).toBe(expected));

  it.each([
    ['another scheme', 'ftp://proxy.example', '“ftp”'],
    ['socks4', 'socks4://proxy.example', '“socks4”'],
    ['no host', 'http://', 'no address'],
    ['a port that is none', 'http://proxy.example:99999', 'no address'],
    ['words', 'my proxy', 'no address'],
    ['a line break, which would join two words to one host', 'http://proxy\nsecret', 'line break'],
    ['a tab in the password', 'http://maya:12\tsecret@proxy.example', 'line break'],
    ['a path', 'http://proxy.example/x', 'more than an address'],
    ['an unescaped # in the password', 'http://maya:12#secret@proxy.example:8080', '%23'],
    ['an unescaped % in the password', 'http://maya:%secret@proxy.example', '%25'],
    ['a password too long for socks5', `socks5://maya:secret${'x'.repeat(250)}@proxy.example`, '255 bytes'],
  ])('%s is refused, and not repeated', (_odd, written, words) => {
    const error = (() => {
      try {
        return checkOptions({ to: 'shorts', proxy: written });
      } catch (thrown) {
        return (thrown as Error).message;
      }
    })();
    expect(error).toContain(words);
    expect(error).toMatch(/^--proxy .*See port --help\.$/);
    expect(error).not.toMatch(/secret|maya/);
  });

  it('any login survives the way to another program, and no printed form holds it', () => {
    const text = fc.string({ minLength: 4, maxLength: 40, unit: 'binary' });
    fc.assert(
      fc.property(text, text, fc.constantFrom('http', 'https', 'socks5'), (username, rest, protocol) => {
        const password = `pw-${rest}`;
        const written = `${protocol}://${encodeURIComponent(username)}:${encodeURIComponent(password)}@proxy.example:81`;
        const found = parseProxy(written);
        if (typeof found === 'string') throw new Error(found);
        expect(found.credentials()).toEqual({ username, password });
        const again = parseProxy(fullAddress(found));
        expect(typeof again === 'string' ? again : again.credentials()).toEqual({ username, password });
        expect(JSON.stringify(found) + inspect(found) + String(found.shown)).not.toContain(
          encodeURIComponent(password),
        );
      }),
    );
  });

  it('text of any kind is an address or a sentence', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const found = parseProxy(text);
        if (typeof found !== 'string') expect(found.shown).toMatch(/^(?:https?|socks5):\/\/[^@]+:\d+$/);
      }),
    );
  });
});

describe('which proxy is taken', () => {
  const from = (environment: NodeJS.ProcessEnv, written?: string) => {
    const { proxy } = checkOptions({ to: 'shorts', ...(written !== undefined && { proxy: written }) });
    const route = chooseRoute(proxy, environment);
    return [route.proxy?.shown ?? null, route.from, route.noProxy];
  };

  it.each<[string, NodeJS.ProcessEnv, string | undefined, (string | null)[]]>([
    ['none', {}, undefined, [null, null, '']],
    ['HTTPS_PROXY', { HTTPS_PROXY: 'http://a:1' }, undefined, ['http://a:1', 'HTTPS_PROXY', '']],
    ['https_proxy', { https_proxy: 'http://a:1' }, undefined, ['http://a:1', 'HTTPS_PROXY', '']],
    [
      'lower case wins',
      { https_proxy: 'http://a:1', HTTPS_PROXY: 'b:1' },
      undefined,
      ['http://a:1', 'HTTPS_PROXY', ''],
    ],
    ['ALL_PROXY', { ALL_PROXY: 'socks5://a' }, undefined, ['socks5://a:1080', 'ALL_PROXY', '']],
    ['all_proxy', { all_proxy: 'socks5://a' }, undefined, ['socks5://a:1080', 'ALL_PROXY', '']],
    [
      'HTTPS_PROXY before ALL_PROXY',
      { HTTPS_PROXY: 'a:1', all_proxy: 'b:1' },
      undefined,
      ['http://a:1', 'HTTPS_PROXY', ''],
    ],
    [
      'an empty one is none',
      { HTTPS_PROXY: '', https_proxy: '', ALL_PROXY: 'b:1' },
      undefined,
      ['http://b:1', 'ALL_PROXY', ''],
    ],
    ['HTTP_PROXY, which is for plain http', { HTTP_PROXY: 'a:1', http_proxy: 'a:1' }, undefined, [null, null, '']],
    ['--proxy before all', { HTTPS_PROXY: 'a:1' }, 'socks5://b', ['socks5://b:1080', '--proxy', '']],
    ['--proxy with NO_PROXY', { no_proxy: 'x.example' }, 'http://b:2', ['http://b:2', '--proxy', 'x.example']],
    ['an empty --proxy: none', { HTTPS_PROXY: 'a:1' }, '', [null, '--proxy', '']],
  ])('%s', (_odd, environment, written, expected) => expect(from(environment, written)).toEqual(expected));

  it('a bad address in the environment ends with a sentence that does not repeat it', () => {
    const bad = { HTTPS_PROXY: 'http://maya:sec#ret@a' };
    expect(() => from(bad)).toThrow(/^HTTPS_PROXY in the environment .* Correct or unset it, or give --proxy\.$/);
    expect(() => from(bad)).not.toThrow(/maya|sec/);
    expect(from(bad, 'http://b:2')).toEqual(['http://b:2', '--proxy', '']);
  });

  it('none without a network: --offline and a dry run do not even look', () => {
    const bad = { HTTPS_PROXY: 'ftp://a' };
    expect(routeOf({ offline: true }, bad).proxy).toBeNull();
    expect(routeOf({ offline: false, dryRun: true }, bad).proxy).toBeNull();
    expect(() => routeOf({ offline: false }, bad)).toThrow('HTTPS_PROXY');
  });
});
