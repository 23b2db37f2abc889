/** An archive of many posts that takes next to no room: all of them are one small clip under other names. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, linkSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from '../../../build/tools/programs.js';
import { keyOf, writeExport } from '../made-export.mjs';

/** A file has so many names at most on ext4; then a new copy begins. */
const namesOfOne = 50_000;

/**
 * @param folder that is there
 * @param posts how many
 * @returns paths: the export, the folder of its media, and a spreadsheet with the words of all posts
 */
export async function makeArchive(folder, posts) {
  const { path: ffmpeg } = await findProgram('ffmpeg');
  const clip = join(folder, 'clip.mp4');
  // Two colours that stand still: a clip and covers of some kilobytes, so that a hundred thousand fit into memory.
  const picture = 'color=teal:s=1080x1920:r=30:d=4,drawbox=w=540:h=960:color=orange:t=fill';
  const source = ['-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', 'sine=440:r=48000:d=4'];
  const codec = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '51', '-pix_fmt', 'yuv420p'];
  const sound = ['-c:a', 'aac', '-ac', '2', '-b:a', '16k'];
  execFileSync(ffmpeg, ['-v', 'error', ...source, ...codec, ...sound, '-movflags', '+faststart', clip]);
  const media = join(folder, 'media');
  mkdirSync(media);
  const words = ['key,caption'];
  let seed = clip;
  for (let index = 0; index < posts; index++) {
    if (index % namesOfOne === namesOfOne - 1) {
      seed = join(folder, `clip ${index}.mp4`);
      copyFileSync(clip, seed);
    }
    linkSync(seed, join(media, `${keyOf(index)}.mp4`));
    const said = `Day ${index} in Lisbon: coffee, trams and a view. What would you try first? #travel #lisbon #coffee #fyp`;
    words.push(`${keyOf(index)},"${said}"`);
  }
  const captions = join(folder, 'words.csv');
  writeFileSync(captions, words.join('\n'));
  const file = writeExport(folder, Array(posts).fill(0));
  // People do not run port in the second in which they saved these; what was saved just now is read each time.
  const hourAgo = Date.now() / 1000 - 3600;
  for (const each of [file, captions]) utimesSync(each, hourAgo, hourAgo);
  return { file, media, captions };
}
