import { createHash } from 'node:crypto';
import { basename } from 'node:path/posix';
import { count } from '../../plan/counting.ts';
import { cut } from '../../plan/cut.ts';
import { captionText } from '../../plan/written-caption.ts';
import { unitWords } from '../../report/counting-units.ts';
import type { CaptionRow, FileRow } from '../../state/documents.ts';
import type { Target, TextRule } from '../../targets/target.ts';
import { type Card, cardAnchor } from './cards.ts';
import { address, type Html, html, sentenceHtml } from './html.ts';
import { type CardState, marksHtml, momentsHtml } from './state.ts';

/** A post with everything needed for posting: media to view, texts to copy, boxes to tick. */
export function cardHtml(card: Card, target: Target, state: CardState): Html {
  const { id, caption, needsWords } = card;
  const heading = `h ${id}`.replace(/\s/g, '-');
  return html`
<article class="card" id="${cardAnchor(id)}" tabindex="-1" aria-labelledby="${heading}" data-id="${id}" data-time="${card.time ?? 0}" data-words="${needsWords ? 'none' : 'some'}" data-planned="${state.planned}" data-posted="${state.posted}" data-out="${state.isOut ? 'yes' : 'no'}">
<div class="media">${mediaHtml(card)}</div>
<div class="main">
<div class="words">
<div class="head">
${headHtml(card, heading, target)}
${momentsHtml(state)}
${keyHtml(card)}
</div>
${caption === null ? null : captionHtml(caption, target, card.needsTitle)}
${needsWords ? html`<p class="hint">No caption yet: TikTok leaves them out of its exports. Fill in <code>captions.csv</code> in the account's folder and run <code>port</code> again, or write into <code>caption.txt</code>.</p>` : null}
</div>
<div class="side">
<label class="done"><input type="checkbox" data-tick="done"><span>Posted</span></label>
${marksHtml(state, id)}
${ticksHtml(card)}
${reasonsHtml(card)}
</div>
</div>
${filesHtml(card)}
</article>`;
}

/** The key of the post's row in `captions.csv`, to find it there. */
function keyHtml({ key }: Card): Html {
  return html`<p class="key"><span>captions.csv:</span> <code data-part="key">${key}</code> <button type="button" data-copy="key">Copy key</button></p>`;
}

/** The title with a copy button, if the platform has titles. */
function headHtml(card: Card, heading: string, { words }: Target): Html {
  const title = (words.title && !card.needsTitle && card.caption?.title) || null;
  const counter =
    title && words.title ? html`<span class="counter">title ${counterHtml(title, words.title)}</span>` : null;
  const name = title
    ? html`<h2 id="${heading}" dir="auto" class="text" data-part="title">${title}</h2>`
    : html`<h2 id="${heading}" dir="auto">${beginningOf(card)}</h2>`;
  return html`${name}<p class="when"><span>${whenHtml(card)}</span>${counter}${card.place === null ? null : html`<span class="tag">part ${card.place}</span>`}${card.needsWords ? html`<span class="tag warn">needs words</span>` : card.needsTitle ? html`<span class="tag warn">needs a title</span>` : null}</p>`;
}

function beginningOf({ id, caption, time }: Card): string {
  const line = caption?.body.split('\n')[0] ?? '';
  if (line !== '') return cut(line, { max: 120, unit: 'characters' }).text;
  return time === null ? id : `Post of ${new Date(time * 1000).toISOString().slice(0, 10)}`;
}

function whenHtml({ id, time }: Card): Html {
  if (time === null) return html`${id}`;
  const iso = new Date(time * 1000).toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC</time>`;
}

function mediaHtml({ files, id }: Card): Html {
  const cover = files.find(({ role }) => role === 'cover');
  const video = files.find(({ role }) => role === 'video');
  if (video) {
    // The script sets the poster when the card is near the viewport: loading a thousand covers at once is too slow.
    return html`<video controls playsinline preload="none" src="${address(video.path)}" data-poster="${cover ? address(cover.path) : ''}" aria-label="Video of ${id}"></video>`;
  }
  const photos = files.filter(({ role }) => role === 'photo');
  const tile = (file: FileRow, name: string, kind: string) => html`
<li class="${kind}"><a href="${address(file.path)}"><img src="${address(file.path)}" alt="${name}" loading="lazy" decoding="async"></a></li>`;
  return html`<ul class="photos">${cover ? tile(cover, `Cover of ${id}`, 'cover') : null}${photos.map((file, index) => tile(file, `Photo ${index + 1} of ${photos.length}`, 'photo'))}</ul>`;
}

