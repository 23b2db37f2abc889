import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { smallKeys, writeSmallArchive } from '../torture/small-export.ts';

/** Copies of the small archive of the torture tests, which is made once. */
export interface SmallArchives {
  /** Copies `export.json` of the account `small` and `media/` into a folder. */
  copy(folder: string): Promise<void>;
  /** Writes an export of another account, whose only post is the video that every platform takes. */
  writeExport(path: string, account: string): Promise<void>;
  /** Copies that video into a folder of media. */
  copyVideo(media: string): Promise<void>;
}

/** @param folder that exists as long as they are needed */
export function smallArchives(folder: string): SmallArchives {
  let made: Promise<void> | undefined;
  const ready = async () => {
    made ??= writeSmallArchive(folder);
    await made;
  };
  return {
    async copy(to) {
      await ready();
      for (const name of ['export.json', 'media']) cpSync(join(folder, name), join(to, name), { recursive: true });
    },
    async writeExport(path, account) {
      await ready();
      const { Post } = JSON.parse(readFileSync(join(folder, 'export.json'), 'utf8'));
      const VideoList = Post.Posts.VideoList.slice(0, 1);
      const Profile = { 'Profile Info': { ProfileMap: { userName: account } } };
      writeFileSync(path, JSON.stringify({ Profile, Post: { Posts: { VideoList } } }));
    },
    async copyVideo(media) {
      await ready();
      const name = `${smallKeys.copied}.mp4`;
      mkdirSync(media, { recursive: true });
      cpSync(join(folder, 'media', name), join(media, name));
    },
  };
}
