import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CaptionsOptions, openCaptions } from '../../src/captions/index.ts';
import { cellRecordJson } from '../../src/captions/own-sheet.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import type { Tools } from '../../src/tools/tools.ts';
import type { YtDlp } from '../../src/tools/yt-dlp.ts';
import { post } from '../builders.ts';
import { zip } from '../originals/world.ts';
import { temporaryFolder } from '../tools/folder.ts';

export const time = 1_740_906_904;
export const key = '2025-03-02_09-15-04';
export const idAt = (seconds: number) => ((BigInt(seconds) << 32n) + 5n).toString();
export const id = idAt(time - 4);
const never = new AbortController().signal;

/** A yt-dlp that prints these lines, and counts how often it is asked. */
export function printing(lines: readonly (object | string)[], failure: string | null = null) {
  const asked: string[] = [];
  const ytDlp: YtDlp = {
    download: async () => '',
    async list(profile) {
      asked.push(profile);
      return {
        lines: lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
        failure,
      };
    },
  };
  return { asked, ytDlp };
}

/** An account's folder, and a way to look for words in it. */
export function account(folder = temporaryFolder()) {
  const open = async (odd: Partial<CaptionsOptions>, ytDlp: YtDlp | null = null, now = time + 9000) => {
    const { captions, ask } = await openCaptions(
      {
        folder,
        account: 'maya',
        profile: 'maya',
        posts: [post()],
        isWanted: () => true,
        given: [],
        beside: [],
        aliases: [],
        shift: null,
        mayAsk: true,
        secondsOf: async () => null,
        ...odd,
      },
      { files: createFiles(), ytDlp, now: () => now } as Partial<Tools> as Tools,
      never,
    );
    return ask === null ? captions : await ask();
  };
  const sheet = (caption: string, title = '', hashtags = '') =>
    writeFileSync(join(folder, 'captions.csv'), `key,caption,title,hashtags\n${key},${caption},${title},${hashtags}\n`);
  const remember = (text: string, personal = false) => {
    const nothing = { text: '', personal: false };
    const rows = new Map([[key, { caption: { text, personal }, title: nothing, hashtags: nothing }]]);
    writeFileSync(join(folder, 'captions.json'), cellRecordJson(rows));
  };
  return { folder, open, sheet, remember };
}

export const sidecar = (text: string, odd: object = {}) =>
  zip({ 'a.info.json': JSON.stringify({ id, timestamp: time + 3, uploader: 'maya', description: text, ...odd }) });
export const csv = (caption: string) => zip({ 'a.csv': `key,caption\n${key},${caption}\n` });
export const entry = (text: string, at = time + 5) => ({
  id: idAt(at - 4),
  timestamp: at,
  description: text,
  uploader: 'maya',
});
