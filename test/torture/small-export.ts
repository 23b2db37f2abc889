import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { makeMedia, picture, recipes, tone } from '../media.ts';
import { type Behaviour, type FaultServer, serve, startServer } from '../servers/fault-server.ts';

/** An export that has a bit of everything, and takes a second or two: so small are its videos and photos. */
export interface SmallExport {
  /** The folder of the export. */
  readonly path: string;
  readonly server: FaultServer;
  /** What the server has: the file of each path. */
  readonly served: Readonly<Record<string, Uint8Array>>;
}

const tiny = [...picture('160x284', 0.6), ...tone(0.6)];
const tail = (recipe: readonly string[]) => recipe.slice(picture().length + tone().length);

/** Makes the media into a folder, to be served or bundled. */
export async function makeSmallMedia(folder: string): Promise<Readonly<Record<string, Buffer>>> {
  await mkdir(folder, { recursive: true });
  const video = async (name: string, args: readonly string[]) => readFile(await makeMedia(folder, name, args));
  const drawn = (background: string, width: number, height: number) =>
    sharp({ create: { width, height, channels: 3, background } });
  return {
    '/copy': await video('copy.mp4', [...tiny, ...tail(recipes.compliant)]),
    '/hevc': await video('hevc.mp4', [...tiny, ...tail(recipes.hevc)]),
    // Landscape and silent: another operation for each platform.
    wide: await video('wide.mp4', [...picture('284x160', 0.6), ...recipes.noSound.slice(picture().length)]),
    '/one': await drawn('teal', 120, 160).jpeg().toBuffer(),
    '/two': await drawn('olive', 160, 120).webp().toBuffer(),
  };
}

/** Of `writeSmallArchive`: a video that every platform takes, one that is encoded, two photos. */
export const smallKeys = {
  copied: '2025-06-01_10-00-00',
  encoded: '2025-06-02_10-00-00',
  photos: '2025-06-03_10-00-00',
};

/**
 * Writes `export.json` of the account `small` and, in `media/`, the originals of its three posts under their keys.
 * @param link of each post; one that has ended still says of which kind its post is
 */
export async function writeSmallArchive(folder: string, link = 'N/A'): Promise<void> {
  const made = await makeSmallMedia(join(folder, 'made'));
  const media = join(folder, 'media');
  await mkdir(join(media, smallKeys.photos), { recursive: true });
  for (const [name, from] of [
    [`${smallKeys.copied}.mp4`, '/copy'],
    [`${smallKeys.encoded}.mp4`, '/hevc'],
    [`${smallKeys.photos}/01.jpg`, '/one'],
    [`${smallKeys.photos}/02.webp`, '/two'],
  ] as const)
    await writeFile(join(media, name), made[from] ?? '');
  const VideoList = [1, 2, 3].map((day) => ({
    ...{ Date: `2025-06-0${day} 10:00:00`, Link: link, WhoCanView: 'Everyone' },
    ...(day === 3 && { Link: link === 'N/A' ? link : `${link}\n${link}&second`, Title: 'Two photos' }),
  }));
  const Profile = { 'Profile Info': { ProfileMap: { userName: 'small' } } };
  await writeFile(join(folder, 'export.json'), JSON.stringify({ Profile, Post: { Posts: { VideoList } } }));
}

/** A file in eighths, with a pause between them: a download that can be hit. */
function slowly(body: Uint8Array, etag: string): Behaviour {
  const whole = serve(body, { etag });
  return (request, response, count) => {
    if (request.headers.range !== undefined) return whole(request, response, count);
    response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': body.length, etag });
    const step = Math.ceil(body.length / 8);
    const send = (from: number) => {
      if (from >= body.length) response.end();
      else response.write(body.subarray(from, from + step), () => setTimeout(() => send(from + step), 10));
    };
    send(0);
  };
}

/** Four posts: three come from a server (a copy, an encode, photos), one lies in the export. Lives as long as the test. */
export async function smallExport(folder: string, media: Readonly<Record<string, Buffer>>): Promise<SmallExport> {
  const served = Object.fromEntries(Object.entries(media).filter(([path]) => path.startsWith('/')));
  const server = await startServer(
    Object.fromEntries(Object.entries(served).map(([path, body]) => [path, slowly(body, `"${path}"`)])),
  );
  const signed = (path: string) => `${server.url(path)}?x-tos-expires=4102444800&x-tos-signature=verysecret`;
  const about = { WhoCanView: 'Everyone', Sound: 'original sound - small' };
  const VideoList = [
    { Date: '2025-06-01 10:00:00', Link: signed('/copy'), ...about },
    { Date: '2025-06-02 10:00:00', Link: signed('/hevc'), ...about },
    { Date: '2025-06-03 10:00:00', Link: `${signed('/one')}\n${signed('/two')}`, Title: 'Two photos', ...about },
    { Date: '2025-06-04 10:00:00', Link: 'N/A', ...about },
    { Date: '2025-06-05 10:00:00', Link: signed('/copy'), WhoCanView: 'Only You' },
  ];
  const path = join(folder, 'export');
  await mkdir(join(path, 'media'), { recursive: true });
  await writeFile(join(path, 'media/2025-06-04_10-00-00.mp4'), media['wide'] ?? '');
  const Profile = { 'Profile Info': { ProfileMap: { userName: 'small' } } };
  await writeFile(join(path, 'user_data_tiktok.json'), JSON.stringify({ Profile, Post: { Posts: { VideoList } } }));
  return { path, server, served };
}
