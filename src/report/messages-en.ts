import { foreignCodec, isForeignCodec } from './codec-names.ts';
import { unitWords } from './counting-units.ts';
import {
  excess,
  type IssueFacts,
  type IssueSentences,
  isTooLow,
  isTooNarrow,
  megabytes,
  span,
} from './issue-sentences.ts';

/** Sentences of issues in English, in words that the creator of the post understands. */
export const english: IssueSentences = {
  'row-unreadable': ({ actual }) => `Not understood and left out: ${actual}.`,
  'rows-unreadable': ({ actual }) =>
    actual === 1
      ? '1 more row of the export was not understood and is left out.'
      : `${actual} more rows of the export were not understood and are left out.`,
  'link-unreadable': ({ actual }) => `No address, so not followed: ${actual}.`,
  'visibility-unread': ({ actual, limit }) =>
    `It is unclear who could see ${posts(limit)}: ${actual}. What may not be public is held back unless you add --include private,friends.`,
  'mixed-post': ({ actual }) =>
    `${actual} left out: port makes a post of a video or of photos, not of both together. Post it by hand.`,
  'disclosure-unread': ({ actual }) =>
    `The export says “${actual}” of this post: look whether it must be declared as paid or as made with AI.`,
  'stories-left': ({ actual }) =>
    `${actual} left out: port ports posts, and no stories. Save yours in the app if you want to keep them.`,
  'other-app': ({ actual, limit }) => `Left alone, since it is another app's (${limit}): ${actual}.`,
  'entry-skipped': ({ actual, limit }) => `Left out of ${limit || 'the export'}: ${actual}`,
  visibility: ({ actual, limit }) =>
    limit === ''
      ? `Held back, since not everyone could see it (${actual}). Add --include ${actual} to port it too.`
      : `Held back: the export ${
          actual === ''
            ? 'does not say who could see it'
            : `says “${actual}” of who could see it, which port does not know`
        }. If it may be public, add --include ${limit} to port it too.`,
  included: ({ actual, limit }) =>
    `Included by you on ${actual}, though not everyone could see it${limit === '' ? '' : ` (${limit})`}. port studio can take that back.`,
  'visibility-unknown': () => 'The export does not say who could see this post: make sure that it may be public.',
  'not-selected': () => 'Not selected in this run.',
  'target-left-out': ({ actual }) =>
    `Held back here, since its targets in captions.csv are: ${actual}. Add this platform there, or empty the cell, to port it here too.`,
  'targets-unread': ({ actual, limit }) =>
    `Held back, since “${actual}”, its targets in captions.csv, is not understood. ${limit} Until the cell is mended or emptied, the post goes nowhere.`,
  'targets-unknown': ({ actual, limit }) =>
    `The target “${actual}” in captions.csv is no platform. ${limit} Its other targets count.`,
  interrupted: () => 'The run was interrupted before it reached this post. Run the same command again to go on.',
  'no-original': () =>
    'Its video or photos are neither in the export nor to be had from a link. Give your own copy with --media, named by the post.',
  'photo-missing': ({ actual, limit }) => `Photo ${actual} of ${limit} is missing; the others are here.`,
  'no-link': ({ actual }) =>
    actual === 'file-unusable'
      ? 'The export has no link by which another copy could be had. Give one with --media.'
      : 'The export has no link to its video or photos, and none lie beside it.',
  'link-expired': ({ actual }) =>
    `Its link ended on ${actual}. Ask TikTok for a new export and run port on it within days.`,
  'link-refused': ({ actual }) => `The server would not hand it out (${actual}). Ask TikTok for a new export.`,
  'link-private': ({ actual }) =>
    `Its link does not lead to the public internet (${actual}), so it was not followed. If you trust it: --allow-host.`,
  'link-not-media': ({ actual }) => `Its link led to ${actual}, not to a video or photo.`,
  'link-failed': ({ actual }) => `Its download failed (${actual}). Run port again to go on.`,
  'proxy-failed': ({ actual }) => `Its download failed at your proxy (${actual}). port doctor shows the proxy in use.`,
  offline: ({ actual }) =>
    actual === 'file-unusable'
      ? 'Its link was not asked, for --offline forbids it; without --offline it may bring a better copy.'
      : 'It would have to be downloaded, and --offline forbids it.',
  'several-files-fit': ({ actual, limit }) =>
    limit === ''
      ? `${actual} fit this post and are named like it, so none was taken. Keep the right one there and move the others elsewhere.`
      : `${actual} fit this post, so none was taken. Name the right one ${limit}.`,
  'several-posts-fit': ({ actual, limit }) =>
    `A file fits this post, but ${actual} posts in all, so it was not taken. Name it ${limit} if it is this one's.`,
  'recorded-after': ({ actual, limit }) =>
    `${actual} was recorded ${span(limit)} after this post went out, so it is not its original. If it is, name it by the post's key.`,
  'original-changed': ({ actual }) =>
    `${actual} was edited since port first met it, perhaps through the file of a package, which can be the same file on disk. If that was not meant, delete both and run port again while the link lives.`,
  'media-shifted': ({ actual, limit }) =>
    `Not taken: ${limit === 1 ? '1 file' : `${limit} files`} of --media whose names are off by ${span(actual)}. If those are local times, add --media-shift ${actual}.`,
  'media-unclear': ({ actual, limit }) =>
    `Not taken: ${actual === 1 ? '1 file' : `${actual} files`} of --media (${limit}), since the times in the names fit several posts, depending on the time zone. If they are UTC, add --media-shift 0; else the seconds to add. Or name each file by its post’s key.`,
  watermark: ({ actual }) => `Its file seems to carry TikTok's watermark (${actual}); platforms show such posts less.`,
  'link-insecure': ({ actual }) =>
    `Its link is not https (${actual}), so it was not followed. If you trust it: --allow-host.`,
  'link-login': ({ actual }) => `Its link works only for people who are logged in to TikTok (${actual}).`,
  'page-failed': ({ actual }) => `yt-dlp could not get it from its TikTok page (${actual}).`,
  'page-refused': ({ actual }) =>
    `Its page is not on TikTok (${actual}), so yt-dlp was not given it. If you trust it: --allow-host.`,
  'yt-dlp-missing': () => 'With yt-dlp installed it might be had from its TikTok page.',
  'fetch-failed': ({ actual }) => `It could not be kept (${actual}). Run port again to go on.`,
  'disk-full': () => 'There is no room for it on the disk. Make some and run port again.',
  'disk-quota': () =>
    'Your share of this disk (its quota) is used up. Delete something of yours there, or ask for more, and run port again.',
  'disk-read-only': ({ actual }) =>
    `The disk cannot be written${at(actual)}: it is read-only. Choose another folder with --out.`,
  'disk-gone': ({ actual }) => `The disk is not there any more${at(actual)}. Connect it again and run port again.`,
  'disk-error': ({ actual }) =>
    `The disk could not be read or written${at(actual)} and may be failing. Copy what is on it to another one and run port from there.`,
  'file-too-large': ({ actual }) =>
    `A file grew larger than may be written${at(actual)}: the disk (FAT: 4 GB) or this session (ulimit -f) has a limit. Choose another folder with --out.`,
  'file-gone': ({ actual }) => `A file vanished while port was at it${at(actual)}. Put it back and run port again.`,
  'not-permitted': ({ actual }) =>
    `The system does not permit it${at(actual)}. Give yourself the permission, or move what it is about into a folder of your own, and run port again.`,
  'memory-short': ({ actual }) =>
    `There was not enough memory${actual === '' ? '' : ` for ${actual}`}. Close other programs, or add --jobs 1, and run port again.`,
  'open-files': () =>
    'Too many files are open at a time on this machine. Allow more (ulimit -n 1024), or add --jobs 1, and run port again.',
  'program-killed': ({ actual, limit }) =>
    limit === 'SIGKILL'
      ? `The program ${actual} was ended from outside (SIGKILL), as systems do that run out of memory. Close other programs, or add --jobs 1, and run port again.`
      : `The program ${actual} was ended from outside (${limit}). Run port again.`,
  'program-start': ({ actual, limit }) =>
    `The program ${actual} cannot be started (${limit}). port doctor tells what to do.`,
  'program-confined': ({ actual, limit }) =>
    `The program ${actual} does not see ${limit}, though port does: it is shut in (by snap, flatpak or AppArmor). Install ffmpeg in another way, or work in a folder that it sees.`,
  damaged: ({ actual }) => `Its file is damaged or not what its name says (${actual}).`,
  'passed-over': ({ actual, limit }) => `${actual} was passed over. ${limit}`,
  unreadable: ({ actual }) => `It was fetched, and it cannot be used. ${actual}`,
  'sound-lost': ({ actual }) =>
    `${actual} has no sound, and the post had one. Get it anew, or give another copy with --media.`,
  'codec-private': ({ actual, limit }) =>
    `Its picture is in ${actual}, a codec of TikTok's own that no other program reads. Download it again in ${limit}, give it with --media and run port again.`,
  'codec-newer': ({ actual, limit }) =>
    `It is in ${actual}, which this ffmpeg is too old to read. Install ffmpeg ${limit} or newer (port doctor tells how), or save the video as MP4 in H.264 and AAC, and run port again.`,
  'codec-unknown': ({ actual, limit }) =>
    `Its ${limit} is in a codec that this ffmpeg does not know (${actual}). Save the video as MP4 in H.264 and AAC, give it with --media and run port again.`,
  encrypted: ({ actual }) =>
    `Its ${actual} is encrypted by a copy protection (DRM), so no other program can open it. Give a copy without it with --media and run port again.`,
  'nothing-to-check': ({ actual }) => `There is nothing to check: ${actual}.`,
  container: ({ actual, limit }) => `It is a ${actual} file; wanted: ${limit}.`,
  'moov-position': () => 'Its index lies at the end of the file, where an upload cannot start to read.',
  fragments: () => 'It is an MP4 in fragments, as streams are recorded.',
  trailer: () => 'Other data are appended to the video, which players ignore; they are left out.',
  'no-picture': () => 'It has sound but no picture.',
  'video-codec': ({ actual, limit }) =>
    isForeignCodec(String(actual)) ? foreignCodec(String(actual)) : `Its picture is in ${actual}; wanted: ${limit}.`,
  'video-profile': ({ actual, limit }) =>
    `Its picture is in the profile ${actual}, which phones do not decode; wanted: ${limit}.`,
  'codec-tag': ({ actual, limit }) =>
    `Its HEVC is tagged ${actual}, which Apple's players show as black; wanted: ${limit}.`,
  'dolby-vision': ({ actual, limit }) =>
    `It is Dolby Vision profile ${actual}, whose colours only its own players know: elsewhere it turns green and purple. Export it as ${limit}, give it with --media and run port again.`,
  'size-changes': () => 'Its picture changes its size on the way; all of it is fitted into one frame.',
  'picture-ends': ({ actual, limit }) =>
    `Its picture ends after ${actual} s and its sound after ${limit} s; the last frame is held until then.`,
  'pixel-format': ({ actual, limit }) => `Its colours are stored as ${actual}; wanted: ${limit}.`,
  hdr: ({ actual }) => `It is HDR (${actual}); wanted: SDR.`,
  'sample-aspect': ({ actual }) => `Its pixels are not square (${actual}).`,
  interlaced: () => 'It is interlaced.',
  'frame-rate': (facts) => `It has ${facts.actual} frames a second; ${allowed(facts)}.`,
  width: (facts) => `It is ${facts.actual} pixels wide; ${allowed(facts)}.`,
  height: (facts) => `It is ${facts.actual} pixels high; ${allowed(facts)}.`,
  shape: (facts) =>
    `Its shape is ${facts.actual}; width by height may be at ${isTooNarrow(facts) ? 'least' : 'most'} ${facts.limit} here.`,
  duration: (facts) => `It lasts ${facts.actual} s; ${allowed(facts)} s.`,
  'duration-advice': ({ actual, limit }) =>
    `It lasts ${actual} s. Over ${limit} s it may be blocked for its music, or shown to fewer people.`,
  'duration-unknown': ({ actual, limit }) =>
    `It lasts ${actual} s. Nobody knows this platform's limit; up to ${limit} s is known to work.`,
  'duration-split': ({ actual, limit }) => `It lasts ${actual} s; ${limit} s go into one post, so it is split.`,
  'duration-trimmed': ({ actual, limit }) =>
    `Its last ${actual} s are cut off, since only ${limit} s go into one post.`,
  'light-plain': () =>
    'Its HDR or wide colours were converted with simple curves, since this ffmpeg lacks the filter zscale; bright colours may look paler. Install a full ffmpeg (port doctor tells how) and run port again.',
  'no-key-frame': () => 'It cannot be cut near the limit without making its picture anew.',
  bytes: ({ actual, limit }) => `It has ${megabytes(actual)} MB; the limit is ${megabytes(limit)} MB.`,
  'audio-missing': () => 'It has no sound track; a silent one is added.',
  'audio-codec': ({ actual, limit }) => `Its sound is in ${actual}; wanted: ${limit}.`,
  'audio-channels': ({ actual, limit }) => `Its sound has ${actual} channels; the limit is ${limit}.`,
  'sample-rate': ({ actual, limit }) => `Its sound has ${actual} Hz; the limit is ${limit}.`,
  'audio-tracks': ({ actual }) => `It has ${actual} sound tracks; one is kept.`,
  'audio-mono-pair': () => 'Its two sound tracks are left and right; they become one in stereo.',
  'audio-left-out': ({ actual, limit }) =>
    `Of its sound tracks only one goes out (${limit}); left out: ${actual}. If that is the wrong one, give a copy with the right one alone, by --media.`,
  'picture-tracks': ({ actual }) => `It has ${actual} pictures in tracks of their own; one is kept.`,
  'picture-left-out': ({ actual }) =>
    `It has ${actual === 1 ? 'another picture' : `${actual} other pictures`} in a track of its own, which does not go out. If that is the right one, give a copy with it alone, by --media.`,
  'key-frame-late': ({ actual }) =>
    `It begins between two key frames: its first ${actual} s cannot be shown and are cut off, with their sound.`,
  'clock-jumps': () => 'It is recordings that were put together, each with a clock of its own, so it is made anew.',
  'frame-order': () =>
    'Its container does not say in which order its frames are shown (B frames in AVI), so its picture is made anew.',
  'edit-lists': () => 'It is put together from several stretches of what was filmed, so it is made anew.',
  'copy-failed': () => 'Its picture and sound could not be taken over as they are, so they are made anew.',
  loudness: ({ actual, limit }) => `Its loudness is ${actual} LUFS; wanted: ${limit}.`,
  'loudness-limited': ({ actual, limit }) =>
    `Its peaks stand in the way of making it louder: it comes to ${actual} LUFS of the wanted ${limit}.`,
  'sound-muted': ({ actual }) => `Its sound (“${actual}”) is somebody else's, so it is silent.`,
  'sound-library': ({ actual }) =>
    `Its sound (“${actual}”) is somebody else's: a platform may mute or block it. --sound mute makes it silent.`,
  'sound-claim': ({ actual, limit }) =>
    `It is longer than ${limit} s with somebody else's sound (“${actual}”): if that is claimed, it is blocked everywhere. --sound mute makes it silent.`,
  'sound-unknown': ({ actual }) => `Its sound (“${actual}”) may be somebody else's; make sure that it may be used.`,
  location: () => 'The file says where it was made; that is taken out.',
  'image-format': ({ actual, limit }) => `It is a ${actual} image; wanted: ${limit}.`,
  'image-animated': ({ actual }) => `It is an animation of ${actual} frames; the first one is kept.`,
  'image-orientation': () => 'It is stored on its side.',
  'image-colour': ({ actual, limit }) => `Its colours are ${actual}; wanted: ${limit}.`,
  'photo-unusable': ({ actual, limit }) => `Photo ${actual} of ${limit} is left out, for the reason below.`,
  'photo-flawed': ({ actual, limit }) =>
    `Photo ${actual} of ${limit} is damaged, and part of it may look wrong. Look at it; give a better copy with --media if you have one.`,
  'decode-errors': () =>
    'Its file has damaged spots: picture or sound may break up for a moment. Watch it before you post it; give a better copy with --media if you have one.',
  'image-codec': ({ actual }) =>
    `It is a ${actual} photo, which port cannot open. Save it as JPEG (on a phone: share it as “most compatible”), give it with --media and run port again.`,
  'image-pixels': ({ actual, limit }) =>
    `It has ${actual} pixels; more than ${limit} are not opened. Save it smaller, give it with --media and run port again.`,
  'image-attachment': () =>
    'A film, another picture or other data hide behind the picture and may say where it was made; they are taken out.',
  'serial-number': () => 'The file names its camera or its owner (serial numbers, a maker’s note); that is taken out.',
  'shape-shared': ({ actual, limit }) =>
    `${actual} of its photos have another shape than the first (${limit}), and the platform cuts them to that. --fit blur, pad or crop shows them as you choose.`,
  'shape-advice': ({ actual, limit }) =>
    `${actual} of its photos are taller or wider than this platform shows well (width by height: ${limit}); they are taken all the same.`,
  'photo-count': ({ actual, limit }) => `It has ${actual} photos; ${limit} go into one post, so it is split.`,
  'photos-unsupported': () => 'This platform takes no photo posts.',
  'slideshow-needed': () => 'This platform takes no photo posts, so it is a video of its photos.',
  'slideshow-asked': () => 'It is a video of its photos, as --photos asks.',
  'slides-shortened': ({ actual, limit }) =>
    `Each photo is shown for ${actual} s, so that all of them fit into ${limit} s.`,
  'render-failed': ({ actual }) => `It could not be made (${actual}).`,
  'worker-lost': ({ actual }) =>
    `The machine or program that made it died ${actual} times in the middle of it, so it was given up. Look at its original, or port it alone: --only with its key.`,
  'breaks-off': ({ actual, limit }) =>
    `Its file breaks off: it should last ${limit} s, and nothing comes after ${actual} s. Get it again from where it came.`,
  'check-failed': ({ actual, limit }) =>
    `What was made is not what was planned (${actual}; wanted: ${limit}), so it was thrown away.`,
  'own-file': ({ actual }) => `Your own ${actual} stays as it is. To get port's back, delete it and run port again.`,
  'own-file-unfit': ({ actual, limit }) => `Your own ${actual} may be refused here: ${limit}`,
  'own-file-damaged': ({ actual, limit }) =>
    `Your own ${actual} cannot be opened: ${limit} Save it again, or delete it and run port again to have port's back.`,
  'cover-unusable': ({ actual, limit }) => `The cover “${actual}” in captions.csv is not used: ${limit}.`,
  'fit-unknown': ({ actual, limit }) =>
    `The fit “${actual}” in captions.csv is not known. ${limit} Until then --fit counts.`,
  'no-words': () => 'It has no caption: TikTok leaves captions out of its exports.',
  'several-captions-fit': ({ actual }) =>
    `${actual} captions fit this post, so none was taken. Write the right one into captions.csv.`,
  'caption-edited': () => 'Its caption.txt was changed by hand: those words stay as they are.',
  'captions-unread': ({ actual, limit }) => `No captions were read from ${actual}: ${limit}.`,
  'captions-unread-more': ({ actual }) =>
    `No captions were read from ${actual} more ${actual === 1 ? 'file' : 'files'}.`,
  'captions-foreign': ({ actual, limit }) => `Left alone: ${captions(actual)} in ${limit} by another account.`,
  'captions-left': ({ actual, limit }) => `Left over: ${captions(actual)} in ${limit} that fit no post of this export.`,
  'captions-alias': ({ actual, limit }) =>
    `Left alone: ${captions(limit)} by @${actual}, though all of them fit posts of this account. If that was its name before, add --alias ${actual}: its sidecars, and the files beside them, are taken then.`,
  'captions-shifted': ({ actual, limit }) =>
    `Not joined: captions in ${limit} whose times are off by ${span(actual)}. If those are local times, add --caption-shift ${actual}.`,
  'captions-unclear': ({ actual, limit }) =>
    `Not joined: ${captions(actual)} in ${limit}, since the times fit several posts, depending on the time zone. If they are UTC, add --caption-shift 0; else the seconds to add. Or name each post in a column “key”.`,
  'captions-wanted': ({ actual, limit }) => `${actual} no caption: fill in ${limit} and run again.`,
  'captions-outranked': ({ actual }) =>
    `${actual === 1 ? '1 post keeps the words' : `${actual} posts keep the words`} that you wrote into captions.csv; --captions says something else. To take those, empty the cells.`,
  'captions-spreadsheet-beside': ({ actual }) =>
    `${actual} lies beside captions.csv and is newer, but only captions.csv is read. Open ${actual} and save it as CSV (UTF-8) under the name captions.csv.`,
  'captions-sheet-unread': ({ actual }) =>
    `captions.csv could not be read (${actual}), so it is left as it is, and posts keep the words they had. Mend it, or delete it: port makes a new one with those words.`,
  'captions-sheet-unwritten': ({ actual }) =>
    `captions.csv could not be written (${actual}). If it is open in another program, close it there and run port again.`,
  'captions-stale': ({ actual, limit }) =>
    `captions.csv is from an older copy, so what changed since stays: ${actual}${
      Number(limit) > 5 ? ` and ${Number(limit) - 5} more` : ''
    }. If you want the older words back, write them again, one post at a time.`,
  'captions-conflict': ({ actual, limit }) =>
    `captions.csv was changed in two places, and each cell can say only one thing. These words gave way, and are kept in captions.json: ${actual}${
      Number(limit) > 5 ? ` and ${Number(limit) - 5} more` : ''
    }. Pick them in port studio, or write into the cell what you want.`,
  'listing-failed': ({ actual, limit }) =>
    limit === ''
      ? `TikTok's list of your posts, which has your captions, could not be fetched (${actual}).`
      : `TikTok's list of your posts, which has your captions, is out of date or incomplete (${actual}).`,
  'posting-unread': ({ actual }) =>
    `posting.csv could not be read (${actual}), so it is left as it is, and what port wrote in it last counts. Mend it, or delete it: port makes a new one from that.`,
  'posting-unwritten': ({ actual }) =>
    `posting.csv could not be written (${actual}), so it is behind. If it is open in another program, close it there: port has what is new, and writes it the next time.`,
  'posting-record-broken': ({ actual }) =>
    `${actual} is damaged, so what posting.csv says counts. It has no place for single parts of a video that are out: tick those again.`,
  'posting-cell': ({ actual, limit }) =>
    `posting.csv, ${actual}: ${limit}. Until then the cell counts as it was before.`,
  'posting-twice': ({ actual }) =>
    `posting.csv has two rows for ${actual} that say different things: keep one. Until then what was there before counts.`,
  'posting-conflict': ({ actual, limit }) =>
    `posting.csv was changed in a spreadsheet and by port: ${actual} stays ${limit}, and what the spreadsheet had is in the note of that row.`,
  'posting-stale': ({ actual, limit }) =>
    `posting.csv was saved from an older copy, so what changed since stays: ${actual}${
      Number(limit) > 5 ? ` and ${Number(limit) - 5} more` : ''
    }. To take a post back, run port posted --undo.`,
  'posting-strange': ({ actual, limit }) =>
    `posting.csv has a row for ${actual}${
      Number(limit) > 1 ? ` (and ${Number(limit) - 1} more like it)` : ''
    }, which is no delivered post with its platform: the row stays and does nothing.`,
  'posted-frozen': ({ actual }) =>
    `It is posted here already, so it stays as it is, though it would now ${actual}. --redo-posted makes it anew.`,
  'posted-stays': ({ actual }) =>
    Number(actual) === 1
      ? '1 post would change now, but stays as it is, since posting.csv has it as posted. --redo-posted makes it anew.'
      : `${actual} posts would change now, but stay as they are, since posting.csv has them as posted. --redo-posted makes them anew.`,
  'title-cut': ({ actual, limit }) =>
    `Its title is ${actual} long and was cut to ${limit}; the whole of it is in the body.`,
  'title-made': ({ actual }) => `It has no title of its own, so it was called “${actual}”.`,
  'body-cut': ({ actual, limit }) => `Its text is ${actual} long and was cut to ${limit}; the rest is in post.json.`,
  'body-thread': ({ actual, limit }) =>
    `Its text is too long for one post of ${limit}, so it goes on in replies: ${actual} posts.`,
  'hashtags-cut': ({ actual, limit }) =>
    `It has ${actual} hashtags; ${limit} of them are kept, the others are listed in post.json.`,
  'contacts-removed': ({ actual }) =>
    `Links and contact details are forbidden in a post here: ${actual} taken out and listed in post.json. Put them into your profile, as far as it may have them.`,
  'footer-contact': ({ actual }) =>
    `Your footer holds “${actual}”, and contact details are forbidden in a post here, so the footer is left out.`,
  'footer-too-long': ({ actual, limit }) =>
    `Your footer is ${actual} long; a whole text may have ${limit} here, so the footer is left out. Write a shorter one.`,
  'character-refused': (facts) =>
    `The character ${wordOf(facts)} is refused here, so one that looks like it stands in its place. See that it reads well.`,
  'word-absolute': (facts) =>
    `The word ${wordOf(facts)} promises more than can be proved; such posts are shown less. Say it more modestly.`,
  'word-medical': (facts) =>
    `The word ${wordOf(facts)} reads like a medical promise; such posts are shown less or taken down. Tell what you did, not what it cures.`,
  'word-finance': (facts) =>
    `The word ${wordOf(facts)} reads like a promise of money; such posts are shown less or taken down. Leave it out.`,
  'word-bait': (facts) =>
    `The word ${wordOf(facts)} reads like bait; such posts are shown less. Say what it is instead.`,
  'word-contact': (facts) =>
    `The word ${wordOf(facts)} points to contact outside the platform, which is forbidden in a post. Leave it out.`,
  'word-platform': (facts) =>
    `The word ${wordOf(facts)} names another platform; such posts tend to be shown less. Leave the name out.`,
  'translation-refused': ({ actual, limit }) =>
    `Its words go out untranslated (${limit}): the translation was refused, since ${actual}. Write title_${limit} and caption_${limit} in captions.csv, or try another engine.`,
  'translation-failed': ({ actual, limit }) =>
    `Its words could not be translated (${limit}): ${actual}. They go out as they are; run port again to try once more.`,
  'translation-stale': ({ actual }) =>
    `Its words changed since ${actual} was written. Look at that cell of captions.csv: correct it, or empty it and run port with --translate.`,
  'speech-failed': ({ actual }) =>
    `What is said in it could not be written down: ${actual}. Mend that and run port with --transcribe again, or write a caption.`,
  'subtitles-stale': ({ actual }) =>
    `Its subtitles were made from another file than the one that goes out (speech/${actual}.srt), so they are left out. Correct them, or run port with --transcribe.`,
  'subtitles-unreadable': ({ actual }) => `It cannot be read as subtitles (SRT): ${actual}.`,
  'subtitles-long': ({ actual, limit }) =>
    `Its subtitles end after ${actual} s, its video after ${limit} s: they may belong to another video.`,
  'own-title-long': (facts) => `Its title in caption.txt has ${measured(facts)}. Shorten it by ${excess(facts)}.`,
  'own-body-long': (facts) =>
    `Its text in caption.txt, with its hashtags, has ${measured(facts)}. Shorten it by ${excess(facts)}.`,
  'own-hashtags-many': (facts) =>
    `Its caption.txt has ${facts.actual} hashtags; ${facts.limit} go in here. Take ${excess(facts)} out.`,
  'own-hashtags-long': (facts) =>
    `The hashtags in its caption.txt have ${facts.actual} characters as tags; ${facts.limit} go in here. Shorten them by ${excess(facts)}.`,
  'own-character-refused': (facts) =>
    `The character ${wordOf(facts)} in caption.txt is refused here. Write it in another way.`,
  'own-contact': (facts) =>
    `Contact details and links are forbidden in a post here: take ${wordOf(facts)} out of caption.txt.`,
  'word-feature': (facts) =>
    `The words ${wordOf(facts)} mean something on TikTok only; readers here find nothing of the kind. Say it otherwise, or leave it out.`,
  'word-restricted': (facts) =>
    `The word ${wordOf(facts)} names what may not be promoted here (drugs, supplements, medical devices, aesthetic medicine). Leave it out, or do not post this here.`,
  'word-promotion': (facts) =>
    `The word ${wordOf(facts)} reads like an advertisement, which is not allowed here. Say it without selling, or leave it out.`,
};

