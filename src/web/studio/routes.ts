import * as z from 'zod';
import { qrPicture } from '../server/qr-code.ts';
import type { FolderAnswer, PostsAnswer } from './api.ts';
import { type Call, Picture, sent } from './call.ts';
import { candidatePicture } from './candidates.ts';
import { detailOf } from './detail.ts';
import { changeCaption, changeChoice, changeCover, changeWords } from './edits.ts';
import { maxKeys } from './keys.ts';
import { frameOf, sendMedia } from './media.ts';
import { changePlan, changePosting } from './posting.ts';
import { RefusedError } from './refusal.ts';
import { remedy } from './remedy.ts';
import {
  captionRequest,
  choiceRequest,
  controlRequest,
  keepRequest,
  optionsRequest,
  pageRequest,
  place,
  planRequest,
  postingRequest,
  remedyRequest,
  runRequest,
  sampleRequest,
  target as targetName,
  translationRequest,
  wordsRequest,
} from './requests.ts';
import type { Studio } from './studio.ts';
import { changeTranslation } from './translations.ts';

/** @returns the answer: a value for JSON, a `Picture`, or `sent` */
export type Handle = (call: Call, studio: Studio) => Promise<unknown> | unknown;

export interface Route {
  readonly method: 'GET' | 'POST';
  /** Below `/api/`; `*` at its end: all below. */
  readonly path: string;
  /** Whether phones may use it too. */
  readonly forReaders: boolean;
  readonly handle: Handle;
}

/** While a sample is open, requests are for its studio. */
const forActive =
  (handle: Handle): Handle =>
  (call, studio) =>
    handle(call, studio.active());
const get = (path: string, handle: Handle): Route => ({
  ...{ method: 'GET', path, forReaders: true },
  handle: forActive(handle),
});
const post = (path: string, handle: Handle, forReaders = false): Route => ({
  ...{ method: 'POST', path, forReaders },
  handle: forActive(handle),
});

/** A change that is answered with the state. */
const change =
  (act: (call: Call, studio: Studio) => Promise<void> | void): Handle =>
  async (call, studio) => {
    await act(call, studio);
    return studio.state();
  };

const fileName = z.string().min(1).max(1000);
const candidate = z.object({ file: z.string().min(1).max(4000) });
const folderId = z.string().regex(/^[0-9a-f]{12}$/);
const fileOfFolder = z.object({ id: folderId, path: z.string().min(1).max(4000) });
const size = z.object({
  files: z.coerce.number().int().min(1).max(1e9),
  bytes: z.coerce.number().int().min(0).max(1e15),
});

