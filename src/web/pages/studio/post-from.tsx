import { useState } from 'preact/hooks';
import type { PostDetail, PostOnPlatform } from '../../studio/api.ts';
import { notify, setPosting } from './actions.ts';
import { formatMoment } from './format.ts';
import { usePlanner } from './planner.ts';
import { isReader, qrAddress } from './server.ts';
import { getModel, useModel, useSentences } from './store.ts';

interface PostFromProps {
  readonly detail: PostDetail;
  readonly platform: PostOnPlatform;
}

/** Everything needed to post by hand: words to copy, the folder, what to declare, and a box to tick. */
export function PostFrom({ detail, platform }: PostFromProps) {
  const s = useSentences();
  const planner = usePlanner();
  const { target, toDeclare, planned, posted, url, note, packages } = platform;
  const place = { account: detail.account, key: detail.key, target, part: null };
  const facts = planner?.platformFacts(target);
  const isSplit = packages.length > 1;
  return (
    <section class="post-from" aria-labelledby="post-title">
      <div class="row">
        <h3 id="post-title">{s.postIt}</h3>
        <label class="check posted push">
          <input
            type="checkbox"
            data-studio="posted"
            checked={posted !== ''}
            onChange={(event) => void setPosting(place, { posted: event.currentTarget.checked })}
          />
          {s.posted}
          {posted !== '' && <span class="soft"> · {formatMoment(posted)}</span>}
        </label>
      </div>
      {packages.map((each, index) => (
        <div key={each.part ?? ''} class="package">
          {isSplit && (
            <label class="check">
              <input
                type="checkbox"
                checked={each.isOut || posted !== ''}
                onChange={(event) =>
                  void setPosting({ ...place, part: each.part }, { posted: event.currentTarget.checked })
                }
              />
              {s.partPosted(index + 1, packages.length)}
            </label>
          )}
          <div class="row copies">
            {each.title !== null && <Copy label={s.copyTitle} text={each.title} />}
            <Copy label={s.copyBody} text={each.body} />
            {each.hashtags.length > 0 && (
              <Copy label={s.copyHashtags} text={each.hashtags.map((tag) => `#${tag}`).join(' ')} />
            )}
            <Copy label={s.copyAll} text={each.captionText} />
          </div>
          <div class="row folder">
            <code dir="ltr">{each.folder}</code>
            <Copy label={s.copyFolder} text={each.folder} />
          </div>
        </div>
      ))}
      <OnPhone key={`${detail.key} ${target}`} detail={detail} target={target} />
      {toDeclare.length > 0 && (
        <div class="declare">
          <p>{s.toDeclare}</p>
          <ul>
            {toDeclare.map((each) => (
              <li key={each}>{s.programText(each)}</li>
            ))}
          </ul>
        </div>
      )}
      {facts?.upload !== null && facts?.upload !== undefined && (
        <p>
          <a href={facts.upload} target="_blank" rel="noreferrer noopener">
            {s.openPlatform(facts.title)}
          </a>
          {facts.uploadElsewhere !== undefined && (
            <>
              {' · '}
              <a href={facts.uploadElsewhere.at} target="_blank" rel="noreferrer noopener">
                {s.programText(facts.uploadElsewhere.for)}
              </a>
            </>
          )}
        </p>
      )}
      <div class="fields">
        <label>
          {s.plannedFor}
          <input
            type="datetime-local"
            value={planned.slice(0, 16)}
            disabled={posted !== '' || isReader}
            onChange={(event) => void setPosting(place, { planned: event.currentTarget.value })}
          />
        </label>
        <label>
          {s.url}
          <input
            type="url"
            disabled={isReader}
            value={url}
            onChange={(event) => void setPosting(place, { url: event.currentTarget.value })}
          />
        </label>
        <label>
          {s.note}
          <input
            type="text"
            disabled={isReader}
            value={note}
            onChange={(event) => void setPosting(place, { note: event.currentTarget.value })}
          />
        </label>
      </div>
    </section>
  );
}

/** A QR code that opens this card on a phone. Its address works once, so it is requested when the code is shown. */
function OnPhone({ detail, target }: { readonly detail: PostDetail; readonly target: string }) {
  const s = useSentences();
  const hasPhones = useModel(({ state }) => state?.hasPhones);
  const [isOpen, setOpen] = useState(false);
  if (isReader || !hasPhones) return null;
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{s.onPhone}</summary>
      {isOpen && <img src={qrAddress(detail, target)} width="240" height="240" alt={s.onPhoneCode} />}
    </details>
  );
}

function Copy({ label, text }: { readonly label: string; readonly text: string }) {
  const s = useSentences();
  const [isDone, setDone] = useState(false);
  const copy = async () => {
    try {
      await copyText(text);
    } catch {
      notify('problem', getModel().sentences.notCopied);
      return;
    }
    setDone(true);
    setTimeout(() => setDone(false), 2000);
  };
  return (
    <button type="button" class="copy" disabled={text === ''} onClick={() => void copy()}>
      <span aria-live="polite">{isDone ? s.copied : label}</span>
    </button>
  );
}

/** Over http, as on a phone in the local network, pages have no clipboard API: the older command works there. */
async function copyText(text: string): Promise<void> {
  if (isSecureContext) return await navigator.clipboard.writeText(text);
  const before = document.activeElement;
  const area = document.createElement('textarea');
  area.value = text;
  area.readOnly = true;
  area.className = 'unseen';
  document.body.append(area);
  area.select();
  const isDone = document.execCommand('copy');
  area.remove();
  if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  if (!isDone) throw new Error('not copied');
}