function captionHtml(caption: CaptionRow, { words }: Target, needsTitle: boolean): Html {
  const { body, hashtags, thread = [] } = caption;
  const title = needsTitle ? null : caption.title;
  const pasted = captionText({ title: null, body, hashtags }).trimEnd();
  const limit = words.maxHashtags.value;
  return html`
${body === '' ? null : html`<div class="block"><div class="label"><span>Text</span></div><p class="text" dir="auto" data-part="body">${body}</p></div>`}
${
  hashtags.length === 0
    ? null
    : html`<div class="block"><div class="label"><span>Topics</span><span class="counter">${hashtags.length} / ${limit}</span></div>
<ul class="topics">${hashtags.map((name) => html`<li><button type="button" data-copy="self" dir="auto">#${name}</button></li>`)}</ul>
<p hidden class="text" data-part="topics">${captionText({ title: null, body: '', hashtags }, words.pickedTags).trimEnd()}</p></div>`
}
${
  body === '' && hashtags.length === 0 && (title ?? '') === ''
    ? null
    : html`<div class="copy"><button type="button" class="primary" data-copy="all">Copy all</button>${words.title && title ? html`<button type="button" data-copy="title">Copy title</button>` : null}${body === '' ? null : html`<button type="button" data-copy="body">Copy text</button>`}<span class="counter">text and topics ${counterHtml(pasted, words.body)}</span></div>`
}${thread.map((reply, index) => replyHtml(reply, index + 2, thread.length + 1, words.body))}`;
}

/** A reply in which the text goes on. */
function replyHtml(text: string, index: number, posts: number, rule: TextRule): Html {
  return html`
<div class="block"><div class="label"><span>Reply: ${index} of ${posts}</span></div><p class="text" dir="auto" data-part="reply-${index}">${text}</p></div>
<div class="copy"><button type="button" data-copy="reply-${index}">Copy reply</button><span class="counter">${counterHtml(text, rule)}</span></div>`;
}

function counterHtml(text: string, { max, unit }: TextRule): Html {
  const used = count(text, unit);
  const words = `${used} / ${max.value}${unitWords[unit].short}`;
  return used > max.value ? html`<strong class="over">${words}: too long</strong>` : html`${words}`;
}

function ticksHtml({ toDeclare, warnings }: Card): Html | null {
  if (toDeclare.length + warnings.length === 0) return null;
  return html`<fieldset class="ticks"><legend>Before you post</legend>
${toDeclare.map((words) => html`<label><input type="checkbox" data-tick="${tickName('declare', words)}"><span>${words}</span></label>`)}
${warnings.map(({ code, message }) => html`<label class="warning"><input type="checkbox" data-tick="${tickName(code, message)}"><span>${sentenceHtml(message)}</span></label>`)}
</fieldset>`;
}

/** A tick is stored by its text, because a later run may insert lines and the tick must not move to another one. */
function tickName(kind: string, words: string): string {
  return `${kind}-${createHash('sha256').update(words).digest('hex').slice(0, 8)}`;
}

function filesHtml({ files, id }: Card): Html {
  const photos = files.filter(({ role }) => role === 'photo').length;
  return html`<div class="files"><p class="label"><span>Files</span><a class="folder" href="${address(id)}/">Open folder</a></p>
<ul>${files.map((file) => html`<li><a href="${address(file.path)}" download="${basename(file.path)}">${basename(file.path)}</a> <span class="counter">${size(file.bytes)}</span>${file.action === 'own' ? html` <span class="tag">yours</span>` : null}</li>`)}</ul>
<p class="row"><button type="button" data-share hidden>${photos > 1 ? `Share ${photos} photos` : 'Share'}</button><button type="button" data-save hidden>Save all</button><button type="button" data-folder="${address(id)}/" hidden>Copy folder path</button></p></div>`;
}

function reasonsHtml({ files, notes, caption }: Card): Html {
  const made = files.filter(({ action }) => action !== 'text');
  const removed = (caption?.removed ?? []).filter(({ text }) => text.trim() !== '');
  return html`<details><summary>What was done</summary><ul>
${made.map(({ path, action, why }) => html`<li><strong>${basename(path)}</strong>: ${action}${why.map(({ message }) => html` · ${sentenceHtml(message)}`)}</li>`)}
${notes.map(({ message }) => html`<li>${sentenceHtml(message)}</li>`)}
${removed.map(({ text, reason }) => html`<li>Left out (${reason.replaceAll('-', ' ')}): <span class="text" dir="auto">${text}</span></li>`)}
</ul></details>`;
}

function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${Math.round(bytes / 100_000) / 10} MB`;
}