/** The requests of the page; the contract is in api.ts. */
export const routes: readonly Route[] = [
  get('state', (_call, studio) => studio.state()),
  get('events', ({ incoming, outgoing, role, query }, studio) => {
    if (incoming.method === 'HEAD') throw new RefusedError('Events have no end.', 400);
    if (role === 'owner') studio.presence.comes(query('page'));
    studio.events.follow(outgoing, { type: 'state', state: studio.state() });
    return sent;
  }),
  post(
    'export',
    change(async (call, studio) => studio.addExport(nameIn(call), call.body, declaredIn(call))),
  ),
  post(
    'media',
    change(async (call, studio) => studio.addMedia(nameIn(call), call.body, declaredIn(call))),
  ),
  post('folder', async (call, { session }) => {
    const { files, bytes } = asked(size, { files: call.query('files'), bytes: call.query('bytes') });
    return { id: await session.folders.begin(nameIn(call), files, bytes) } satisfies FolderAnswer;
  }),
  post('folder-file', async (call, { session }) => {
    const { id, path } = asked(fileOfFolder, { id: call.query('id'), path: call.query('path') });
    await session.folders.add(id, path, call.body, declaredIn(call));
    return { id } satisfies FolderAnswer;
  }),
  post(
    'folder-end',
    change(async (call, studio) => studio.endFolder(folderIn(call))),
  ),
  post(
    'folder-cancel',
    change(async (call, { session }) => session.folders.cancel(folderIn(call))),
  ),
  {
    method: 'POST',
    path: 'sample',
    forReaders: false,
    async handle(call, studio) {
      await studio.sample((await call.json(sampleRequest)).isOpen);
      return studio.active().state();
    },
  },
  post(
    'forget',
    change(async (_call, studio) => studio.forget()),
  ),
  post(
    'keep',
    change(async (call, studio) => studio.keep((await call.json(keepRequest)).keep)),
  ),
  post(
    'options',
    change(async (call, studio) => studio.choose(await call.json(optionsRequest))),
  ),
  post(
    'run',
    change(async (call, studio) => studio.run(await call.json(runRequest))),
  ),
  post(
    'control',
    change(async (call, studio) => studio.control(await call.json(controlRequest))),
  ),
  post('rest', async (call, studio) => {
    studio.presence.rests((await call.json(pageRequest)).page);
    return {};
  }),
  post('leave', async (call, studio) => {
    studio.presence.leaves((await call.json(pageRequest)).page);
    return {};
  }),
  get('posts', async ({ query }, studio) => {
    const { account, keys } = asked(wantedPosts, { account: query('account'), keys: query('keys') });
    const waits = (key: string) => studio.refresher.waits(account, key);
    return { account, posts: await studio.view(account).cards(waits, keys) } satisfies PostsAnswer;
  }),
  get('post', async (call, studio) => {
    const { account, key } = postIn(call);
    return await detailOf(studio, account, key);
  }),
  get('frame', async (call, studio) => {
    const { account, key } = postIn(call);
    const { at } = asked(moment, { at: call.query('at') });
    return new Picture('image/jpeg', await frameOf(studio, account, key, at));
  }),
  { ...get('candidate', candidateOf), forReaders: false },
  { ...get('qr', qrOf), forReaders: false },
  get('media/*', sendMedia),
  post('words', async (call, studio) => changeWords(studio, await call.json(wordsRequest))),
  post('translation', async (call, studio) => changeTranslation(studio, await call.json(translationRequest))),
  post('caption', async (call, studio) => changeCaption(studio, await call.json(captionRequest))),
  post('choice', async (call, studio) => changeChoice(studio, await call.json(choiceRequest))),
  post('cover', async (call, studio) => {
    return await changeCover(studio, { ...postIn(call), seen: call.query('seen') ?? null }, call.body);
  }),
  post(
    'posting',
    async (call, studio) => {
      const wanted = await call.json(postingRequest);
      if (call.role === 'reader' && wanted.planned !== undefined)
        throw new RefusedError('The plan is changed on the computer where the studio runs.', 403);
      return await changePosting(studio, wanted);
    },
    true,
  ),
  post('plan', async (call, studio) => changePlan(studio, await call.json(planRequest))),
  post(
    'remedy',
    change(async (call, studio) => remedy(studio, await call.json(remedyRequest))),
  ),
];

function nameIn({ query }: Call): string {
  const { data } = fileName.safeParse(query('name'));
  if (data === undefined) throw new RefusedError('The file has no name.', 400);
  return data;
}

function folderIn({ query }: Call): string {
  return asked(z.object({ id: folderId }), { id: query('id') }).id;
}

/** The announced size of the body; null if there is none. */
function declaredIn({ incoming }: Call): number | null {
  const { 'content-length': length } = incoming.headers;
  return length !== undefined && /^\d{1,15}$/.test(length) ? Number(length) : null;
}

async function candidateOf(call: Call, studio: Studio): Promise<Picture> {
  const { account, key } = postIn(call);
  const { file } = asked(candidate, { file: call.query('file') });
  return new Picture('image/jpeg', await candidatePicture(studio, account, key, file));
}

/** The QR code of an address that opens a card on a phone. The part after `#` stays in the browser. */
function qrOf(call: Call, { phoneAddress }: Studio): Picture {
  const { target } = asked(z.object({ target: targetName }), { target: call.query('target') });
  const { account, key } = postIn(call);
  if (phoneAddress === null) throw new RefusedError('Phones see the studio if it is started with --lan.', 404);
  const card = new URLSearchParams({ account, key, target });
  return new Picture('image/svg+xml', new TextEncoder().encode(qrPicture(`${phoneAddress()}#${card}`)));
}

const wantedPosts = z.object({
  account: place.account,
  keys: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(place.key).max(maxKeys))
    .optional(),
});
const moment = z.object({ at: z.coerce.number().min(0).max(1_000_000) });

function postIn({ query }: Call): { readonly account: string; readonly key: string } {
  return asked(z.object(place), { account: query('account'), key: query('key') });
}

/** @throws RefusedError if the query is not as the schema says */
function asked<S extends z.ZodType>(schema: S, query: object): z.output<S> {
  const { data, error } = schema.safeParse(query);
  if (error) throw new RefusedError('There is nothing of that name here.', 404);
  return data as z.output<S>;
}
