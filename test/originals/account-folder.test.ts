import { describe, expect, it } from 'vitest';
import type { Archive } from '../../src/tools/archive.ts';
import { fakeMedia } from '../servers/media.ts';
import { get } from './looks.ts';
import { folderOf, video, world, zip } from './world.ts';

const mp4 = fakeMedia('mp4', 5000);
const another = fakeMedia('mp4', 7000, 3);
const id = String((BigInt(video().time - 4) << 32n) | 77n);

describe('issues of local files that concern no single post', () => {
  const times = [0, 3600, 9000, 10_800, 16_200, 19_800].map((each) => video().time + each);
  const posts = times.map((time, index) => video({ key: `k${index}`, time }));
  const shifted = (seconds: number) => {
    const names = times.map((time) => `${new Date((time + seconds) * 1000).toISOString().slice(0, 19)}.mp4`);
    return zip(Object.fromEntries(names.map((name) => [name.replaceAll(':', '.'), mp4])));
  };
  const found = async (bundled: readonly Archive[], media: readonly Archive[], mediaShift: number | null = null) => {
    const { issues } = await world().open({ posts, bundled, media, mediaShift, offline: true });
    return issues.map(({ code, actual }) => `${code} ${actual}`);
  };

  it('are told of the media in the export, and of --media', async () => {
    expect(await found([shifted(7200)], [shifted(3600)])).toEqual(['media-shifted -7200', 'media-shifted -3600']);
    expect(await found([], [shifted(3600)])).toEqual(['media-shifted -3600']);
    expect(await found([], [])).toEqual([]);
  });

  it('are not reported where --media-shift makes the names fit', async () => {
    expect(await found([], [shifted(3600)], -3600)).toEqual([]);
  });
});

describe('the folder of the account', () => {
  it('counts in the export and in --media, as do its former names in sidecars', async () => {
    const own = { 'leo/2025-03-02 09.15.04.mp4': another, 'maya/2025-03-02 09.15.04.mp4': mp4 };
    for (const of of ['bundled', 'media'] as const) {
      const { original } = await get(video(), { [of]: [zip(own)], account: null });
      expect(original?.files).toMatchObject([{ bytes: 5000 }]);
    }
    const sidecar = JSON.stringify({ id, timestamp: video().time, uploader: 'mayabakes', extractor: 'TikTok' });
    const media = [await folderOf({ 'a.mp4': mp4, 'a.info.json': sidecar })];
    expect((await get(video(), { media, aliases: ['mayabakes'] })).original?.matchedBy).toBe('sidecar');
    expect((await get(video(), { media })).original).toBeNull();
  });
});
