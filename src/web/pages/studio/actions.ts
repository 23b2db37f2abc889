import type { PostCard, PostDetail, PostingAnswer, StudioState } from '../../studio/api.ts';
import { maxKeys } from '../../studio/keys.ts';
import { issueText } from './issue-text.ts';
import { type LanguageName, languageNamed, rememberLanguage } from './language.ts';
import { type ChosenRemedy, type Options, type PackagePlace, type PostPlace, Refused, server } from './server.ts';
import { getModel, type Notice, type Opened, update } from './store.ts';

/** The actions of a person, and their effects. Errors become notices; nothing here throws. */

let nextNotice = 1;

export function notify(kind: Notice['kind'], text: string): void {
  update(({ notices }) => ({
    notices: [...notices.filter((each) => each.text !== text), { id: nextNotice++, kind, text }].slice(-4),
  }));
}

export function dismiss(id: number): void {
  update(({ notices }) => ({ notices: notices.filter((each) => each.id !== id) }));
}

/** Runs a request. If it is refused, shows the reason as a notice and returns null. */
export async function attempt<T>(request: () => Promise<T>): Promise<T | null> {
  try {
    return await request();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    notify('problem', getModel().sentences.programText(error.message) || getModel().sentences.notAnswered);
    return null;
  }
}

let asked: LanguageName | null = null;

/**
 * Shows the page in another language. What is open and what was typed stays.
 * @returns the language that the page has afterwards
 */
export async function setLanguage(name: LanguageName): Promise<LanguageName> {
  asked = name;
  rememberLanguage(name);
  const { tag, load } = languageNamed(name);
  const sentences = await load().catch(() => null);
  if (sentences === null) notify('problem', getModel().sentences.notAnswered);
  if (sentences === null || asked !== name) return getModel().language;
  document.documentElement.lang = tag;
  update({ language: name, sentences });
  return name;
}

const nothingShown = { posts: {}, opened: null, detail: null, account: null, draft: null, view: 'posts' } as const;

export function takeState(state: StudioState | null): void {
  if (state === null) return;
  const before = getModel().state;
  // The sample has other posts than those that were shown.
  const isElsewhere = before !== null && before.isSample !== state.isSample;
  update({ state, ...(isElsewhere && nothingShown) });
  const wasThere = new Set(
    (isElsewhere ? null : before)?.accounts.filter(({ isThere }) => isThere).map(({ account }) => account),
  );
  for (const { account, isThere } of state.accounts) if (isThere && !wasThere.has(account)) void loadPosts(account);
}

/** Loads everything that the page shows: at the start, and after the connection was lost. */
export async function reload(): Promise<void> {
  try {
    const state = await server.state();
    update({ state, isConnected: true });
    for (const { account, isThere } of state.accounts) if (isThere) await loadPosts(account);
    await refreshDetail();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    update({ isConnected: false });
  }
}

const loading = new Map<string, Promise<void>>();
const wantedAgain = new Map<string, ReadonlySet<string> | null>();

/**
 * Loads cards of an account. Calls during that are combined into one further request.
 * @param keys the posts that changed; null: all
 */
export async function loadPosts(account: string, keys: ReadonlySet<string> | null = null): Promise<void> {
  const before = wantedAgain.get(account);
  wantedAgain.set(account, keys === null || before === null ? null : new Set([...(before ?? []), ...keys]));
  const running = loading.get(account);
  if (running !== undefined) return await running;
  const work = (async () => {
    for (let some = wantedAgain.get(account); some !== undefined; some = wantedAgain.get(account)) {
      wantedAgain.delete(account);
      const wanted = some !== null && some.size <= maxKeys ? [...some] : null;
      const answer = await server.posts(account, wanted).catch(() => null);
      if (answer !== null)
        update(({ posts }) => {
          const now = wanted === null ? answer.posts : mergeCards(posts[account] ?? [], answer.posts);
          return { posts: { ...posts, [account]: now } };
        });
    }
    loading.delete(account);
  })();
  loading.set(account, work);
  await work;
}

/** Replaces some cards by newer ones; sorted by post, the newest first. */
function mergeCards(known: readonly PostCard[], some: readonly PostCard[]): readonly PostCard[] {
  const idOf = ({ key, target }: PostCard) => `${target} ${key}`;
  const left = new Map(some.map((card) => [idOf(card), card]));
  const kept = known.map((card) => {
    const now = left.get(idOf(card)) ?? card;
    left.delete(idOf(card));
    return now;
  });
  return left.size === 0
    ? kept
    : [...kept, ...left.values()].sort((a, b) => (a.key === b.key ? 0 : a.key < b.key ? 1 : -1));
}

export async function openPost(opened: Opened): Promise<void> {
  const { detail } = getModel();
  const isShown = detail?.account === opened.account && detail.key === opened.key;
  update({ opened, ...(isShown ? {} : { detail: null }) });
  if (!isShown) await refreshDetail();
}

