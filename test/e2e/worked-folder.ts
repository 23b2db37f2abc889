import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import sharp from 'sharp';
import { makeMedia, picture, recipes, tone } from '../media.ts';

/** An export of one post of each kind whose state a run has to keep, and what a person then does to what was delivered. */

export const keys = {
  /** Its video comes by a link, its words from the profile's list. The person changes the cell and puts in a cover. */
  linked: '2025-06-01_10-00-00',
  /** Its video lies in --media with a downloader's sidecar. The person edits caption.txt. */
  sidecar: '2025-06-02_10-00-00',
  /** Its photos come by links, its words from the profile's list, which nobody changes. */
  listed: '2025-06-03_10-00-00',
  /** Its photos come by links, its title from the export. The person empties the cell. */
  emptied: '2025-06-04_10-00-00',
  failed: '2025-06-05_10-00-00',
  held: '2025-06-06_10-00-00',
} as const;

const timeOf = (key: string) => Date.parse(`${key.slice(0, 10)}T10:00:00Z`) / 1000;
const idAt = (time: number) => String((BigInt(time) << 32n) | 7n);
const tail = (recipe: readonly string[]) => recipe.slice(picture().length + tone().length);

/** What a server of the export has. */
export async function servedMedia(folder: string): Promise<Readonly<Record<string, Uint8Array>>> {
  await mkdir(folder, { recursive: true });
  return {
    '/video': await video(folder, 440),
    '/listed': await photo('teal'),
    '/emptied': await photo('olive'),
    '/second': await photo('navy'),
  };
}

async function video(folder: string, frequency: number): Promise<Buffer> {
  const args = [...picture('160x284', 0.5), ...tone(0.5, frequency), ...tail(recipes.compliant)];
  return await readFile(await makeMedia(folder, `${frequency}.mp4`, args));
}

async function photo(background: string): Promise<Buffer> {
  return await sharp({ create: { width: 120, height: 160, channels: 3, background } })
    .jpeg()
    .toBuffer();
}

/** Writes export.json, media/ and the list of the profile as yt-dlp told it last. @param address of the server */
export async function writeExport(place: string, address: string): Promise<void> {
  const row = (key: string, Link: string, odd: object = {}) => ({
    Date: key.replace('_', ' ').replace(/(\d\d)-(\d\d)-(\d\d)$/, '$1:$2:$3'),
    Link,
    WhoCanView: 'Everyone',
    Sound: 'original sound - small',
    ...odd,
  });
  const signed = (path: string) => `${address}${path}?x-tos-expires=4102444800&x-tos-signature=verysecret`;
  const VideoList = [
    row(keys.linked, signed('/video')),
    row(keys.sidecar, 'N/A'),
    row(keys.listed, `${signed('/listed')}\n${signed('/second')}`, { Title: 'A title of the export' }),
    row(keys.emptied, `${signed('/emptied')}\n${signed('/second')}`, { Title: 'Two boats at anchor' }),
    row(keys.failed, 'N/A'),
    row(keys.held, signed('/video'), { WhoCanView: 'Only You' }),
  ];
  const Profile = { 'Profile Info': { ProfileMap: { userName: 'small' } } };
  await mkdir(join(place, 'media'), { recursive: true });
  await writeFile(join(place, 'export.json'), JSON.stringify({ Profile, Post: { Posts: { VideoList } } }));
  await writeFile(join(place, 'media/harbour.mp4'), await video(place, 660));
  await rm(join(place, '660.mp4'));
  const about = { extractor: 'TikTok', id: idAt(timeOf(keys.sidecar)), uploader: 'small' };
  await writeFile(
    join(place, 'media/harbour.info.json'),
    JSON.stringify({ ...about, timestamp: timeOf(keys.sidecar), description: 'The harbour in the morning' }),
  );
  const entries = [keys.linked, keys.listed].map((key) => ({
    ...{ id: idAt(timeOf(key)), timestamp: timeOf(key), uploader: 'small' },
    description: `Words of the profile for ${key.slice(0, 10)}`,
  }));
  const list = { schemaVersion: 1, _type: 'playlist', profile: 'small', trouble: null, entries };
  await mkdir(join(place, 'ported/small/originals'), { recursive: true });
  await writeFile(
    join(place, 'ported/small/originals/listing.json'),
    JSON.stringify({ ...list, askedAt: '2026-01-01T00:00:00.000Z' }),
  );
}

export const command = [
  'export.json',
  '--to',
  'rednote',
  '--media',
  'media',
  '--allow-host',
  '127.0.0.1',
  '--no-listing',
];

/** What a person does between two runs. @param account its folder */
export async function workOn(account: string): Promise<void> {
  const sheet = join(account, 'captions.csv');
  const text = await readFile(sheet, 'utf8');
  const changed = text
    .replaceAll('Words of the profile for 2025-06-01', 'Harbour by night #travel')
    .replaceAll('Two boats at anchor', '');
  await writeFile(sheet, changed);
  await rm(join(account, 'rednote', keys.linked, 'cover.jpg'));
  await writeFile(
    join(account, 'rednote', keys.linked, 'cover.jpg'),
    await sharp({ create: { width: 1080, height: 1440, channels: 3, background: 'purple' } })
      .jpeg()
      .toBuffer(),
  );
  const words = join(account, 'rednote', keys.sidecar, 'caption.txt');
  await writeFile(words, 'My own title\n\nMy own words\n');
}

/** The documents of an account, by their paths, with `/`. */
export async function documentsIn(account: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of (await readdir(account, { recursive: true })).sort()) {
    const path = name.split(sep).join('/');
    if (path.startsWith('.port/') || !/\.(?:json|jsonl|csv|txt|html)$/.test(path)) continue;
    found[path] = await readFile(join(account, name), 'utf8');
  }
  return found;
}
