import type { RunEvent } from '../model/event.ts';
import type { Issue } from '../model/issue.ts';
import { safeText } from './safe-text.ts';

type PostEvent = RunEvent & { readonly type: 'post' };

export interface Grouped {
  add(event: PostEvent): void;
  /** What there is to say, the most frequent first: `17 posts: It has no caption ...`. */
  lines(): string[];
}

const keysShown = 3;

/** Says once what is true of many posts: each warning with the number of its posts, or with the post if it is one. */
export function grouped(): Grouped {
  const found = new Map<string, { readonly issue: Issue & { readonly message: string }; readonly keys: Set<string> }>();
  return {
    add({ key, issues, status }) {
      for (const issue of issues) {
        if (
          (issue.severity === 'info' && issue.code !== 'caption-edited' && issue.code !== 'own-file') ||
          status === 'failed' ||
          status === 'rejected'
        )
          continue;
        const group = found.get(issue.message) ?? { issue, keys: new Set() };
        found.set(issue.message, group);
        group.keys.add(key);
      }
    },
    lines() {
      const all = mergeAlike([...found.values()]);
      return all
        .sort((a, b) => b.keys.size - a.keys.size)
        .map(({ issue, keys, unlike }) => {
          const [only] = keys;
          const who = keys.size === 1 && only ? only : `${keys.size} posts`;
          const alike = unlike > 0 ? ' (and the like)' : '';
          const where = keys.size > 1 && keys.size <= keysShown ? ` [${[...keys].join(', ')}]` : '';
          return safeText(`${who}: ${issue.message}${alike}${where}`);
        });
    },
  };
}

interface Group {
  readonly issue: Issue & { readonly message: string };
  readonly keys: Set<string>;
  /** So many sentences of the same kind say it with other figures. */
  unlike: number;
}

/** One line for each kind of finding, since its sentences differ by their figures only. */
function mergeAlike(groups: readonly Omit<Group, 'unlike'>[]): Group[] {
  const byCode = new Map<string, Group>();
  for (const { issue, keys } of groups) {
    const before = byCode.get(issue.code);
    if (before) {
      for (const key of keys) before.keys.add(key);
      before.unlike++;
    } else byCode.set(issue.code, { issue, keys: new Set(keys), unlike: 0 });
  }
  return [...byCode.values()];
}
