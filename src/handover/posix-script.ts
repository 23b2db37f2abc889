import type { Package } from './contract.ts';
import { memoryHeader, memoryName } from './memory.ts';
import { comment, posixWord } from './quote.ts';
import type { Window } from './times.ts';

export interface PosixScript {
  /** The name of the tool, of the script and of what it remembers. */
  readonly tool: string;
  readonly account: string;
  /** The packages in the order of their posting. */
  readonly packages: readonly Pick<Package, 'id' | 'target'>[];
  /** Comments at the top: how to use it. */
  readonly about: readonly string[];
  readonly window: Window;
  /** Shell code that sets up the tool and defines `post`. */
  readonly code: string;
  /** The calls of `post`, one a package. */
  readonly calls: readonly string[];
}

/**
 * A script for POSIX shells that posts one package after the other. It remembers each step, stops at the first failure,
 * and asks when it cannot know whether a post is out: a post that appears twice is worse than one that waits.
 */
export function posixScript({ tool, account, packages, about, window, code, calls }: PosixScript): string {
  const [first] = packages;
  const platform = first?.target.title ?? tool;
  return `#!/bin/sh
${comment(`Posts of ${account} for ${tool}, in the order of posting.csv. Run it with: sh ${tool}.sh`)}
# It can be stopped and started again: ${memoryName(tool)} beside it has what was sent.
#   --now         sends what is planned for later than ${tool} can plan now, without its time
#   --sent POST   this post is out: do not send it      --again POST   it is not: send it
${about.map(comment).join('\n')}

set -uf
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P) || exit 1
memory="$here/${memoryName(tool)}"
header=${posixWord(memoryHeader)}
target=${posixWord(first?.target.name ?? '')}
platform=${posixWord(platform)}
posts=${posixWord(packages.map(({ id }) => id).join(' '))}
least=${window.least}
most=${Math.min(window.most, 999_999_999)}
sent=0 before=0 waiting=0 stopped=0 force=no

say() { printf '%s\\n' "$*"; }
fail() { printf '%s\\n' "$*" >&2; exit 1; }

# What was noted last of a post.
state() {
  awk -F, -v post="$1" '{ sub(/\\r$/, "") } $1 == post { tick = $2 } END { print tick }' "$memory"
}

# note POST TICK TIME
note() {
  printf '%s,%s,%s,%s,\\n' "$1" "$2" "$target" "$3" >>"$memory" || fail "$memory cannot be written, so nothing more is sent."
}

# may_send POST EPOCH TIME CAN_PLAN: sets timed to yes or no, or says why not now.
may_send() {
  [ "$stopped" = 0 ] || { say "Stopped. Run it again to go on."; exit 130; }
  case $(state "$1") in
    done | private | draft) before=$((before + 1)); return 1 ;;
    begun) fail "$1 was being sent when the script stopped, so it may be out. Look at $platform: if it is there, run it with --sent $1, else with --again $1." ;;
  esac
  timed=no at=$(date -u +%Y-%m-%dT%H:%M:%SZ)
  [ "$2" -gt 0 ] || return 0
  ahead=$(($2 - $(date +%s)))
  if [ "$ahead" -le 0 ]; then return 0; fi
  if [ "$ahead" -ge "$least" ] && [ "$ahead" -le "$most" ] && [ "$4" = yes ]; then timed=yes at=$3; return 0; fi
  [ "$force" = yes ] && return 0
  if [ "$ahead" -lt "$least" ]; then
    say "$1 waits: it is planned for $3, too soon for ${tool} to plan. Run this again then, or with --now."
  elif [ "$ahead" -gt "$most" ]; then
    say "$1 waits: it is planned for $3, further ahead than ${tool} can plan. Run this again later, or with --now."
  else
    say "$1 waits: it is planned for $3, which ${tool} can plan by now. Run port hand-over again, or this with --now."
  fi
  waiting=$((waiting + 1))
  return 1
}

# finish POST STATUS TICK
finish() {
  if [ "$2" -ne 0 ]; then
    note "$1" failed ''
    [ "$stopped" = 0 ] || { say "Stopped at $1. Run it again to go on."; exit 130; }
    fail "$1 was not posted: ${tool} failed (exit $2). Mend what it says above, then run this again; if the post is out all the same, run it with --sent $1."
  fi
  note "$1" "$3" "$at"
  sent=$((sent + 1))
  say "$1 is sent."
}

[ -e "$memory" ] || say "$header" >"$memory" || exit 1
[ "$(head -n 1 -- "$memory" | tr -d '\\r')" = "$header" ] || fail "$memory was changed by another program, so nobody knows what is out. Put back its first line: $header"

lock="$here/.${tool}.lock"
if ! mkdir -- "$lock" 2>/dev/null; then
  other=$(cat "$lock/pid" 2>/dev/null)
  if [ -n "$other" ] && kill -0 "$other" 2>/dev/null; then fail "This script runs already (process $other)."; fi
fi
say "$$" >"$lock/pid" || exit 1
trap 'rm -rf -- "$lock"' EXIT
# What is being sent is finished and noted first.
trap 'stopped=1' INT TERM HUP

while [ $# -gt 0 ]; do
  case $1 in
    --now) force=yes ;;
    --sent | --again)
      case " $posts " in *" \${2:-none} "*) ;; *) fail "$1 takes the name of a post: one of $posts" ;; esac
      if [ "$1" = --sent ]; then note "$2" 'done' "$(date -u +%Y-%m-%dT%H:%M:%SZ)"; else note "$2" failed ''; fi
      shift
      ;;
    *) fail "There is no option $1: there are --now, --sent POST, --again POST." ;;
  esac
  shift
done

${code}

${calls.join('\n')}

say "\${sent} sent, \${before} sent before, \${waiting} waiting. When you have seen them on $platform: port posted --from '$(printf '%s' "$memory" | sed "s/'/'\\\\\\\\''/g")'"
`;
}

/** The first words of a call of \`post\`: what \`may_send\` wants to know. */
export function callHead(id: string, epoch: number, planned: string | null, canPlan: boolean): string {
  return ['post', posixWord(id), String(epoch), posixWord(planned ?? ''), canPlan ? 'yes' : 'no'].join(' ');
}
