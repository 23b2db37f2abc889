import { type Html, html } from './html.ts';

/**
 * What a card shows of its row in posting.csv. Moments are local dates and times with their offset,
 * `2026-12-01T12:00:00+01:00`; empty: not yet.
 */
export interface CardState {
  readonly planned: string;
  readonly posted: string;
  readonly url: string;
  readonly note: string;
}

/** What is planned and what is out on the platform of a sheet. */
export interface SheetPosting {
  /** The time zone of the plan, whose day is today; null: that of the browser. */
  readonly zone: string | null;
  /** @param id see `Card` */
  of(id: string): CardState | undefined;
}

const noState: CardState = { planned: '', posted: '', url: '', note: '' };

/** Documents of a folder may be forged: moments that are none and links that are no web addresses are left out. */
export function shownState({ planned, posted, url, note }: CardState = noState): CardState {
  return { planned: momentOrNone(planned), posted: momentOrNone(posted), url: linkOrNone(url), note };
}

const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)$/;

function momentOrNone(text: string): string {
  return moment.test(text) && Number.isFinite(Date.parse(text)) ? text : '';
}

function linkOrNone(text: string): string {
  return /^https?:\/\/[^\s<>"']+$/i.test(text) && URL.canParse(text) ? text : '';
}

/** The state as it was when the page was written. The script of the page shows it in the browser's language. */
export function stateHtml({ planned, posted, url, note }: CardState): Html {
  return html`<div class="state" data-state>
<p data-of="planned"${hiddenIf(planned === '' || posted !== '')}>Planned <span data-value="planned">${shown(planned)}</span></p>
<p data-of="posted"${hiddenIf(posted === '')}>Posted <span data-value="posted">${shown(posted)}</span></p>
<p data-of="url"${hiddenIf(url === '')}><a data-value="url"${url === '' ? null : html` href="${url}"`} target="_blank" rel="noopener noreferrer">${url}</a></p>
<p data-of="note"${hiddenIf(note === '')}><span class="text" dir="auto" data-value="note">${note}</span></p>
</div>`;
}

function hiddenIf(isHidden: boolean): Html | null {
  return isHidden ? html` hidden` : null;
}

function shown(moment: string): string {
  return moment === ''
    ? ''
    : `${moment.slice(0, 10)} ${moment.slice(11, 16)} (${moment.slice(16).replace(/^:\d\d/, '')})`;
}
