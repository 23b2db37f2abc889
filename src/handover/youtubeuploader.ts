import type { HandOver, HandOverContext, HandOverPost, Package } from './contract.ts';
import { asksMadeForKids, fileName, restToDeclare, separateLeftOut } from './contract.ts';
import { callHead, posixScript } from './posix-script.ts';
import { posixWord } from './quote.ts';
import type { LeftOut, Remark } from './reasons.ts';
import { reportEnding } from './reports.ts';
import { timing } from './times.ts';
import { codeUnits, textWithTags, titledWords } from './words.ts';

/**
 * porjo/youtubeuploader: one call a video, with its words in a JSON file. Read in its files.go and run.go, 2026-11: a
 * time works with private videos only, an empty description becomes "uploaded by youtubeuploader", and the language is
 * English, unless other flags say otherwise. The cover is set after the upload, so it can fail with the video there, and
 * so can the subtitles, which need a language.
 */
const title = { max: 100, length: codeUnits };
const window = { least: 0, most: Number.POSITIVE_INFINITY };

interface Post {
  readonly handed: HandOverPost;
  readonly path: string;
  readonly json: string;
  readonly call: string;
}

export const youtubeuploader: HandOver = {
  name: 'youtubeuploader',
  title: 'youtubeuploader',
  takes: ({ name }) => name === 'shorts',
  folder: 'youtubeuploader',
  command: (place) => `sh ${posixWord(`${place}/youtubeuploader.sh`)}`,
  write(packages, context) {
    const { posts, handed, leftOut } = separateLeftOut(packages.map((each) => postOf(each, context)));
    const about = [
      'It looks for client_secrets.json and request.token in the folder where you run it, unless flags say otherwise.',
      'YOUTUBEUPLOADER names another program, YOUTUBEUPLOADER_FLAGS adds flags such as -secrets FILE -cache FILE.',
      'Projects that Google has not audited upload private videos only. The quota may end a day: run it again the next.',
    ];
    const script = posixScript({
      ...{ tool: 'youtubeuploader', account: context.account, about, window, code },
      packages: handed.map((each) => each.package),
      calls: posts.map(({ call }) => call),
    });
    return {
      files: [...posts.map(({ path, json }) => ({ path, text: json })), { path: 'youtubeuploader.sh', text: script }],
      ...{ handed, leftOut },
    };
  },
};

function postOf(from: Package, { now }: HandOverContext): Post | LeftOut {
  const leftOut = (code: LeftOut['code']) => ({ id: from.id, target: from.target.name, code, actual: null });
  if (from.video === null) return leftOut('video-only');
  const { madeForKids } = from.answers;
  if (asksMadeForKids(from.target) && madeForKids === null) return leftOut('made-for-kids');
  const sized = titledWords(from, title);
  if (sized === null) return leftOut('no-title');
  const { epoch, isInWindow } = timing(from, window, now);
  const name = fileName(from.id);
  const meta = {
    title: sized.title,
    description: textWithTags({ body: sized.body, hashtags: from.hashtags }),
    tags: from.hashtags,
    privacyStatus: 'private',
    madeForKids: madeForKids === true,
    ...(from.declarations.includes('ai-generated') && { containsSyntheticMedia: true }),
    ...(isInWindow && { publishAt: from.planned }),
  };
  const remarks: Remark[] = [...sized.remarks];
  if (!isInWindow) remarks.push({ code: 'private', actual: from.planned?.slice(0, 16).replace('T', ' ') ?? null });
  const { subtitles } = from;
  if (subtitles?.language === null) remarks.push({ code: 'subtitles', actual: null });
  const spoken = subtitles?.language ? [subtitles.path, subtitles.language] : ['', ''];
  const path = `youtubeuploader/${name}.json`;
  const toDeclare = restToDeclare(from, { when: ['ai-generated'], always: ['madeForKids'] });
  const head = callHead(from.id, epoch, from.planned, isInWindow);
  return {
    handed: { package: from, files: [path], remarks, toDeclare },
    path,
    json: `${JSON.stringify(meta, null, 2)}\n`,
    call: [head, name, ...[from.video.path, from.cover?.path ?? '', ...spoken].map(posixWord)].join(' '),
  };
}

const code = `tool=\${YOUTUBEUPLOADER:-youtubeuploader}
command -v -- "$tool" >/dev/null 2>&1 || fail "$tool is not there: install it, or say where it is with YOUTUBEUPLOADER."

# post POST EPOCH TIME CAN_PLAN NAME VIDEO COVER SUBTITLES LANGUAGE
post() {
  may_send "$1" "$2" "$3" "$4" || return 0
  name=$1 meta="$here/youtubeuploader/$5.json" report="$here/youtubeuploader/$5${reportEnding}" video=$6 cover=$7 subtitles=$8 language=$9
  # Without a time that is still to come it stays private: nobody sees it.
  if [ "$timed" = yes ]; then tick='done'; else tick='private'; fi
  set -- -filename "$video" -metaJSON "$meta" -metaJSONout "$report" -description '' -language "$language"
  [ -z "$cover" ] || set -- "$@" -thumbnail "$cover"
  [ -z "$subtitles" ] || set -- "$@" -caption "$subtitles"
  rm -f -- "$report"
  note "$name" begun ''
  # shellcheck disable=SC2086 # several flags
  "$tool" "$@" \${YOUTUBEUPLOADER_FLAGS:-} </dev/null
  status=$?
  if [ "$status" -ne 0 ] && [ -s "$report" ]; then
    say "$name is uploaded, but not all after that worked, such as its cover or subtitles: see above, and mend it in YouTube Studio."
    status=0
  fi
  finish "$name" "$status" "$tick"
}`;
