import { useEffect, useRef } from 'preact/hooks';
import type { PostDetail, PostOnPlatform } from '../../studio/api.ts';
import { closePost, openPost } from './actions.ts';
import { BeforeAndAfter } from './before-after.tsx';
import { Cover } from './cover.tsx';
import { allCards, cardId, platformName } from './filter.ts';
import { formatKey } from './format.ts';
import { Included } from './included.tsx';
import { issueText } from './issue-text.ts';
import { PostMedia } from './media.tsx';
import { OwnWords } from './own-words.tsx';
import { PostChoices } from './post-choices.tsx';
import { PostFrom } from './post-from.tsx';
import { Remedies } from './remedies.tsx';
import { isReader } from './server.ts';
import { getModel, type Opened, useModel, useSentences } from './store.ts';
import { Translations } from './translations.tsx';
import { Words } from './words.tsx';

/** A post that was opened: beside the others, or over them where the screen is narrow. */
export function OpenPost({ isOver }: { readonly isOver: boolean }) {
  const s = useSentences();
  const opened = useModel((each) => each.opened);
  const detail = useModel((each) => each.detail);
  const section = useRef<HTMLElement>(null);
  const id = opened === null ? '' : JSON.stringify([opened.account, opened.key]);
  useEffect(() => {
    section.current?.scrollTo(0, 0);
    if (!isOver) section.current?.scrollIntoView({ block: 'nearest' });
    section.current?.querySelector<HTMLElement>('h2')?.focus({ preventScroll: !isOver });
  }, [id]);
  useEffect(() => {
    const back = opened === null ? null : { ...opened };
    const close = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      leave(back);
    };
    addEventListener('keydown', close);
    return () => removeEventListener('keydown', close);
  }, [id, opened?.target]);
  if (opened === null) return null;
  const platform = detail?.platforms.find(({ target }) => target === opened.target) ?? null;
  return (
    <section
      ref={section}
      class={`open-post ${isOver ? 'covers' : ''}`}
      data-studio="open-post"
      data-key={opened.key}
      data-target={opened.target}
      aria-labelledby="open-title"
      {...(isOver ? { role: 'dialog', 'aria-modal': true } : {})}
    >
      <div class="open-head">
        <h2 id="open-title" tabIndex={-1}>
          {formatKey(opened.key, true)}
        </h2>
        <button type="button" class="close" onClick={() => leave(opened)}>
          {isOver ? s.back : s.close}
        </button>
      </div>
      {detail === null ? (
        <p class="soft" role="status">
          {s.loading}
        </p>
      ) : (
        <Detail key={id} detail={detail} opened={opened} platform={platform} />
      )}
    </section>
  );
}

interface DetailProps {
  readonly detail: PostDetail;
  readonly opened: Opened;
  readonly platform: PostOnPlatform | null;
}

function Detail({ detail, opened, platform }: DetailProps) {
  return (
    <>
      <PlatformTabs detail={detail} opened={opened} />
      <Waits opened={opened} />
      {platform !== null && platform.status !== 'delivered' && <Remedies detail={detail} platform={platform} />}
      <Included detail={detail} />
      <PostMedia detail={detail} platform={platform} />
      <Words detail={detail} target={opened.target} platform={platform} />
      <Translations detail={detail} />
      {!isReader && <Cover detail={detail} target={opened.target} platform={platform} />}
      {!isReader && <PostChoices detail={detail} />}
      {platform !== null && platform.status === 'delivered' && <PostFrom detail={detail} platform={platform} />}
      {platform !== null && platform.packages.length > 0 && (
        <>
          <BeforeAndAfter detail={detail} platform={platform} />
          {!isReader && <OwnWords detail={detail} platform={platform} />}
        </>
      )}
      <NextWithoutWords opened={opened} />
    </>
  );
}

/** What was changed since the post was made, and what there is to look at. */
function Waits({ opened }: { readonly opened: Opened }) {
  const s = useSentences();
  const card = useModel((each) =>
    each.posts[opened.account]?.find(({ key, target }) => key === opened.key && target === opened.target),
  );
  const canMake = useModel((each) => (each.state?.exports.length ?? 0) > 0);
  const issues = card?.status === 'delivered' ? card.issues : [];
  return (
    <div class="to-know" role="status">
      {card?.waits && <p class="warn">{canMake ? s.waitsAMoment : s.waitsForExport}</p>}
      {issues.map((issue) => (
        <p key={`${issue.code} ${issue.message}`} class="warn">
          {issueText(issue, s)}
        </p>
      ))}
    </div>
  );
}

function PlatformTabs({ detail, opened }: { readonly detail: PostDetail; readonly opened: Opened }) {
  const s = useSentences();
  const state = useModel((each) => each.state);
  return (
    <fieldset class="tabs platforms-of" aria-label={s.platform}>
      {detail.platforms.map(({ target, status, posted }) => (
        <button
          key={target}
          type="button"
          aria-pressed={target === opened.target}
          onClick={() => void openPost({ ...opened, target })}
        >
          {platformName({ state }, target)}
          {posted !== '' && <span class="good"> ✓</span>}
          {status !== 'delivered' && <span class={status === 'held' ? 'warn' : 'bad'}> · {s.statuses[status]}</span>}
        </button>
      ))}
    </fieldset>
  );
}

function NextWithoutWords({ opened }: { readonly opened: Opened }) {
  const s = useSentences();
  const posts = useModel((each) => each.posts);
  const { account, state } = getModel();
  const cards = allCards({ posts, account, state }).filter((card) => card.target === opened.target);
  const at = cards.findIndex((card) => cardId(card) === cardId(opened));
  const next = [...cards.slice(at + 1), ...cards.slice(0, Math.max(0, at))].find(({ hasWords }) => !hasWords);
  const following = cards[at + 1];
  return (
    <div class="row next">
      {following !== undefined && (
        <button type="button" onClick={() => void openPost(placeOf(following))}>
          {s.nextPost}
        </button>
      )}
      {next !== undefined && (
        <button type="button" class="go push" onClick={() => void openPost(placeOf(next))}>
          {s.nextWithoutWords}
        </button>
      )}
    </div>
  );
}

function placeOf({ account, key, target }: Opened): Opened {
  return { account, key, target };
}

/** Closes the post and goes back to its card. */
function leave(opened: Opened | null): void {
  closePost();
  if (opened === null) return;
  requestAnimationFrame(() => {
    const card = document.querySelector<HTMLElement>(
      `[data-studio="post"][data-key="${CSS.escape(opened.key)}"][data-target="${CSS.escape(opened.target)}"]`,
    );
    card?.focus();
  });
}