/** The path that the issue is about, if there is one. */
function at(path: string | number): string {
  return path === '' ? '' : ` (${path})`;
}

/** A word, and where to find it. */
function wordOf({ actual, place }: IssueFacts): string {
  const word = `“${actual}”`;
  if (!place) return word;
  return place.part === 'hashtag' ? `${word} (hashtag ${place.at})` : `${word} (${place.part}, character ${place.at})`;
}

/** `23 characters; 20 go in here`, with the way of counting if it is unusual. */
function measured({ actual, limit, unit }: IssueFacts): string {
  const { how } = unitWords[unit];
  const name = unit === 'bytes' ? 'bytes' : 'characters';
  return `${actual || 'some'} ${name}${how === null ? '' : ` (${how})`}; ${limit || 'fewer'} go in here`;
}

/** The number of posts that an issue is about; one if it has none. */
function posts(count: string | number): string {
  return count === '' || count === 1 ? '1 post' : `${count} posts`;
}

function captions(count: string | number): string {
  return `${count} ${Number(count) === 1 ? 'caption' : 'captions'}`;
}

/** For values that can be too small or too large. */
function allowed(facts: IssueFacts): string {
  return isTooLow(facts) ? `it must be at least ${facts.limit}` : `the limit is ${facts.limit}`;
}
