import type { Issue } from '../model/issue.ts';
import { foreignCodec, isForeignCodec } from './codec-names.ts';
import { unitWords } from './counting-units.ts';

/** The sentence of an issue, in words that the creator of the post understands. */
export function message(issue: Issue): string {
  const actual = issue.actual ?? '';
  const limit = issue.limit ?? '';
  switch (issue.code) {
    case 'row-unreadable':
      return `Not understood and left out: ${actual}.`;
    case 'rows-unreadable':
      return issue.actual === 1
        ? '1 more row of the export was not understood and is left out.'
        : `${actual} more rows of the export were not understood and are left out.`;
    case 'link-unreadable':
      return `No address, so not followed: ${actual}.`;
    case 'visibility-unread':
      return `It is unclear who could see ${posts(issue.limit)}: ${actual}. What may not be public is held back unless you add --include private,friends.`;
    case 'mixed-post':
      return `${actual} left out: port makes a post of a video or of photos, not of both together. Post it by hand.`;
    case 'disclosure-unread':
      return `The export says “${actual}” of this post: look whether it must be declared as paid or as made with AI.`;
    case 'stories-left':
      return `${actual} left out: port ports posts, and no stories. Save yours in the app if you want to keep them.`;
    case 'other-app':
      return `Left alone, since it is another app's (${limit}): ${actual}.`;
    case 'entry-skipped':
      return `Left out of ${issue.limit ?? 'the export'}: ${actual}`;
    case 'visibility':
      if (issue.limit !== null) {
        const words =
          actual === ''
            ? 'does not say who could see it'
            : `says “${actual}” of who could see it, which port does not know`;
        return `Held back: the export ${words}. If it may be public, add --include ${limit} to port it too.`;
      }
      return `Held back, since not everyone could see it (${actual}). Add --include ${actual} to port it too.`;
    case 'visibility-unknown':
      return 'The export does not say who could see this post: make sure that it may be public.';
    case 'not-selected':
      return 'Not selected in this run.';
    case 'target-left-out':
      return `Held back here, since its targets in captions.csv are: ${actual}. Add this platform there, or empty the cell, to port it here too.`;
    case 'targets-unread':
      return `Held back, since “${actual}”, its targets in captions.csv, is not understood. ${limit} Until the cell is mended or emptied, the post goes nowhere.`;
    case 'targets-unknown':
      return `The target “${actual}” in captions.csv is no platform. ${limit} Its other targets count.`;
    case 'interrupted':
      return 'The run was interrupted before it reached this post. Run the same command again to go on.';
    case 'no-original':
      return 'Its video or photos are neither in the export nor to be had from a link. Give your own copy with --media, named by the post.';
    case 'photo-missing':
      return `Photo ${actual} of ${limit} is missing; the others are here.`;
    case 'no-link':
      return actual === 'file-unusable'
        ? 'The export has no link by which another copy could be had. Give one with --media.'
        : 'The export has no link to its video or photos, and none lie beside it.';
    case 'link-expired':
      return `Its link ended on ${actual}. Ask TikTok for a new export and run port on it within days.`;
    case 'link-refused':
      return `The server would not hand it out (${actual}). Ask TikTok for a new export.`;
    case 'link-private':
      return `Its link does not lead to the public internet (${actual}), so it was not followed. If you trust it: --allow-host.`;
    case 'link-not-media':
      return `Its link led to ${actual}, not to a video or photo.`;
    case 'link-failed':
      return `Its download failed (${actual}). Run port again to go on.`;
    case 'proxy-failed':
      return `Its download failed at your proxy (${actual}). port doctor shows the proxy in use.`;
    case 'offline':
      return actual === 'file-unusable'
        ? 'Its link was not asked, for --offline forbids it; without --offline it may bring a better copy.'
        : 'It would have to be downloaded, and --offline forbids it.';
    case 'several-files-fit':
      return issue.limit === null
        ? `${actual} fit this post and are named like it, so none was taken. Keep the right one there and move the others elsewhere.`
        : `${actual} fit this post, so none was taken. Name the right one ${limit}.`;
    case 'several-posts-fit':
      return `A file fits this post, but ${actual} posts in all, so it was not taken. Name it ${limit} if it is this one's.`;
    case 'recorded-after':
      return `${actual} was recorded ${span(limit)} after this post went out, so it is not its original. If it is, name it by the post's key.`;
    case 'original-changed':
      return `${actual} was edited since port first met it, perhaps through the file of a package, which can be the same file on disk. If that was not meant, delete both and run port again while the link lives.`;
    case 'media-shifted':
      return `Not taken: ${limit === 1 ? '1 file' : `${limit} files`} of --media whose names are off by ${span(actual)}. If those are local times, add --media-shift ${actual}.`;
    case 'media-unclear':
      return `Not taken: ${actual === 1 ? '1 file' : `${actual} files`} of --media (${limit}), since the times in the names fit several posts, depending on the time zone. If they are UTC, add --media-shift 0; else the seconds to add. Or name each file by its post’s key.`;
    case 'watermark':
      return `Its file seems to carry TikTok's watermark (${actual}); platforms show such posts less.`;
    case 'link-insecure':
      return `Its link is not https (${actual}), so it was not followed. If you trust it: --allow-host.`;
    case 'link-login':
      return `Its link works only for people who are logged in to TikTok (${actual}).`;
    case 'page-failed':
      return `yt-dlp could not get it from its TikTok page (${actual}).`;
    case 'page-refused':
      return `Its page is not on TikTok (${actual}), so yt-dlp was not given it. If you trust it: --allow-host.`;
    case 'yt-dlp-missing':
      return 'With yt-dlp installed it might be had from its TikTok page.';
    case 'fetch-failed':
      return `It could not be kept (${actual}). Run port again to go on.`;
    case 'disk-full':
      return 'There is no room for it on the disk. Make some and run port again.';
    case 'disk-quota':
      return 'Your share of this disk (its quota) is used up. Delete something of yours there, or ask for more, and run port again.';
    case 'disk-read-only':
      return `The disk cannot be written${at(issue)}: it is read-only. Choose another folder with --out.`;
    case 'disk-gone':
      return `The disk is not there any more${at(issue)}. Connect it again and run port again.`;
    case 'disk-error':
      return `The disk could not be read or written${at(issue)} and may be failing. Copy what is on it to another one and run port from there.`;
    case 'file-too-large':
      return `A file grew larger than may be written${at(issue)}: the disk (FAT: 4 GB) or this session (ulimit -f) has a limit. Choose another folder with --out.`;
    case 'file-gone':
      return `A file vanished while port was at it${at(issue)}. Put it back and run port again.`;
    case 'not-permitted':
      return `The system does not permit it${at(issue)}. Give yourself the permission, or move what it is about into a folder of your own, and run port again.`;
    case 'memory-short':
      return `There was not enough memory${issue.actual === null ? '' : ` for ${actual}`}. Close other programs, or add --jobs 1, and run port again.`;
    case 'open-files':
      return 'Too many files are open at a time on this machine. Allow more (ulimit -n 1024), or add --jobs 1, and run port again.';
    case 'program-killed':
      return limit === 'SIGKILL'
        ? `The program ${actual} was ended from outside (SIGKILL), as systems do that run out of memory. Close other programs, or add --jobs 1, and run port again.`
        : `The program ${actual} was ended from outside (${limit}). Run port again.`;
    case 'program-start':
      return `The program ${actual} cannot be started (${limit}). port doctor tells what to do.`;
    case 'program-confined':
      return `The program ${actual} does not see ${limit}, though port does: it is shut in (by snap, flatpak or AppArmor). Install ffmpeg in another way, or work in a folder that it sees.`;
    case 'damaged':
      return `Its file is damaged or not what its name says (${actual}).`;
    case 'passed-over':
      return `${actual} was passed over. ${limit}`;
    case 'unreadable':
      return `It was fetched, and it cannot be used. ${actual}`;
    case 'sound-lost':
      return `${actual} has no sound, and the post had one. Get it anew, or give another copy with --media.`;
    case 'codec-private':
      return `Its picture is in ${actual}, a codec of TikTok's own that no other program reads. Download it again in ${limit}, give it with --media and run port again.`;
    case 'codec-newer':
      return `It is in ${actual}, which this ffmpeg is too old to read. Install ffmpeg ${limit} or newer (port doctor tells how), or save the video as MP4 in H.264 and AAC, and run port again.`;
    case 'codec-unknown':
      return `Its ${limit} is in a codec that this ffmpeg does not know (${actual}). Save the video as MP4 in H.264 and AAC, give it with --media and run port again.`;
    case 'encrypted':
      return `Its ${actual} is encrypted by a copy protection (DRM), so no other program can open it. Give a copy without it with --media and run port again.`;
    case 'nothing-to-check':
      return `There is nothing to check: ${actual}.`;
    case 'container':
      return `It is a ${actual} file; wanted: ${limit}.`;
    case 'moov-position':
      return 'Its index lies at the end of the file, where an upload cannot start to read.';
    case 'fragments':
      return 'It is an MP4 in fragments, as streams are recorded.';
    case 'trailer':
      return 'Other data are appended to the video, which players ignore; they are left out.';
    case 'no-picture':
      return 'It has sound but no picture.';
    case 'video-codec':
      return isForeignCodec(String(actual))
        ? foreignCodec(String(actual))
        : `Its picture is in ${actual}; wanted: ${limit}.`;
    case 'video-profile':
      return `Its picture is in the profile ${actual}, which phones do not decode; wanted: ${limit}.`;
    case 'codec-tag':
      return `Its HEVC is tagged ${actual}, which Apple's players show as black; wanted: ${limit}.`;
    case 'dolby-vision':
      return `It is Dolby Vision profile ${actual}, whose colours only its own players know: elsewhere it turns green and purple. Export it as ${limit}, give it with --media and run port again.`;
    case 'size-changes':
      return 'Its picture changes its size on the way; all of it is fitted into one frame.';
    case 'picture-ends':
      return `Its picture ends after ${actual} s and its sound after ${limit} s; the last frame is held until then.`;
    case 'pixel-format':
      return `Its colours are stored as ${actual}; wanted: ${limit}.`;
    case 'hdr':
      return `It is HDR (${actual}); wanted: SDR.`;
    case 'sample-aspect':
      return `Its pixels are not square (${actual}).`;
    case 'interlaced':
      return 'It is interlaced.';
    case 'frame-rate':
      return `It has ${actual} frames a second; ${allowed(issue)}.`;
    case 'width':
      return `It is ${actual} pixels wide; ${allowed(issue)}.`;
    case 'height':
      return `It is ${actual} pixels high; ${allowed(issue)}.`;
    case 'shape':
      return `Its shape is ${actual}; width by height may be at ${narrower(issue) ? 'least' : 'most'} ${limit} here.`;
    case 'duration':
      return `It lasts ${actual} s; ${allowed(issue)} s.`;
    case 'duration-advice':
      return `It lasts ${actual} s. Over ${limit} s it may be blocked for its music, or shown to fewer people.`;
    case 'duration-unknown':
      return `It lasts ${actual} s. Nobody knows this platform's limit; up to ${limit} s is known to work.`;
    case 'duration-split':
      return `It lasts ${actual} s; ${limit} s go into one post, so it is split.`;
    case 'duration-trimmed':
      return `Its last ${actual} s are cut off, since only ${limit} s go into one post.`;
    case 'light-plain':
      return 'Its HDR or wide colours were converted with simple curves, since this ffmpeg lacks the filter zscale; bright colours may look paler. Install a full ffmpeg (port doctor tells how) and run port again.';
    case 'no-key-frame':
      return 'It cannot be cut near the limit without making its picture anew.';
    case 'bytes':
      return `It has ${megabytes(actual)}; the limit is ${megabytes(limit)}.`;
    case 'audio-missing':
      return 'It has no sound track; a silent one is added.';
    case 'audio-codec':
      return `Its sound is in ${actual}; wanted: ${limit}.`;
    case 'audio-channels':
      return `Its sound has ${actual} channels; the limit is ${limit}.`;
    case 'sample-rate':
      return `Its sound has ${actual} Hz; the limit is ${limit}.`;
    case 'audio-tracks':
      return `It has ${actual} sound tracks; one is kept.`;
    case 'audio-mono-pair':
      return 'Its two sound tracks are left and right; they become one in stereo.';
    case 'audio-left-out':
      return `Of its sound tracks only one goes out (${limit}); left out: ${actual}. If that is the wrong one, give a copy with the right one alone, by --media.`;
    case 'picture-tracks':
      return `It has ${actual} pictures in tracks of their own; one is kept.`;
    case 'picture-left-out':
      return `It has ${actual === 1 ? 'another picture' : `${actual} other pictures`} in a track of its own, which does not go out. If that is the right one, give a copy with it alone, by --media.`;
    case 'key-frame-late':
      return `It begins between two key frames: its first ${actual} s cannot be shown and are cut off, with their sound.`;
    case 'clock-jumps':
      return 'It is recordings that were put together, each with a clock of its own, so it is made anew.';
    case 'frame-order':
      return 'Its container does not say in which order its frames are shown (B frames in AVI), so its picture is made anew.';
    case 'edit-lists':
      return 'It is put together from several stretches of what was filmed, so it is made anew.';
    case 'copy-failed':
      return 'Its picture and sound could not be taken over as they are, so they are made anew.';
    case 'loudness':
      return `Its loudness is ${actual} LUFS; wanted: ${limit}.`;
    case 'loudness-limited':
      return `Its peaks stand in the way of making it louder: it comes to ${actual} LUFS of the wanted ${limit}.`;
    case 'sound-muted':
      return `Its sound (“${actual}”) is somebody else's, so it is silent.`;
    case 'sound-library':
      return `Its sound (“${actual}”) is somebody else's: a platform may mute or block it. --sound mute makes it silent.`;
    case 'sound-claim':
      return `It is longer than ${limit} s with somebody else's sound (“${actual}”): if that is claimed, it is blocked everywhere. --sound mute makes it silent.`;
    case 'sound-unknown':
      return `Its sound (“${actual}”) may be somebody else's; make sure that it may be used.`;
    case 'location':
      return 'The file says where it was made; that is taken out.';
    case 'image-format':
      return `It is a ${actual} image; wanted: ${limit}.`;
    case 'image-animated':
      return `It is an animation of ${actual} frames; the first one is kept.`;
    case 'image-orientation':
      return 'It is stored on its side.';
    case 'image-colour':
      return `Its colours are ${actual}; wanted: ${limit}.`;
    case 'photo-unusable':
      return `Photo ${actual} of ${limit} is left out, for the reason below.`;
    case 'photo-flawed':
      return `Photo ${actual} of ${limit} is damaged, and part of it may look wrong. Look at it; give a better copy with --media if you have one.`;
    case 'decode-errors':
      return 'Its file has damaged spots: picture or sound may break up for a moment. Watch it before you post it; give a better copy with --media if you have one.';
    case 'image-codec':
      return `It is a ${actual} photo, which port cannot open. Save it as JPEG (on a phone: share it as “most compatible”), give it with --media and run port again.`;
    case 'image-pixels':
      return `It has ${actual} pixels; more than ${limit} are not opened. Save it smaller, give it with --media and run port again.`;
    case 'image-attachment':
      return 'A film, another picture or other data hide behind the picture and may say where it was made; they are taken out.';
    case 'serial-number':
      return 'The file names its camera or its owner (serial numbers, a maker’s note); that is taken out.';
    case 'shape-shared':
      return `${actual} of its photos have another shape than the first (${limit}), and the platform cuts them to that. --fit blur, pad or crop shows them as you choose.`;
    case 'shape-advice':
      return `${actual} of its photos are taller or wider than this platform shows well (width by height: ${limit}); they are taken all the same.`;
    case 'photo-count':
      return `It has ${actual} photos; ${limit} go into one post, so it is split.`;
    case 'photos-unsupported':
      return 'This platform takes no photo posts.';
    case 'slideshow-needed':
      return 'This platform takes no photo posts, so it is a video of its photos.';
    case 'slideshow-asked':
      return 'It is a video of its photos, as --photos asks.';
    case 'slides-shortened':
      return `Each photo is shown for ${actual} s, so that all of them fit into ${limit} s.`;
    case 'render-failed':
      return `It could not be made (${actual}).`;
    case 'worker-lost':
      return `The machine or program that made it died ${actual} times in the middle of it, so it was given up. Look at its original, or port it alone: --only with its key.`;
    case 'breaks-off':
      return `Its file breaks off: it should last ${limit} s, and nothing comes after ${actual} s. Get it again from where it came.`;
    case 'check-failed':
      return `What was made is not what was planned (${actual}; wanted: ${limit}), so it was thrown away.`;
    case 'own-file':
      return `Your own ${actual} stays as it is. To get port's back, delete it and run port again.`;
    case 'own-file-unfit':
      return `Your own ${actual} may be refused here: ${limit}`;
    case 'own-file-damaged':
      return `Your own ${actual} cannot be opened: ${limit} Save it again, or delete it and run port again to have port's back.`;
    case 'cover-unusable':
      return `The cover “${actual}” in captions.csv is not used: ${limit}.`;
    case 'fit-unknown':
      return `The fit “${actual}” in captions.csv is not known. ${limit} Until then --fit counts.`;
    case 'no-words':
      return 'It has no caption: TikTok leaves captions out of its exports.';
    case 'several-captions-fit':
      return `${actual} captions fit this post, so none was taken. Write the right one into captions.csv.`;
    case 'caption-edited':
      return 'Its caption.txt was changed by hand: those words stay as they are.';
    case 'captions-unread':
      return `No captions were read from ${actual}: ${limit}.`;
    case 'captions-unread-more':
      return `No captions were read from ${actual} more ${issue.actual === 1 ? 'file' : 'files'}.`;
    case 'captions-foreign':
      return `Left alone: ${captions(actual)} in ${limit} by another account.`;
    case 'captions-left':
      return `Left over: ${captions(actual)} in ${limit} that fit no post of this export.`;
    case 'captions-alias':
      return `Left alone: ${captions(limit)} by @${actual}, though all of them fit posts of this account. If that was its name before, add --alias ${actual}: its sidecars, and the files beside them, are taken then.`;
    case 'captions-shifted':
      return `Not joined: captions in ${limit} whose times are off by ${span(actual)}. If those are local times, add --caption-shift ${actual}.`;
    case 'captions-unclear':
      return `Not joined: ${captions(actual)} in ${limit}, since the times fit several posts, depending on the time zone. If they are UTC, add --caption-shift 0; else the seconds to add. Or name each post in a column “key”.`;
    case 'captions-wanted':
      return `${actual} no caption: fill in ${limit} and run again.`;
    case 'captions-outranked':
      return `${issue.actual === 1 ? '1 post keeps the words' : `${actual} posts keep the words`} that you wrote into captions.csv; --captions says something else. To take those, empty the cells.`;
    case 'captions-spreadsheet-beside':
      return `${actual} lies beside captions.csv and is newer, but only captions.csv is read. Open ${actual} and save it as CSV (UTF-8) under the name captions.csv.`;
    case 'captions-sheet-unread':
      return `captions.csv could not be read (${actual}), so it is left as it is, and posts keep the words they had. Mend it, or delete it: port makes a new one with those words.`;
    case 'captions-sheet-unwritten':
      return `captions.csv could not be written (${actual}). If it is open in another program, close it there and run port again.`;
    case 'listing-failed':
      return issue.limit === null
        ? `TikTok's list of your posts, which has your captions, could not be fetched (${actual}).`
        : `TikTok's list of your posts, which has your captions, is out of date or incomplete (${actual}).`;
    case 'posting-unread':
      return `posting.csv could not be read (${actual}), so it is left as it is, and what port wrote in it last counts. Mend it, or delete it: port makes a new one from that.`;
    case 'posting-unwritten':
      return `posting.csv could not be written (${actual}), so it is behind. If it is open in another program, close it there: port has what is new, and writes it the next time.`;
    case 'posting-record-broken':
      return `${actual} is damaged, so what posting.csv says counts. It has no place for single parts of a video that are out: tick those again.`;
    case 'posting-cell':
      return `posting.csv, ${actual}: ${limit}. Until then the cell counts as it was before.`;
    case 'posting-twice':
      return `posting.csv has two rows for ${actual} that say different things: keep one. Until then what was there before counts.`;
    case 'posting-conflict':
      return `posting.csv was changed in a spreadsheet and by port: ${actual} stays ${limit}, and what the spreadsheet had is in the note of that row.`;
    case 'posting-stale': {
      const more = Number(limit) > 5 ? ` and ${Number(limit) - 5} more` : '';
      return `posting.csv was saved from an older copy, so what changed since stays: ${actual}${more}. To take a post back, run port posted --undo.`;
    }
    case 'posting-strange': {
      const others = Number(limit) > 1 ? ` (and ${Number(limit) - 1} more like it)` : '';
      return `posting.csv has a row for ${actual}${others}, which is no delivered post with its platform: the row stays and does nothing.`;
    }
    case 'posted-frozen':
      return `It is posted here already, so it stays as it is, though it would now ${actual}. --redo-posted makes it anew.`;
    case 'posted-stays':
      return Number(actual) === 1
        ? '1 post would change now, but stays as it is, since posting.csv has it as posted. --redo-posted makes it anew.'
        : `${actual} posts would change now, but stay as they are, since posting.csv has them as posted. --redo-posted makes them anew.`;
    case 'title-cut':
      return `Its title is ${actual} long and was cut to ${limit}; the whole of it is in the body.`;
    case 'title-made':
      return `It has no title of its own, so it was called “${actual}”.`;
    case 'body-cut':
      return `Its text is ${actual} long and was cut to ${limit}; the rest is in post.json.`;
    case 'body-thread':
      return `Its text is too long for one post of ${limit}, so it goes on in replies: ${actual} posts.`;
    case 'hashtags-cut':
      return `It has ${actual} hashtags; ${limit} of them are kept, the others are listed in post.json.`;
    case 'contacts-removed':
      return `Links and contact details are forbidden in a post here: ${actual} taken out and listed in post.json. Put them into your profile, as far as it may have them.`;
    case 'footer-contact':
      return `Your footer holds “${actual}”, and contact details are forbidden in a post here, so the footer is left out.`;
    case 'footer-too-long':
      return `Your footer is ${actual} long; a whole text may have ${limit} here, so the footer is left out. Write a shorter one.`;
    case 'character-refused':
      return `The character ${wordOf(issue)} is refused here, so one that looks like it stands in its place. See that it reads well.`;
    case 'word-absolute':
      return `The word ${wordOf(issue)} promises more than can be proved; such posts are shown less. Say it more modestly.`;
    case 'word-medical':
      return `The word ${wordOf(issue)} reads like a medical promise; such posts are shown less or taken down. Tell what you did, not what it cures.`;
    case 'word-finance':
      return `The word ${wordOf(issue)} reads like a promise of money; such posts are shown less or taken down. Leave it out.`;
    case 'word-bait':
      return `The word ${wordOf(issue)} reads like bait; such posts are shown less. Say what it is instead.`;
    case 'word-contact':
      return `The word ${wordOf(issue)} points to contact outside the platform, which is forbidden in a post. Leave it out.`;
    case 'word-platform':
      return `The word ${wordOf(issue)} names another platform; such posts tend to be shown less. Leave the name out.`;
    case 'translation-refused':
      return `Its words go out untranslated (${limit}): the translation was refused, since ${actual}. Write title_${limit} and caption_${limit} in captions.csv, or try another engine.`;
    case 'translation-failed':
      return `Its words could not be translated (${limit}): ${actual}. They go out as they are; run port again to try once more.`;
    case 'translation-stale':
      return `Its words changed since ${actual} was written. Look at that cell of captions.csv: correct it, or empty it and run port with --translate.`;
    case 'own-title-long':
      return `Its title in caption.txt has ${measured(issue)}. Shorten it by ${excess(issue)}.`;
    case 'own-body-long':
      return `Its text in caption.txt, with its hashtags, has ${measured(issue)}. Shorten it by ${excess(issue)}.`;
    case 'own-hashtags-many':
      return `Its caption.txt has ${actual} hashtags; ${limit} go in here. Take ${excess(issue)} out.`;
    case 'own-hashtags-long':
      return `The hashtags in its caption.txt have ${actual} characters as tags; ${limit} go in here. Shorten them by ${excess(issue)}.`;
    case 'own-character-refused':
      return `The character ${wordOf(issue)} in caption.txt is refused here. Write it in another way.`;
    case 'own-contact':
      return `Contact details and links are forbidden in a post here: take ${wordOf(issue)} out of caption.txt.`;
    case 'word-feature':
      return `The words ${wordOf(issue)} mean something on TikTok only; readers here find nothing of the kind. Say it otherwise, or leave it out.`;
    case 'word-restricted':
      return `The word ${wordOf(issue)} names what may not be promoted here (drugs, supplements, medical devices, aesthetic medicine). Leave it out, or do not post this here.`;
    case 'word-promotion':
      return `The word ${wordOf(issue)} reads like an advertisement, which is not allowed here. Say it without selling, or leave it out.`;
  }
}

