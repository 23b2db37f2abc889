import type {
  CaptionAnswer,
  FolderAnswer,
  PostDetail,
  PostingAnswer,
  PostsAnswer,
  Refusal,
  StudioState,
  WordCells,
  WordsAnswer,
} from '../../studio/api.ts';

/** The server refused a request or did not answer. The message is a sentence for the person. */
export class Refused extends Error {
  /** The HTTP status; 0: no answer. */
  readonly status: number;

  constructor(message: string, status = 0) {
    super(message);
    this.status = status;
  }
}

/** A post on all platforms. */
export interface PostPlace {
  readonly account: string;
  readonly key: string;
}

export interface PackagePlace extends PostPlace {
  readonly target: string;
  readonly part: string | null;
}

/** Options for sending a file. */
export interface Following {
  /** Called with the share of the bytes that are sent, 0 to 1. */
  readonly onShare: (share: number) => void;
  readonly signal: AbortSignal;
}

export interface PlanRules {
  readonly account: string;
  readonly clear?: boolean;
  readonly perDay?: string;
  readonly at?: string;
  readonly start?: string;
  readonly zone?: string;
  readonly order?: string;
  readonly gap?: string;
  readonly skip?: string;
}

/** One of two texts of a cell, about which the person has decided. */
export interface DecidedText {
  readonly column: keyof WordCells;
  readonly text: string;
}

export type Options = StudioState['options'];
export type ChosenRemedy =
  | { readonly kind: 'exclude' | 'again' }
  | { readonly kind: 'include'; readonly seen: string }
  | { readonly kind: 'pick'; readonly file: string };

let token = meta('studio-token');

/** A phone in the local network: it can show posts and tick them, and change nothing else. */
export const isReader = meta('studio-role') === 'reader';

function meta(name: string): string {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? '';
}

/** Identifies this tab. */
const thisPage = crypto.getRandomValues(new Uint32Array(2)).join('-');

/** The address of server-sent events. */
export const eventsAddress = `/api/events?${query({ page: thisPage })}`;

/** The requests of api.ts, one function each. They throw `Refused`. */
export const server = {
  state: async () => ask<StudioState>('state'),
  /** @param keys null: all */
  posts: async (account: string, keys: readonly string[] | null) =>
    ask<PostsAnswer>(`posts?${query({ account, ...(keys && { keys: keys.join() }) })}`),
  post: async (place: PostPlace) => ask<PostDetail>(`post?${query({ ...place })}`),
  keep: async (keep: boolean) => tell<StudioState>('keep', { keep }),
  forget: async () => tell<StudioState>('forget', {}),
  options: async (options: Options) => tell<StudioState>('options', { options }),
  run: async (what: 'one' | 'all' | 'fetch') => tell<StudioState>('run', { what }),
  control: async (action: 'pause' | 'resume' | 'stop') => tell<StudioState>('control', { action }),
  words: async (place: PostPlace, cells: WordCells, seen: WordCells, decided: readonly DecidedText[]) =>
    tell<WordsAnswer>('words', { ...place, cells, seen, decided }),
  caption: async (place: PackagePlace, text: string | null, seen: string | null) =>
    tell<CaptionAnswer>('caption', { ...place, text, seen }),
  translation: async (place: PostPlace, column: string, text: string, seen: string) =>
    tell<CaptionAnswer>('translation', { ...place, column, text, seen }),
  choice: async (
    place: PostPlace,
    column: keyof PostDetail['choices'],
    value: string,
    seen: string,
    decided: readonly string[],
  ) => tell<PostDetail>('choice', { ...place, column, value, seen, decided }),
  cover: async (place: PostPlace, picture: Blob, seen: string) =>
    send<PostDetail>(`cover?${query({ ...place, seen })}`, picture),
  posting: async (
    place: PackagePlace,
    cells: { readonly posted?: boolean; readonly planned?: string; readonly url?: string; readonly note?: string },
  ) => tell<PostingAnswer>('posting', { ...place, ...cells }),
  plan: async (rules: PlanRules) => tell<PostingAnswer>('plan', rules),
  remedy: async (place: PostPlace, remedy: ChosenRemedy) => tell<StudioState>('remedy', { ...place, remedy }),
  rest: async () => tell<object>('rest', { page: thisPage }),
  leave: async () => tell<object>('leave', { page: thisPage }),
  sample: async (isOpen: boolean) => tell<StudioState>('sample', { isOpen }),
  upload: async (kind: 'export' | 'media', name: string, file: Blob, following: Following) =>
    send<StudioState>(`${kind}?${query({ name })}`, file, following),
  folder: async (name: string, files: number, bytes: number) =>
    tell<FolderAnswer>(`folder?${query({ name, files: String(files), bytes: String(bytes) })}`, {}),
  folderFile: async (id: string, path: string, file: Blob, following: Following) =>
    send<FolderAnswer>(`folder-file?${query({ id, path })}`, file, following),
  folderEnd: async (id: string) => tell<StudioState>(`folder-end?${query({ id })}`, {}),
  folderCancel: async (id: string) => tell<StudioState>(`folder-cancel?${query({ id })}`, {}),
};

