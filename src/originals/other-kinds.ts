import type { PostKind } from '../model/post.ts';
import { isIgnoredName, kindOfName } from './candidates.ts';

/** A file that is named like an original but is of an unsupported kind. */
export interface OtherKind<File> {
  readonly file: File;
  /** Its name with the extension of the post's kind, for matching. */
  readonly name: string;
  /** A sentence. */
  readonly why: string;
}

/** Files that are never media of a post: texts, spreadsheets, sounds, archives, files added by cameras and programs. */
const ignoredEndings =
  /\.(?:jsonl?|txt|csv|tsv|xlsx?|ods|numbers|md|html?|xml|xmp|aae|url|webloc|desktop|ini|db|log|nfo|description|srt|vtt|ass|ssa|lrc|sub|ttml|mp3|m4a|aac|wav|og[ga]|opus|flac|wma|aiff?|amr|zip|z\d\d|gz|7z|rar|tar|pdf|docx?|pages|sha\d*|md5|torrent|thm|lrv|js|css|sh|bat|py|exe)$/i;
const ending = /\.\w{1,8}$/;

/**
 * Files that are named like originals but are of an unsupported kind: a container that `port` does not open, a photo for
 * a video post, or a video for a photo post. A file of an unknown type is listed both as a video and as a photo.
 */
export function otherKinds<File extends { readonly name: string }>(files: readonly File[]): OtherKind<File>[] {
  return files.flatMap((file) => {
    const { name } = file;
    if (isIgnoredName(name) || ignoredEndings.test(name)) return [];
    const kind = kindOfName(name);
    const wanted: readonly PostKind[] = kind === null ? ['video', 'photos'] : [kind === 'video' ? 'photos' : 'video'];
    return wanted.map((each) => {
      const stem = name.replace(ending, '');
      return { file, name: `${stem}.${each === 'video' ? 'mp4' : 'jpg'}`, why: whyNotTaken(name, kind, each) };
    });
  });
}

function whyNotTaken(name: string, kind: PostKind | null, wanted: PostKind): string {
  const format = wanted === 'video' ? 'MP4' : 'JPEG';
  const found = ending.exec(name)?.[0].toLowerCase();
  if (found === undefined) {
    return `Its name does not say what it is: add the right ending (${wanted === 'video' ? '.mp4' : '.jpg'}, say) and run port again.`;
  }
  if (kind === null) {
    return `port does not open ${found} files. Save it as ${format}, give it with --media and run port again.`;
  }
  if (kind === 'video') return `It is a video (${found}), and the post is made of photos.`;
  const moves = ['.gif', '.webp', '.avif', '.png'].includes(found)
    ? ' If it moves, save it as MP4 and give it with --media.'
    : '';
  return `It is a picture (${found}), and the post is a video.${moves}`;
}