/** The path that the issue is about, if there is one. */
function at({ actual }: Issue): string {
  return actual === null ? '' : ` (${actual})`;
}

/** Formats a duration: `1 h 30 min`, `37 s`. */
function span(seconds: string | number): string {
  const all = Math.round(Math.abs(Number(seconds)));
  const parts = [
    [Math.floor(all / 3600), 'h'],
    [Math.floor((all % 3600) / 60), 'min'],
    [all % 60, 's'],
  ] as const;
  const told = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`);
  return told.join(' ') || '0 s';
}

/** A word, and where to find it. */
function wordOf({ actual, place }: Issue): string {
  const word = `“${actual ?? ''}”`;
  if (!place) return word;
  return place.part === 'hashtag' ? `${word} (hashtag ${place.at})` : `${word} (${place.part}, character ${place.at})`;
}

/** `23 characters; 20 go in here`, with the way of counting if it is unusual. */
function measured({ actual, limit, unit = 'characters' }: Issue): string {
  const { how } = unitWords[unit];
  const name = unit === 'bytes' ? 'bytes' : 'characters';
  return `${actual ?? 'some'} ${name}${how === null ? '' : ` (${how})`}; ${limit ?? 'fewer'} go in here`;
}

function excess({ actual, limit }: Issue): number {
  return Number(actual) - Number(limit);
}

/** The number of posts that an issue is about; null: one. */
function posts(count: string | number | null): string {
  return count === null || count === 1 ? '1 post' : `${count} posts`;
}

function captions(count: string | number): string {
  return `${count} ${Number(count) === 1 ? 'caption' : 'captions'}`;
}

/** Rounded up, so that a size one byte above a limit does not look equal to it. */
function megabytes(bytes: string | number): string {
  return `${Math.ceil(Number(bytes) / 100_000) / 10} MB`;
}

/** For values that can be too small or too large. */
function allowed({ actual, limit }: Issue): string {
  return Number(actual) < Number(limit) ? `it must be at least ${limit ?? ''}` : `the limit is ${limit ?? ''}`;
}

/** Compares widths such as that of `1080x1920`. */
function narrower({ actual, limit }: Issue): boolean {
  const [width = 0, height = 0] = String(actual).split('x').map(Number);
  return width / height < Number(limit);
}