/**
 * The address of a file below the account's folder.
 * @param version changes with the file, so that a changed picture gets another address and is loaded again
 */
export function mediaAddress(account: string, path: string, version = ''): string {
  const way = [account, ...path.split('/')].map(encodeURIComponent).join('/');
  return `/api/media/${way}${version && `?${query({ version })}`}`;
}

/** The address of a frame of the original, small. */
export function frameAddress(place: PostPlace, at: number): string {
  return `/api/frame?${query({ ...place, at: String(Math.round(at * 1000) / 1000) })}`;
}

/** The address of a frame of one of several files that fit a post, small. */
export function candidateAddress(place: PostPlace, file: string): string {
  return `/api/candidate?${query({ account: place.account, key: place.key, file })}`;
}

/** The address of the QR code that opens a card on a phone. */
export function qrAddress(place: PostPlace, target: string): string {
  return `/api/qr?${query({ account: place.account, key: place.key, target })}`;
}

function query(values: Readonly<Record<string, string>>): string {
  return new URLSearchParams(values).toString();
}

/** A studio that was started again has other tokens; its page contains the one for this browser. */
export async function renewToken(): Promise<void> {
  const page = await fetch('/')
    .then(async (response) => response.text())
    .catch(() => '');
  token = /name="studio-token" content="([^"]+)"/.exec(page)?.[1] ?? token;
}

async function ask<T>(address: string): Promise<T> {
  return await answered(async () => fetch(`/api/${address}`, { headers: { accept: 'application/json' } }));
}

async function tell<T>(address: string, body: object): Promise<T> {
  const text = JSON.stringify(body);
  return await answered(async () =>
    fetch(`/api/${address}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-studio': token },
      body: text,
      // The last input is sent even if the page is closed. Browsers allow 64 kB for that.
      keepalive: text.length < 15_000,
    }),
  );
}

async function answered<T>(request: () => Promise<Response>): Promise<T> {
  let response: Response;
  try {
    response = await request();
  } catch {
    throw new Refused('');
  }
  return read<T>(response.status, await response.text().catch(() => ''));
}

/** fetch does not say how much of a body is sent; XMLHttpRequest does. */
async function send<T>(address: string, file: Blob, { onShare, signal }: Partial<Following> = {}): Promise<T> {
  const { status, text } = await new Promise<{ status: number; text: string }>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/${address}`);
    request.setRequestHeader('x-studio', token);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded, total }) => onShare?.(total > 0 ? loaded / total : 0);
    request.onload = () => resolve({ status: request.status, text: request.responseText });
    request.onerror = () => reject(new Refused(''));
    request.onabort = request.onerror;
    signal?.addEventListener('abort', () => request.abort());
    request.send(file);
  });
  return read<T>(status, text);
}

function read<T>(status: number, text: string): T {
  let body: unknown = null;
  try {
    body = JSON.parse(text);
  } catch {}
  if (status >= 200 && status < 300 && body !== null) return body as T;
  throw new Refused((body as Refusal | null)?.refused ?? '', status);
}
