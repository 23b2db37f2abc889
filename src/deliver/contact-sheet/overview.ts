import type { Status, Totals } from '../../model/event.ts';
import type { Entry, IssueRow } from '../../state/documents.ts';
import { cardAnchor, cardIds, isToLookAt } from './cards.ts';
import { type Html, html, sentenceHtml } from './html.ts';

/** A post, its message, and the anchor of its card if it has one. */
interface Mention {
  readonly key: string;
  readonly message: string;
  readonly anchor: string | null;
}

/** Posts with the same status and the same kind of reason. */
export interface ReasonGroup {
  readonly status: Status;
  readonly posts: readonly [Mention, ...Mention[]];
}

export interface Overview {
  /** The number of cards: a split post has one for each part. */
  readonly cards: number;
  readonly totals: Totals;
  /** Posts that are not on the page: failed, rejected, then held ones; in each of these, the most frequent reason first. */
  readonly missing: readonly ReasonGroup[];
  /** Delivered posts with something to look at before posting, the most frequent reason first. */
  readonly toLookAt: readonly ReasonGroup[];
}

/** The summary at the top of a sheet, in one pass over the rows. */
export function overviewOf(rows: Iterable<Entry>): Overview {
  const totals = { delivered: 0, held: 0, rejected: 0, failed: 0 };
  const groups = new Map<string, { status: Status; posts: [Mention, ...Mention[]] }>();
  let cards = 0;
  const add = (status: Status, code: string, post: Mention) => {
    const group = groups.get(`${status} ${code}`);
    if (group) group.posts.push(post);
    else groups.set(`${status} ${code}`, { status, posts: [post] });
  };
  for (const row of rows) {
    const { key, status, issues } = row;
    totals[status]++;
    if (status !== 'delivered') {
      const message = issues.map((issue) => issue.message).join(' ');
      add(status, reasonOf(issues)?.code ?? '', { key, message, anchor: null });
      continue;
    }
    const ids = cardIds(row);
    cards += ids.length;
    for (const { code, message } of issues.filter(isToLookAt)) {
      add(status, code, { key, message, anchor: cardAnchor(ids[0] ?? key) });
    }
  }
  const all = [...groups.values()].sort((one, other) => other.posts.length - one.posts.length);
  const ofStatus = (wanted: Status) => all.filter(({ status }) => status === wanted);
  return {
    cards,
    totals,
    missing: [...ofStatus('failed'), ...ofStatus('rejected'), ...ofStatus('held')],
    toLookAt: ofStatus('delivered'),
  };
}

/** Why a post is not delivered: its error, else its first issue. */
function reasonOf(issues: readonly IssueRow[]): IssueRow | undefined {
  return issues.find(({ severity }) => severity === 'error') ?? issues[0];
}

/** Statuses with at least one post, and how many were delivered. */
export function totalsHtml(totals: Totals): Html {
  const statuses = (['delivered', 'held', 'rejected', 'failed'] as const).filter(
    (status) => status === 'delivered' || totals[status] > 0,
  );
  return html`<ul class="totals">${statuses.map((status) => html`<li class="tag ${status}"><b>${totals[status]}</b> ${status}</li>`)}</ul>`;
}

/** Reasons that are always visible; the others open with a click, so that the first card is not far down on a phone. */
const reasonsShown = 3;

/** The posts that are not on the page, and what to look at: each reason once, with its posts. */
export function overviewHtml({ missing, toLookAt, totals }: Overview): Html {
  const absent = totals.held + totals.rejected + totals.failed;
  const rest = missing.slice(reasonsShown);
  const keys = new Set(toLookAt.flatMap(({ posts }) => posts.map(({ key }) => key)));
  return html`
${
  absent === 0
    ? null
    : html`<section class="rest" aria-labelledby="rest"><h2 id="rest">Not on this page: ${counted(absent)}</h2>
<ul>${missing.slice(0, reasonsShown).map(groupHtml)}</ul>
${rest.length === 0 ? null : html`<details><summary>${rest.length} more ${rest.length === 1 ? 'reason' : 'reasons'}</summary><ul>${rest.map(groupHtml)}</ul></details>`}
</section>`
}
${keys.size === 0 ? null : html`<section class="rest" aria-label="To look at"><details><summary>To look at before you post: ${counted(keys.size)}</summary><ul>${toLookAt.map(groupHtml)}</ul></details></section>`}`;
}

function counted(posts: number): string {
  return `${posts} ${posts === 1 ? 'post' : 'posts'}`;
}

const tagWords: Readonly<Record<Status, string>> = {
  delivered: 'look at',
  held: 'held',
  rejected: 'rejected',
  failed: 'failed',
};

function groupHtml({ status, posts }: ReasonGroup): Html {
  const [first] = posts;
  const tag = html`<span class="tag ${status === 'delivered' ? 'warn' : status}">${posts.length} ${tagWords[status]}</span>`;
  if (posts.length === 1) return html`<li>${tag} <p>${nameHtml(first)} ${sentenceHtml(first.message)}</p></li>`;
  const isSame = posts.every(({ message }) => message === first.message);
  const names = posts.map(
    (post) => html`<li>${nameHtml(post)}${isSame ? null : html` ${sentenceHtml(post.message)}`}</li>`,
  );
  return html`<li>${tag} <div><p>${sentenceHtml(first.message)}</p><details><summary>${isSame ? 'Which posts' : 'Each post, with its own figures'}</summary><ul class="${isSame ? 'keys' : 'each'}">${names}</ul></details></div></li>`;
}

function nameHtml({ key, anchor }: Mention): Html {
  if (anchor === null) return html`<code>${key}</code>`;
  return html`<a href="#${encodeURIComponent(anchor)}"><code>${key}</code></a>`;
}
