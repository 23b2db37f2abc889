import type { RunEvent } from '../model/event.ts';
import type { Issue } from '../model/issue.ts';
import { safeText } from './safe-text.ts';

type PostEvent = RunEvent & { readonly type: 'post' };

export interface Grouped {
  add(event: PostEvent): void;
  /** The warnings, the most frequent first: `17 posts: It has no caption ...`. */
  lines(): string[];
}

const keysShown = 3;
/** Not problems, but a user would ask why a post was not delivered, or why its text is not port's. */
export const alwaysReported: readonly Issue['code'][] = ['visibility', 'target-left-out', 'caption-edited', 'own-file'];

/**
 * Groups warnings that apply to many posts: each one with the number of its posts, or with the post if there is only
 * one.
 */
export function grouped(): Grouped {
  const found = new Map<string, { readonly issue: Issue & { readonly message: string }; readonly keys: Set<string> }>();
  return {
    add({ key, issues, status }) {
      for (const issue of issues) {
        if (
          (issue.severity === 'info' && !alwaysReported.includes(issue.code)) ||
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
        .map(({ issue, keys, others }) => {
          const [only] = keys;
          const who = keys.size === 1 && only ? only : `${keys.size} posts`;
          const alike = others.length > 0 ? ` (also: ${named(others)})` : '';
          const where = keys.size > 1 && keys.size <= keysShown ? ` [${[...keys].join(', ')}]` : '';
          return safeText(`${who}: ${issue.message}${alike}${where}`);
        });
    },
  };
}

interface Group {
  readonly issue: Issue & { readonly message: string };
  readonly keys: Set<string>;
  /** The figures or names in other messages of this kind. */
  readonly others: string[];
}

/** Merges messages of one kind that differ only in their figures. */
function mergeAlike(groups: readonly Omit<Group, 'others'>[]): Group[] {
  const byCode = new Map<string, Group>();
  for (const { issue, keys } of groups) {
    const before = byCode.get(issue.code);
    if (before) {
      for (const key of keys) before.keys.add(key);
      const other = String(issue.actual ?? '');
      const said = [String(before.issue.actual ?? ''), ...before.others];
      if (!said.includes(other)) before.others.push(other);
    } else byCode.set(issue.code, { issue, keys: new Set(keys), others: [] });
  }
  return [...byCode.values()];
}

const othersShown = 3;

function named(others: readonly string[]): string {
  const more = others.length - othersShown;
  return `${others.slice(0, othersShown).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
