import type { HandOver, HandOverContext, HandOverPost, Package } from './contract.ts';
import { restToDeclare, separateLeftOut } from './contract.ts';
import { callHead, posixScript } from './posix-script.ts';
import { powershellCall, powershellScript } from './powershell-script.ts';
import { posixWord } from './quote.ts';
import type { LeftOut } from './reasons.ts';
import { clockTime, day, hour, timing } from './times.ts';
import { codePoints, plainTags, titledWords } from './words.ts';

/**
 * dreammis/social-auto-upload: one command a post. Read in its sau_cli.py and uploader/xiaohongshu_uploader, 2026-11:
 * it cuts titles at 20 characters, refuses more than ten tags, takes times from two hours on, and drives the platform's
 * own form, which plans 14 days ahead.
 */
const title = { max: 20, length: codePoints };
const maxTags = 10;
const window = { least: 2 * hour, most: 14 * day };

interface Post {
  readonly handed: HandOverPost;
  readonly action: 'upload-video' | 'upload-note';
  /** Options and their values, without the account and the time. */
  readonly words: readonly string[];
  readonly epoch: number;
  /** Local time, as `--schedule` takes it. */
  readonly clock: string;
}

export const sau: HandOver = {
  name: 'sau',
  title: 'social-auto-upload',
  takes: ({ name }) => name === 'rednote',
  folder: null,
  command: (place) => `sh ${posixWord(`${place}/sau.sh`)}`,
  write(packages, context) {
    const { posts, handed, leftOut } = separateLeftOut(packages.map((each) => postOf(each, context)));
    const { account } = context;
    const about = [
      `SAU_ACCOUNT names the account as you called it at: sau xiaohongshu login. Times are those of ${context.zone}.`,
      'Accounts opened outside mainland China: set SAU_XHS_CREATOR_BASE_URL to https://creator.rednote.com',
      'SAU names another program in place of sau, SAU_FLAGS adds flags such as --headed.',
    ];
    const listed = handed.map((each) => each.package);
    const shared = { tool: 'sau', account, packages: listed, about, window };
    return {
      files: [
        { path: 'sau.sh', text: posixScript({ ...shared, code: posixCode(account), calls: posts.map(posixCall) }) },
        { path: 'sau.ps1', text: powershellScript({ ...shared, calls: posts.map(powershellCallOf) }) },
      ],
      ...{ handed, leftOut },
    };
  },
};

function postOf(from: Package, context: HandOverContext): Post | LeftOut {
  const sized = titledWords(from, title);
  if (sized === null) return { id: from.id, target: from.target.name, code: 'no-title', actual: null };
  const { epoch, remark } = timing(from, window, context.now);
  const tags = plainTags(from.hashtags, maxTags);
  const text = (name: string, value: string) => (value === '' ? [] : option(name, value));
  const tagged = text('--tags', tags.join(','));
  const words =
    from.video === null
      ? [
          ...['--images', ...from.photos.map(({ path }) => path)],
          ...option('--title', sized.title),
          ...text('--note', sized.body),
          ...tagged,
        ]
      : [
          ...option('--file', from.video.path),
          ...option('--title', sized.title),
          ...text('--desc', sized.body),
          ...tagged,
          ...(from.cover === null ? [] : option('--thumbnail', from.cover.path)),
        ];
  const remarks = [...sized.remarks, ...(remark === null ? [] : [remark])];
  const clock = from.planned === null ? '' : clockTime(from.planned, context);
  return {
    handed: { package: from, files: [], remarks, toDeclare: restToDeclare(from, {}) },
    action: from.video === null ? 'upload-note' : 'upload-video',
    ...{ words, epoch, clock },
  };
}

/** Python's argparse takes a value that begins with a dash for an option, unless it is joined by `=`. */
function option(name: string, value: string): readonly string[] {
  return value.startsWith('-') ? [`${name}=${value}`] : [name, value];
}

function posixCode(account: string): string {
  return `sau=\${SAU:-sau}
account=\${SAU_ACCOUNT:-}
[ -n "$account" ] || account=${posixWord(account)}
command -v -- "$sau" >/dev/null 2>&1 || fail "$sau is not there: install social-auto-upload, or say where it is with SAU."

# post POST EPOCH TIME CAN_PLAN CLOCK ACTION and the words of the post
post() {
  may_send "$1" "$2" "$3" "$4" || return 0
  name=$1 clock=$5 action=$6
  shift 6
  [ "$timed" = no ] || set -- "$@" --schedule "$clock"
  note "$name" begun ''
  # shellcheck disable=SC2086 # several flags
  "$sau" xiaohongshu "$action" --account "$account" "$@" \${SAU_FLAGS:-} </dev/null
  finish "$name" $? 'done'
}`;
}

function posixCall({ handed, action, words, epoch, clock }: Post): string {
  const { id, planned } = handed.package;
  const head = callHead(id, epoch, planned, true);
  return [head, posixWord(clock), action, ...words.map(posixWord)].join(' ');
}

function powershellCallOf({ handed, action, words, epoch, clock }: Post): string {
  const { id, planned } = handed.package;
  return powershellCall({ id, epoch, planned, clock, action, words });
}