/** Opens the post that the address names, as the QR code on a card does. */
export function openNamedPost(): void {
  const named = new URLSearchParams(location.hash.slice(1));
  const [account, key, target] = [named.get('account'), named.get('key'), named.get('target')];
  if (account === null || key === null || target === null) return;
  history.replaceState(null, '', '/');
  void openPost({ account, key, target });
}

export function closePost(): void {
  update({ opened: null, detail: null });
}

export async function refreshDetail(): Promise<void> {
  const { opened } = getModel();
  if (opened === null) return;
  takeDetail(await attempt(async () => server.post({ account: opened.account, key: opened.key })));
}

function takeDetail(detail: PostDetail | null): void {
  const { opened } = getModel();
  if (detail !== null && opened?.account === detail.account && opened.key === detail.key) update({ detail });
}

let optionsTimer: ReturnType<typeof setTimeout> | undefined;

/** Sends changed options together when the person pauses. `saveOptions` sends them at once, before what depends on them. */
export function changeOptions(change: Options): void {
  update(({ draft }) => ({ draft: { ...draft, ...change } }));
  clearTimeout(optionsTimer);
  optionsTimer = setTimeout(() => void saveOptions(), 300);
}

export async function saveOptions(): Promise<boolean> {
  clearTimeout(optionsTimer);
  const { draft } = getModel();
  if (draft === null) return true;
  const state = await attempt(async () => server.options(draft));
  if (getModel().draft !== draft) return await saveOptions();
  update({ draft: null });
  takeState(state);
  return state !== null && state.optionsProblem === null;
}

export async function startRun(what: 'one' | 'all' | 'fetch'): Promise<void> {
  if (!(await saveOptions())) return;
  if (what === 'one') {
    update({ waitsToTry: true });
    await forecastIsThere();
    update({ waitsToTry: false });
  }
  takeState(await attempt(async () => server.run(what)));
}

/** The post to try first is chosen by the forecast, which begins after the export was read. */
async function forecastIsThere(): Promise<void> {
  const isComing = (turn: number) => {
    const forecast = getModel().state?.forecast.state;
    return forecast === 'running' || (forecast === 'none' && turn < 20);
  };
  for (let turn = 0; isComing(turn); turn++) await new Promise((later) => setTimeout(later, 250));
}

export async function control(action: 'pause' | 'resume' | 'stop'): Promise<void> {
  takeState(await attempt(async () => server.control(action)));
}

export async function removeUploads(): Promise<void> {
  takeState(await attempt(server.forget));
}

export async function openSample(isOpen: boolean): Promise<void> {
  takeState(await attempt(async () => server.sample(isOpen)));
}

export async function keepUploads(isKept: boolean): Promise<void> {
  takeState(await attempt(async () => server.keep(isKept)));
}

type ChoiceColumn = keyof PostDetail['choices'];

/**
 * @param shown what the person saw, if it differs from the open post, and the texts of conflicts about which the person
 * decided
 */
export async function choose(
  place: PostPlace,
  column: ChoiceColumn,
  value: string,
  shown: { readonly seen: string; readonly decided: readonly string[] } = { seen: seenOf(place, column), decided: [] },
): Promise<void> {
  takeDetail(await attempt(async () => server.choice(place, column, value, shown.seen, shown.decided)));
}

export async function giveCover(place: PostPlace, picture: Blob): Promise<void> {
  takeDetail(await attempt(async () => server.cover(place, picture, seenOf(place, 'cover'))));
}

function seenOf({ account, key }: PostPlace, column: ChoiceColumn): string {
  const { detail } = getModel();
  return detail?.account === account && detail.key === key ? detail.choices[column] : '';
}

export async function remedy(place: PostPlace, chosen: ChosenRemedy): Promise<void> {
  const state = await attempt(async () => server.remedy(place, chosen));
  takeState(state);
  if (state !== null) await refreshDetail();
}

export async function setPosting(
  place: PackagePlace,
  cells: { readonly posted?: boolean; readonly planned?: string; readonly url?: string; readonly note?: string },
): Promise<void> {
  takePosting(place.account, await attempt(async () => server.posting(place, cells)));
  await refreshDetail();
}

/** Updates the cards with what a plan or a tick changed. */
export function takePosting(account: string, answer: PostingAnswer | null): void {
  if (answer === null) return;
  for (const each of answer.issues) notify('info', issueText(each, getModel().sentences));
  const changed = new Map(answer.posts.map((each) => [`${each.target} ${each.key}`, each]));
  const merge = (card: PostCard): PostCard => {
    const now = changed.get(`${card.target} ${card.key}`);
    return now === undefined ? card : { ...card, planned: now.planned, posted: now.posted };
  };
  update(({ posts }) => ({ posts: { ...posts, [account]: (posts[account] ?? []).map(merge) } }));
}
