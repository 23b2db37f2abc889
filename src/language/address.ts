import type { ChosenEngine } from './contract.ts';

/**
 * Reads the base address of an engine.
 * @returns the address without a slash at its end, or what is wrong with it, as half a sentence
 */
export function readAddress(written: string): { readonly base: string; readonly url: URL } | string {
  if (!/^https?:\/\//i.test(written) || !URL.canParse(written)) return 'needs an address that begins with https://';
  const url = new URL(written);
  if (url.username !== '' || url.password !== '')
    return 'takes no user name or password in its address: keys belong into PORT_TRANSLATOR_KEY';
  if (url.search !== '' || url.hash !== '') return 'takes an address without ? and #';
  return { base: `${url.origin}${url.pathname.replace(/\/+$/, '')}`, url };
}

/** What the rest of port needs to know of an address. */
export function aboutAddress(url: URL): NonNullable<ChosenEngine['address']> {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const isHere = host === 'localhost' || host === '::1' || /^127(?:\.\d+){3}$/.test(host);
  return { host: url.host, isSecure: url.protocol === 'https:', isHere };
}
