import { type IssueFacts, type IssueSentences, span } from '../../../../report/issue-sentences.ts';
import { english } from '../../../../report/messages-en.ts';

/** Sentences whose remedy is an option of the command line there, and a button or a choice on the page. */
const ofPage: Partial<IssueSentences> = {
  'visibility-unread': ({ actual, limit }) =>
    `It is unclear who could see ${Number(limit) > 1 ? `${limit} posts` : '1 post'}: ${actual}. What may not be public is held back unless you include private posts and those for friends in the choices.`,
  visibility: ({ actual, limit }) =>
    limit === ''
      ? `Held back, since not everyone could see it (${audiences(actual)}). If it may be public, choose “Include this post”.`
      : `Held back: the export ${
          actual === ''
            ? 'does not say who could see it'
            : `says “${actual}” of who could see it, which port does not know`
        }. If it may be public, choose “Include this post”.`,
  included: ({ actual }) => `Included by you on ${actual}, though not everyone could see it.`,
  'target-left-out': ({ actual }) =>
    `Held back here, since its platforms in captions.csv are: ${actual}. To make it for this one too, choose “Include this post”.`,
  interrupted: () => 'The run was interrupted before it reached this post. The next one goes on here.',
  'no-original': () =>
    'Its video or photos are neither in the export nor to be had from a link. Add your own copy, named by the date and time of the post.',
  'no-link': ({ actual }) =>
    actual === 'file-unusable'
      ? 'The export has no link by which another copy could be had. Add your own.'
      : 'The export has no link to its video or photos, and none lie beside it.',
  'link-expired': ({ actual, day }) =>
    `Its link ended on ${day(actual)}. Ask TikTok for a new export and drop it here within days.`,
  'link-private': ({ actual }) =>
    `Its link does not lead to the public internet (${actual}), so it was not followed. If you trust it, start the studio with --allow-host.`,
  'link-insecure': ({ actual }) =>
    `Its link is not https (${actual}), so it was not followed. If you trust it, start the studio with --allow-host.`,
  'page-refused': ({ actual }) =>
    `Its page is not on TikTok (${actual}), so yt-dlp was not given it. If you trust it, start the studio with --allow-host.`,
  'link-failed': ({ actual }) => `Its download failed (${actual}). Look again to go on.`,
  offline: ({ actual }) =>
    actual === 'file-unusable'
      ? 'Its link was not asked, for the studio was started with --offline; without it there may be a better copy.'
      : 'It would have to be downloaded, and the studio was started with --offline.',
  'several-files-fit': ({ actual, limit }) =>
    limit === ''
      ? `${actual} fit this post and are named like it, so none was taken. Keep the right one there and move the others elsewhere.`
      : `${actual} fit this post, so none was taken. Choose the right one, or name it ${limit}.`,
  'fetch-failed': ({ actual }) => `It could not be kept (${actual}). Look again to go on.`,
  'disk-full': () => 'There is no room for it on the disk. Make some and try again.',
  'disk-read-only': ({ actual }) =>
    `The disk cannot be written${at(actual)}: it is read-only. Start the studio with another folder in --out.`,
  'file-too-large': ({ actual }) =>
    `A file grew larger than may be written${at(actual)}: the disk (FAT: 4 GB) or this session (ulimit -f) has a limit. Start the studio with another folder in --out.`,
  'memory-short': ({ actual }) =>
    `There was not enough memory${actual === '' ? '' : ` for ${actual}`}. Close other programs and try again.`,
  'open-files': () => 'Too many files are open at a time on this machine. Allow more (ulimit -n 1024) and try again.',
  'program-killed': ({ actual, limit }) =>
    limit === 'SIGKILL'
      ? `The program ${actual} was ended from outside (SIGKILL), as systems do that run out of memory. Close other programs and try again.`
      : `The program ${actual} was ended from outside (${limit}). Try again.`,
  'media-shifted': ({ actual, limit }) =>
    `Not taken: ${limit === 1 ? '1 file' : `${limit} files`} of your own whose names are off by ${span(actual)}. If those are local times, start the studio with --media-shift ${actual}.`,
  'media-unclear': ({ actual, limit }) =>
    `Not taken: ${actual === 1 ? '1 file' : `${actual} files`} of your own (${limit}), since the times in the names fit several posts, depending on the time zone. If they are UTC, start the studio with --media-shift 0; else with the seconds to add. Or name each file by the date and time of its post.`,
  'sound-lost': ({ actual }) => `${actual} has no sound, and the post had one. Get it anew, or add another copy.`,
  'codec-private': ({ actual, limit }) =>
    `Its picture is in ${actual}, a codec of TikTok's own that no other program reads. Download it again in ${limit} and drop it on this post.`,
  'codec-unknown': ({ actual, limit }) =>
    `Its ${limit} is in a codec that this ffmpeg does not know (${actual}). Save the video as MP4 in H.264 and AAC and add it to your own videos.`,
  encrypted: ({ actual }) =>
    `Its ${actual} is encrypted by a copy protection (DRM), so no other program can open it. Add a copy without it.`,
  'dolby-vision': ({ actual, limit }) =>
    `It is Dolby Vision profile ${actual}, whose colours only its own players know: elsewhere it turns green and purple. Export it as ${limit} and add it to your own videos.`,
  'audio-left-out': ({ actual, limit }) =>
    `Of its sound tracks only one goes out (${limit}); left out: ${actual}. If that is the wrong one, add a copy with the right one alone.`,
  'picture-left-out': ({ actual }) =>
    `It has ${actual === 1 ? 'another picture' : `${actual} other pictures`} in a track of its own, which does not go out. If that is the right one, add a copy with it alone.`,
  'sound-library': ({ actual }) =>
    `Its sound (“${actual}”) is somebody else's: a platform may mute or block it. “Music of others” in the choices makes it silent.`,
  'sound-claim': ({ actual, limit }) =>
    `It is longer than ${limit} s with somebody else's sound (“${actual}”): if that is claimed, it is blocked everywhere. “Music of others” in the choices makes it silent.`,
  'photo-flawed': ({ actual, limit }) =>
    `Photo ${actual} of ${limit} is damaged, and part of it may look wrong. Look at it; add a better copy if you have one.`,
  'decode-errors': () =>
    'Its file has damaged spots: picture or sound may break up for a moment. Watch it before you post it; add a better copy if you have one.',
  'image-codec': ({ actual }) =>
    `It is a ${actual} photo, which port cannot open. Save it as JPEG (on a phone: share it as “most compatible”) and add it.`,
  'image-pixels': ({ actual, limit }) =>
    `It has ${actual} pixels; more than ${limit} are not opened. Save it smaller and add it.`,
  'shape-shared': ({ actual, limit }) =>
    `${actual} of its photos have another shape than the first (${limit}), and the platform cuts them to that. The choices have other ways to show them.`,
  'slideshow-asked': () => 'It is a video of its photos, as you chose.',
  'worker-lost': ({ actual }) =>
    `The machine or program that made it died ${actual} times in the middle of it, so it was given up. Look at its original, or make it alone.`,
  'own-file': ({ actual }) => `Your own ${actual} stays as it is. To get port's back, delete it and try again.`,
  'fit-unknown': ({ actual, limit }) =>
    `The fit “${actual}” in captions.csv is not known. ${limit} Until then that of the choices counts.`,
  'cover-unusable': (facts) =>
    english['cover-unusable'](facts).replace('a folder of --media', 'a folder of your own files'),
  'several-captions-fit': ({ actual }) =>
    `${actual} captions fit this post, so none was taken. Write the right one into its words.`,
  'captions-wanted': ({ actual, limit }) => `${actual} no caption: write it here, or fill in ${limit} and run again.`,
  'captions-conflict': (facts) =>
    english['captions-conflict'](facts).replace(/ Pick them in port studio, .*$/, ' Pick here which one stays.'),
  'posting-stale': (facts) =>
    english['posting-stale'](facts).replace(/ To take a post back, .*$/, ' To take a post back, untick it here.'),
};

/** Sentences of issues in English. What can be done on the page is named as its buttons are. */
export const issuesInEnglish: IssueSentences = { ...english, ...ofPage };

const audienceNames: Readonly<Record<string, string>> = { private: 'private', friends: 'friends only' };

function audiences(name: IssueFacts['actual']): string {
  return audienceNames[name] ?? String(name);
}

function at(path: IssueFacts['actual']): string {
  return path === '' ? '' : ` (${path})`;
}
