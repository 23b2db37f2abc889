import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { overviewOf } from '../../../src/deliver/contact-sheet/overview.ts';
import type { SheetPosting } from '../../../src/deliver/contact-sheet/state.ts';
import { writeContactSheet } from '../../../src/deliver/contact-sheet.ts';
import type { Entry } from '../../../src/state/documents.ts';
import { toJson } from '../../../src/state/documents.ts';
import { targets } from '../../../src/targets/index.ts';
import type { Target } from '../../../src/targets/target.ts';
import { createFiles } from '../../../src/tools/disk-files.ts';
import { makeMedia, recipes } from '../../media.ts';
import { caption, entry, file, issue } from './entries.ts';
import { noPosting } from './posting.ts';

export function targetNamed(name: string): Target {
  const found = targets.find((target) => target.name === name);
  if (!found) throw new Error(`no target ${name}`);
  return found;
}

/** Posts of every kind that a sheet shows. */
export const sampleRows: readonly Entry[] = [
  entry({
    key: '2025-11-23_08-05-41',
    caption: caption({
      title: 'Sunrise over the old town, seen twice',
      body: 'We got up at five for this. The whole city was asleep, and then the bells began.\n\nBring a jacket: it is colder up there than you think, even in June. The tram runs from six.',
      hashtags: ['travel', 'lisbon', 'sunrise', 'slowtravel', '旅行', 'viewpoint'],
      removed: [{ text: '#fyp', reason: 'platform-tag' }],
    }),
    declarations: ['ai-generated'],
    toDeclare: ['tick: 笔记含AI合成内容 (made with AI)'],
    issues: [
      issue('duration-unknown', 'warning', 'It lasts 92 s. Over 60 s it may be shown to fewer people.'),
      issue('hashtags-cut', 'info', 'It has 12 hashtags; the first 6 are kept.'),
    ],
  }),
  entry({
    key: '2025-08-16_06-30-22',
    caption: caption({
      title: '小红书 周末去哪儿',
      body: '早上八点出发，路上几乎没有人。',
      hashtags: ['周末', '咖啡'],
    }),
    files: [
      file('rednote/2025-08-16_06-30-22/01.jpg', 'photo'),
      file('rednote/2025-08-16_06-30-22/02.jpg', 'photo'),
      file('rednote/2025-08-16_06-30-22/03.jpg', 'photo', {
        action: 'image',
        why: [issue('image-format', 'info', 'It is a heif image; wanted: jpeg, png, webp.')],
      }),
      file('rednote/2025-08-16_06-30-22/04.jpg', 'photo'),
      file('rednote/2025-08-16_06-30-22/cover.jpg', 'cover'),
      file('rednote/2025-08-16_06-30-22/caption.txt', 'caption', { bytes: 120 }),
    ],
  }),
  entry({
    key: '2025-05-18_21-47-55',
    caption: caption({ title: '2025-05-18', body: '', hashtags: [], source: 'none' }),
    issues: [issue('no-words', 'warning', 'It has no caption: TikTok leaves captions out of its exports.')],
  }),
  entry({
    key: '2025-03-02_09-15-04',
    caption: caption({ body: 'Part one (1/2)' }),
    files: ['part-1', 'part-2'].flatMap((part) => [
      file(`rednote/2025-03-02_09-15-04/${part}/video.mp4`, 'video'),
      file(`rednote/2025-03-02_09-15-04/${part}/cover.jpg`, 'cover'),
    ]),
    parts: ['part-1', 'part-2'].map((part, index) => ({
      caption: caption({ body: `Part by part (${index + 1}/2)` }),
      files: [`rednote/2025-03-02_09-15-04/${part}/video.mp4`, `rednote/2025-03-02_09-15-04/${part}/cover.jpg`],
    })),
  }),
  entry({
    key: '2025-02-14_19-33-07',
    status: 'held',
    caption: null,
    files: [],
    issues: [
      issue(
        'visibility',
        'info',
        'Held back, since not everyone could see it (private). Add --include private to port it too.',
      ),
    ],
  }),
  entry({
    key: '2025-02-10_10-00-00',
    status: 'failed',
    caption: null,
    files: [],
    issues: [
      issue(
        'link-expired',
        'error',
        'Its link ended on 2025-02-20. Ask TikTok for a new export and run port on it within days.',
      ),
    ],
  }),
];

/** Writes a sheet with small real media beside it; resolves to the page's path. */
export async function writeSample(
  folder: string,
  rows: readonly Entry[] = sampleRows,
  name = 'rednote',
  account = 'maya',
  posting: SheetPosting = noPosting,
): Promise<string> {
  const files = createFiles();
  const video = await makeMedia(folder, 'clip.mp4', recipes.compliant);
  let shade = 0;
  const media = new Map(rows.flatMap((row) => row.files).map((each) => [each.path, each]));
  for (const { path, role } of media.values()) {
    const to = join(folder, account, path);
    await mkdir(join(to, '..'), { recursive: true });
    shade += 47;
    if (role === 'video') await files.copy(video, to);
    else if (role === 'caption') await writeFile(to, 'words\n');
    else await picture(to, shade);
  }
  const target = targetNamed(name);
  const own = rows.filter((row) => row.target === target.name);
  const keys = rows.map(({ key }) => key);
  const sheet = { folder: join(folder, account), account, target, keys, rows: own, posting: async () => posting };
  await writeContactSheet(sheet, files, async () => '');
  const totals = { [target.name]: overviewOf(own).totals };
  const known = { files: ['export.zip'], account, posts: own.length };
  const manifest = toJson({ tool: 'content-port 1.0.0', export: known, totals, posts: own });
  await writeFile(join(folder, account, 'manifest.json'), manifest);
  return join(folder, account, name, 'index.html');
}

/** A picture of two colours that differs by its hue. Not an SVG: once `port` has loaded sharp, it opens none. */
async function picture(path: string, hue: number): Promise<void> {
  const [width, height] = [540, 720];
  const colour = (degrees: number) => [0, 120, 240].map((at) => 128 + 100 * Math.cos(((degrees + at) * Math.PI) / 180));
  const [above, below] = [colour(hue), colour(hue + 70)];
  const pixels = Buffer.alloc(width * height * 3);
  for (let at = 0; at < pixels.length; at++) {
    const share = Math.floor(at / 3 / width) / height;
    pixels[at] = (above[at % 3] ?? 0) * (1 - share) + (below[at % 3] ?? 0) * share;
  }
  await sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 80 })
    .toFile(path);
}
