import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import sharp from 'sharp';
import { pagePolicy, type StudioState, type WordCells } from '../../../src/web/studio/api.ts';
import { detailOf, type MadePost, stateOf } from './made-posts.ts';

const page = resolve(import.meta.dirname, '../../../dist/studio');
const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript',
  css: 'text/css',
  json: 'application/json',
  svg: 'image/svg+xml',
};

export interface StandIn {
  readonly url: string;
  readonly posts: readonly MadePost[];
  /** What the page asked for: method, path, and the body of what it changed. */
  readonly asked: readonly string[];
  state: StudioState;
  /** Whether the page is one for phones. */
  isForReaders: boolean;
  /** Sends an event to all tabs. */
  tell(event: object): void;
  close(): Promise<void>;
}

/**
 * Says what the server of the studio says, of posts that are made up: for tests of the page with more and odder posts than
 * a run makes in a test.
 */
export async function startStandIn(posts: readonly MadePost[], isOpen = false, account = 'maya'): Promise<StandIn> {
  const picture = await sharp({ create: { width: 90, height: 120, channels: 3, background: '#3f6f86' } })
    .jpeg()
    .toBuffer();
  const listeners = new Set<ServerResponse>();
  const asked: string[] = [];
  const standIn = { state: stateOf(account, posts, isOpen), posts, asked, tell, close, url: '', isForReaders: false };

  function tell(event: object): void {
    for (const each of listeners) each.write(`data: ${JSON.stringify(event)}\n\n`);
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const address = new URL(request.url ?? '/', 'http://localhost');
    const [, api, what = ''] = address.pathname.split('/');
    const json = (value: object) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    };
    if (api !== 'api') return await sendPage(address.pathname, response, standIn.isForReaders);
    const name = address.searchParams.get('key') ?? '';
    const ofKey = (key: string) => posts.find((each) => each.key === key) as MadePost;
    if (request.method === 'GET') {
      if (what === 'events') {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': here\n\n');
        listeners.add(response);
        request.on('close', () => listeners.delete(response));
        return;
      }
      if (what === 'state') return json(standIn.state);
      if (what === 'posts') {
        const named = address.searchParams.get('account') ?? account;
        return json({ account: named, posts: posts.flatMap(({ cards }) => cards) });
      }
      if (what === 'post') return json(detailOf(account, ofKey(name)));
      response.writeHead(200, { 'content-type': 'image/jpeg' }).end(picture);
      return;
    }
    if (request.headers['x-studio'] !== 'a-token') {
      response.writeHead(403).end();
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    asked.push(`${what} ${text}`);
    const body = text === '' ? {} : JSON.parse(text);
    if (what === 'words') return json(words(ofKey(body.key), body.cells, body.seen));
    if (what === 'posting') return json(posting(ofKey(body.key), body));
    if (what === 'choice') {
      const post = ofKey(body.key);
      post.choices = { ...post.choices, [body.column]: body.value };
      return json(detailOf(account, post));
    }
    if (what === 'plan') return json(plan());
    if (what === 'options') standIn.state = withOptions(standIn.state, body.options);
    json(standIn.state);
  }

  /** As the server merges: a cell that changed in the sheet too is a conflict, and stays as the sheet has it. */
  function words(post: MadePost, cells: WordCells, seen: WordCells) {
    const columns = ['caption', 'title', 'hashtags'] as const;
    const conflicts = columns
      .filter(
        (each) => post.cells[each] !== seen[each] && cells[each] !== seen[each] && cells[each] !== post.cells[each],
      )
      .map((column) => ({ column, theirs: post.cells[column], ours: cells[column] }));
    const isTaken = (each: keyof WordCells) =>
      cells[each] !== seen[each] && !conflicts.some(({ column }) => column === each);
    post.cells = Object.fromEntries(
      columns.map((each) => [each, isTaken(each) ? cells[each] : post.cells[each]]),
    ) as unknown as WordCells;
    return { cells: post.cells, conflicts };
  }

  function posting(post: MadePost, body: { target: string; posted?: boolean; planned?: string }) {
    const at = post.cards.findIndex(({ target }) => target === body.target);
    const card = post.cards[at];
    if (card === undefined) return { posts: [], issues: [] };
    const posted = body.posted === undefined ? card.posted : body.posted ? '2026-12-01T12:00:00+00:00' : '';
    const planned = body.planned === undefined ? card.planned : body.planned && `${body.planned}:00+00:00`;
    const now = { ...card, posted, planned };
    post.cards[at] = now;
    return { posts: [now], issues: [] };
  }

  function plan() {
    let count = 0;
    for (const post of posts.slice(0, 10)) {
      post.cards.forEach((card, index) => {
        const day = new Date(Date.UTC(2026, 11, 1 + Math.floor(count++ / 4))).toISOString().slice(0, 10);
        post.cards[index] = { ...card, planned: `${day}T${index === 0 ? '12' : '18'}:00:00+00:00` };
      });
    }
    return { posts: posts.flatMap(({ cards }) => cards), issues: [] };
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.writeHead(500).end(JSON.stringify({ refused: String(error) }));
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  standIn.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  async function close(): Promise<void> {
    server.closeAllConnections();
    await new Promise<void>((closed) => server.close(() => closed()));
  }
  return standIn;
}

function withOptions(state: StudioState, options: StudioState['options']): StudioState {
  const chosen = String(options['to'] ?? '').split(',');
  return {
    ...state,
    options,
    platforms: state.platforms.map((each) => ({ ...each, chosen: chosen.includes(each.name) })),
  };
}

async function sendPage(path: string, response: ServerResponse, isForReaders: boolean): Promise<void> {
  const name = path === '/' ? 'index.html' : path.slice(1);
  const text = /^[\w.-]+$/.test(name) ? await readFile(resolve(page, name), 'utf8').catch(() => null) : null;
  if (text === null) {
    response.writeHead(404).end();
    return;
  }
  const type = types[name.split('.').at(-1) ?? ''] ?? 'text/plain';
  response.writeHead(200, {
    'content-type': type,
    ...(name === 'index.html' && { 'content-security-policy': pagePolicy }),
  });
  response.end(text.replace('{{token}}', 'a-token').replace('{{role}}', isForReaders ? 'reader' : 'owner'));
}
