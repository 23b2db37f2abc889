import { basename } from 'node:path';
import { quoted } from '../errors.ts';

/** File names of unfinished downloads: Chrome, Firefox, Safari, Opera, download managers. */
const UNFINISHED = /\.(?:crdownload|part|partial|download|opdownload|aria2|!ut|tmp)$/i;
/** Unfinished exports only: yt-dlp's unfinished media are also called `.part`. */
const EXPORT_NAME = /\.(?:zip|json|txt|gz)\.[^.]+$|^unconfirmed \d+\.crdownload$/i;
/** Parts of a split ZIP: `export.zip.001`, `export.z01`. */
const SPLIT = /\.zip\.(\d{3})$|\.z\d\d$/i;

/** Why a file is not a complete export, judged by its name alone; null for all other names. */
export function whyNotWhole(path: string): string | null {
  const name = basename(path);
  const whole = SPLIT.exec(name);
  if (whole !== null) {
    const safe = name.replace(/["$`\\\p{Cc}]/gu, '?');
    const command =
      whole[1] === undefined
        ? `zip -s 0 "${safe.replace(/z\d\d$/i, 'zip')}" --out export.zip`
        : `cat "${safe.slice(0, -3)}"* > export.zip`;
    return `${quoted(name)} is one part of a ZIP that was split into several. Join them first (7-Zip does, and on Mac and Linux: ${command}), and give port the whole ZIP.`;
  }
  if (UNFINISHED.test(name) && EXPORT_NAME.test(name)) {
    return `${quoted(name)} is a download that is not finished. Let it finish, or download the export again.`;
  }
  return null;
}

/**
 * What a file named like an export really is, by its first bytes: a web page, another kind of archive.
 * @returns null if it may be what its name says
 */
export function whyNoArchive(path: string, start: Buffer): string | null {
  const name = /\.zip$/i.test(path)
    ? `${quoted(basename(path))} is named .zip but is none: it`
    : quoted(basename(path));
  const bytes = start.toString('latin1');
  if (isWebPage(start)) {
    return `${name} is a web page, perhaps TikTok's log-in page, which the browser saved in place of the export. Log in to TikTok and download the export again.`;
  }
  const other = OTHERS.find(([signature]) => bytes.startsWith(signature))?.[1];
  if (other !== undefined)
    return `${name} is ${other}, which port does not open: unpack it, and give port what is inside.`;
  return null;
}

const OTHERS: readonly (readonly [string, string])[] = [
  ['Rar!\u001a', 'a RAR archive'],
  ['7z\u00bc\u00af\u0027\u001c', 'a 7-Zip archive'],
  ['\u00fd7zXZ', 'an XZ archive'],
  ['BZh', 'a bzip2 archive'],
];

function isWebPage(start: Buffer): boolean {
  const text = start.toString('utf8').replaceAll('\0', '');
  return /^\ufeff?\s*<(?:!doctype\s+html|html|head|body)\b/i.test(text);
}
