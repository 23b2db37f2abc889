import { type Html, html } from './html.ts';

/**
 * The part of a row of posting.csv that a card shows. Moments are local dates and times with their offset,
 * `2026-12-01T12:00:00+01:00`; empty: not yet.
 */
export interface CardState {
  readonly planned: string;
  /** Empty also for a part of a post that is not out with all of its parts: then only `isOut` says so. */
  readonly posted: string;
  readonly isOut: boolean;
  readonly url: string;
  readonly note: string;
}

/** The plan and the posted posts of the platform of a sheet. */
export interface SheetPosting {
  /** The time zone of the plan, whose day is today; null: that of the browser. */
  readonly zone: string | null;
  /** @param id see `Card` */
  of(id: string): CardState | undefined;
}

const noState: CardState = { planned: '', posted: '', isOut: false, url: '', note: '' };

/** Documents of a folder may be forged: moments that are none and links that are no web addresses are left out. */
export function shownState({ planned, posted, isOut, url, note }: CardState = noState): CardState {
  return { planned: momentOrNone(planned), posted: momentOrNone(posted), isOut, url: linkOrNone(url), note };
}

const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)$/;

function momentOrNone(text: string): string {
  return moment.test(text) && Number.isFinite(Date.parse(text)) ? text : '';
}

function linkOrNone(text: string): string {
  return /^https?:\/\/[^\s<>"']+$/i.test(text) && URL.canParse(text) ? text : '';
}

/** When it is to go out, and when it did. The script of the page shows it in the browser's language. */
export function momentsHtml({ planned, posted, isOut }: CardState): Html {
  return html`<p class="moments"><span class="tag" data-of="planned"${hiddenIf(planned === '' || isOut)}><span data-label>Planned</span> <span data-value="planned">${shown(planned)}</span></span><span class="tag" data-of="posted"${hiddenIf(posted === '')}><span data-label>Posted</span> <span data-value="posted">${shown(posted)}</span></span></p>`;
}

/** The link and the note of a post, as they were when the page was written, and fields that `port serve` has. */
export function marksHtml({ url, note }: CardState, id: string): Html {
  return html`<p class="refused" role="alert" data-refused hidden></p>
<p class="mark" data-of="url"${hiddenIf(url === '')}><a data-value="url"${url === '' ? null : html` href="${url}"`} target="_blank" rel="noopener noreferrer">${url}</a></p>
<p class="mark" data-of="note"${hiddenIf(note === '')}><span class="text" dir="auto" data-value="note">${note}</span></p>
<div class="fields"><label><span>Link</span><input type="text" inputmode="url" data-field="url" aria-label="Link of ${id}" placeholder="https://" autocomplete="off"></label>
<label><span>Note</span><textarea data-field="note" aria-label="Note on ${id}" rows="1" dir="auto" autocomplete="off"></textarea></label></div>`;
}

function hiddenIf(isHidden: boolean): Html | null {
  return isHidden ? html` hidden` : null;
}

/** `2026-12-01 12:00 (+01:00)` */
function shown(text: string): string {
  return text === '' ? '' : `${text.slice(0, 10)} ${text.slice(11, 16)} (${text.slice(16).replace(/^:\d\d/, '')})`;
}
