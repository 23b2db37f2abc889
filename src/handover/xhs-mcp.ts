import type { HandOver, HandOverContext, HandOverPost, Package } from './contract.ts';
import { fileName, mustDeclare, restToDeclare, separateLeftOut } from './contract.ts';
import { callHead, posixScript } from './posix-script.ts';
import { posixWord } from './quote.ts';
import type { LeftOut, Remark } from './reasons.ts';
import { day, hour, timing } from './times.ts';
import { filledBody, halfWidths, plainTags, titledWords } from './words.ts';

/**
 * xpzouying/xiaohongshu-mcp: JSON over HTTP to a server on this machine. Read in its service.go and docs/API.md,
 * 2026-11: title and text are required, titles have at most 20 units of RedNote's, times are from one hour to 14 days
 * ahead, tags beyond ten are dropped.
 */
const title = { max: 20, length: halfWidths };
const maxTags = 10;
const window = { least: hour, most: 14 * day };

/** The server's word for "only I can see it". */
const onlyMe = '仅自己可见';

interface Post {
  readonly handed: HandOverPost;
  readonly path: string;
  readonly json: string;
  readonly call: string;
}

export const xhsMcp: HandOver = {
  name: 'xhs-mcp',
  title: 'xiaohongshu-mcp',
  takes: ({ name }) => name === 'rednote',
  folder: 'xhs-mcp',
  command: (place) => `sh ${posixWord(`${place}/xhs-mcp.sh`)}`,
  write(packages, context) {
    const { posts, handed, leftOut } = separateLeftOut(packages.map((each) => postOf(each, context)));
    const about = [
      'The server must run, be logged in, and see the files under the same paths.',
      'XHS_MCP_URL is its address (http://127.0.0.1:18060), XHS_MCP_TOKEN its token if it wants one.',
    ];
    const script = posixScript({
      ...{ tool: 'xhs-mcp', account: context.account, about, window, code },
      packages: handed.map((each) => each.package),
      calls: posts.map(({ call }) => call),
    });
    return {
      files: [...posts.map(({ path, json }) => ({ path, text: json })), { path: 'xhs-mcp.sh', text: script }],
      ...{ handed, leftOut },
    };
  },
};

function postOf(from: Package, { now }: HandOverContext): Post | LeftOut {
  const sized = titledWords(from, title);
  if (sized === null) return { id: from.id, target: from.target.name, code: 'no-title', actual: null };
  const filled = filledBody(sized.body, sized.title, from);
  const { epoch, isInWindow, remark } = timing(from, window, now);
  const isPrivate = mustDeclare(from);
  const isOriginal = from.video === null && from.answers.ownWork === true;
  const name = fileName(from.id);
  const request = {
    title: sized.title,
    content: filled.body,
    ...(from.video === null ? { images: from.photos.map(({ path }) => path) } : { video: from.video.path }),
    // On a line of its own, and not the last one: the script takes it out once the time is past.
    ...(isInWindow && { schedule_at: from.planned }),
    ...(isOriginal && { is_original: true }),
    ...(isPrivate && { visibility: onlyMe }),
    tags: plainTags(from.hashtags, maxTags),
  };
  const remarks: Remark[] = [...sized.remarks, ...filled.remarks];
  if (remark !== null) remarks.push(remark);
  if (isPrivate) remarks.push({ code: 'only-me', actual: null });
  const path = `xhs-mcp/${name}.json`;
  const toDeclare = restToDeclare(from, isOriginal ? { always: ['ownWork'] } : {});
  return {
    handed: { package: from, files: [path], remarks, toDeclare },
    path,
    json: `${JSON.stringify(request, null, 2)}\n`,
    call: [
      callHead(from.id, epoch, from.planned, isInWindow),
      name,
      from.video === null ? 'publish' : 'publish_video',
      posixWord(isPrivate ? 'private' : 'done'),
    ].join(' '),
  };
}

const code = `server=\${XHS_MCP_URL:-http://127.0.0.1:18060}
server=\${server%/}
command -v curl >/dev/null 2>&1 || fail "curl is not there: install it."

# The token goes to curl by its standard input: the list of processes shows command lines.
token() {
  [ -z "\${XHS_MCP_TOKEN:-}" ] || printf 'header = "Authorization: Bearer %s"\\n' "$XHS_MCP_TOKEN"
}

# post POST EPOCH TIME CAN_PLAN NAME ENDPOINT TICK
post() {
  may_send "$1" "$2" "$3" "$4" || return 0
  json="$here/xhs-mcp/$5.json"
  request="$lock/request.json" answer="$lock/answer"
  if [ "$timed" = yes ]; then cat -- "$json" >"$request"; else sed '/^  "schedule_at": /d' <"$json" >"$request"; fi || exit 1
  : >"$answer"
  note "$1" begun ''
  status=$(token | curl --config - --silent --show-error --noproxy 127.0.0.1,localhost,::1 --max-time 1800 \\
    --header 'Content-Type: application/json' --data-binary "@$request" \\
    --output "$answer" --write-out '%{http_code}' "$server/api/v1/$6")
  code=$?
  case $code in
    0) ;;
    3 | 5 | 6 | 7)
      note "$1" failed ''
      fail "$1 was not sent: there is no server at $server. Start it, then run this again."
      ;;
    *)
      [ "$stopped" = 0 ] || say "Stopped."
      fail "Nobody knows whether $1 is out: the connection broke off. Look at $platform: if it is there, run this with --sent $1, else with --again $1."
      ;;
  esac
  case $status in
    2??) finish "$1" 0 "$7" ;;
    *)
      cat -- "$answer" >&2
      say '' >&2
      note "$1" failed ''
      fail "$1 was not posted: the server answered $status, as above. Look at $platform before you run this again: if it is out all the same, run it with --sent $1."
      ;;
  esac
}`;
