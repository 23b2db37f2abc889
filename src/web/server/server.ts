import { realpath } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename, dirname, join } from 'node:path';
import { refuse, sendFile, sendPage } from './answer.ts';
import { type Endpoint, isOwnHost } from './guard.ts';
import { alreadySent, listen } from './http.ts';
import { indexPage, indexPolicy } from './index-page.ts';
import { answerPosting, isFromOwnPage, type PostingRequest, postingRequest } from './posting-requests.ts';
import { openPostingStore, type PostingStore, type PostingStoreTools } from './posting-store.ts';
import { stepsOf } from './request-path.ts';
import { withCounts } from './sheet-counts.ts';
import { type FoundSheet, findSheets, sheetAbove } from './sheets.ts';

export interface ServeSettings {
  readonly folder: string;
  /** The only address of this machine to listen on. */
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** The first part of every path; requests without it are refused. */
  readonly token: string;
  readonly tools: PostingStoreTools;
}

export interface Serving {
  /** Contains the token: everyone who has the URL can see the folder. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves the contact sheets of a folder and their media. What a person ticks or writes in a sheet goes to the account's
 * posting.csv. Besides that, only the pages themselves are written again.
 * @throws OutputError if it cannot listen on the address
 */
export async function serve({ folder, host, port, token, tools }: ServeSettings): Promise<Serving> {
  const root = await realpath(folder);
  const stores = new Map<string, PostingStore>();
  const storeOf = (account: string) => {
    const store = stores.get(account) ?? openPostingStore(account, tools);
    stores.set(account, store);
    return store;
  };
  const listening = await listen({
    ...{ host, port, headers: {}, requestSeconds: 30 },
    route: (app, door) =>
      app.all('*', async ({ env }) => {
        const { incoming, outgoing } = env as { incoming: IncomingMessage; outgoing: ServerResponse };
        await answer(incoming, outgoing, { root, token, tools, storeOf, door: door() });
        return alreadySent;
      }),
  });
  return {
    url: `${listening.origin}/${token}/`,
    async close() {
      await listening.close();
      await Promise.all([...stores.values()].map(async (store) => store.close()));
    },
  };
}

interface Served {
  readonly root: string;
  readonly token: string;
  readonly tools: PostingStoreTools;
  readonly door: Endpoint;
  /** @param account the folder of an account */
  readonly storeOf: (account: string) => PostingStore;
}

async function answer(request: IncomingMessage, response: ServerResponse, served: Served): Promise<void> {
  const { root, token, door } = served;
  const { method } = request;
  const steps = isOwnHost(request, door) ? stepsOf(request.url ?? '', token) : null;
  if (steps === null) return refuse(response);
  const sheet = await postingSheet(method, root, steps);
  if (sheet !== null) {
    if (!isFromOwnPage(request, door)) return refuse(response);
    const place = join(root, ...sheet.steps);
    return await answerPosting(sheet.what, request, response, served.storeOf(dirname(place)), basename(place));
  }
  if (method !== 'GET' && method !== 'HEAD') return refuse(response);
  if (steps.length > 0) return await sendOfSheet(request, response, root, steps);
  const sheets = await findSheets(root);
  if (sheets.some((each) => each.length === 0)) return await sendFile(request, response, root, ['index.html']);
  sendPage(request, response, indexPage(await withCounts(root, sheets, served.tools)), indexPolicy);
}

/** The sheet whose state a request asks for; null if it asks for something else. */
async function postingSheet(
  method: string | undefined,
  root: string,
  steps: readonly string[],
): Promise<{ readonly what: PostingRequest; readonly steps: FoundSheet } | null> {
  const at = steps.lastIndexOf('posting');
  const what = at === -1 ? null : postingRequest(method, steps.slice(at));
  if (what === null) return null;
  const sheet = await sheetAbove(root, steps.slice(0, at));
  return sheet?.length === at ? { what, steps: sheet } : null;
}

/** Sends a contact sheet or a file below one; other files in the folder are refused. */
async function sendOfSheet(
  request: IncomingMessage,
  response: ServerResponse,
  root: string,
  steps: readonly string[],
): Promise<void> {
  const sheet = await sheetAbove(root, steps.slice(0, -1));
  const isPage = steps.at(-1)?.toLowerCase().endsWith('.html') === true;
  if (sheet === null || (isPage && sheet.length !== steps.length - 1)) return refuse(response);
  await sendFile(request, response, root, steps);
}
