import { isLater } from './filter.ts';
import { formatKey, formatMoment } from './format.ts';
import { issueText } from './issue-text.ts';
import { memo } from './memo.ts';
import { firstSentence } from './plain-sentence.ts';
import { mediaAddress } from './server.ts';
import { type Card, useSentences } from './store.ts';

interface CardProps {
  readonly card: Card;
  /** Its position among all shown cards, of which only some are in the page. */
  readonly index: number;
  readonly count: number;
  readonly isOpen: boolean;
  readonly isTabStop: boolean;
  readonly showsAccount: boolean;
  readonly platform: string;
  readonly onFocus: () => void;
  readonly onOpen: () => void;
}

/** A post on a platform: picture, title and state. */
export const PostCardButton = memo(
  function PostCardButton({
    card,
    index,
    count,
    isOpen,
    isTabStop,
    showsAccount,
    platform,
    onFocus,
    onOpen,
  }: CardProps) {
    const s = useSentences();
    const { key, target, status, title, hasWords, cover, account, parts, planned, posted, kind, issues } = card;
    const { waits, hasConflict } = card;
    const [reason] = status === 'delivered' ? [] : issues;
    const isLeft = isLater(card);
    const said = isLeft ? s.notMade : s.statuses[status];
    return (
      <li aria-setsize={count} aria-posinset={index + 1}>
        <button
          type="button"
          class={`post ${isOpen ? 'on' : ''}`}
          data-studio="post"
          data-key={key}
          data-target={target}
          data-status={status}
          data-index={index}
          tabIndex={isTabStop ? 0 : -1}
          aria-current={isOpen}
          onFocus={onFocus}
          onClick={onOpen}
        >
          <span class="picture">
            {cover === null ? (
              <span class="no-picture" aria-hidden="true">
                {status === 'delivered' ? '' : said}
              </span>
            ) : (
              <img src={mediaAddress(account, cover, card.coverVersion)} alt="" loading="lazy" decoding="async" />
            )}
            <span class="platform-tag">{platform}</span>
            {posted !== '' && <span class="posted-tag">✓ {s.posted}</span>}
          </span>
          <span class="card-words">
            {hasWords ? (
              <b class="card-title" dir="auto">
                {title}
              </b>
            ) : (
              <b class="card-title warn">{s.noWords}</b>
            )}
            <span class="soft">
              {showsAccount && <span dir="auto">{account} · </span>}
              {formatKey(key)}
              {kind === 'photos' && ` · ${s.photos}`}
              {parts > 1 && ` · ${s.parts(parts)}`}
            </span>
            {status !== 'delivered' && (
              <span class={`card-reason ${status === 'held' ? 'warn' : 'bad'}`}>
                {reason === undefined || isLeft ? said : firstSentence(issueText(reason, s))}
              </span>
            )}
            {hasConflict && <span class="warn">{s.twoTexts}</span>}
            {waits && <span class="warn">{s.waits}</span>}
            {status === 'delivered' && issues.length > 0 && <span class="warn">{s.toLookAt(issues.length)}</span>}
            {status === 'delivered' && posted === '' && planned !== '' && (
              <span class="soft">{formatMoment(planned)}</span>
            )}
          </span>
        </button>
      </li>
    );
  },
  (one, other) =>
    one.card === other.card &&
    one.index === other.index &&
    one.count === other.count &&
    one.isOpen === other.isOpen &&
    one.isTabStop === other.isTabStop,
);
