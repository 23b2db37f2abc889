import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { get, type IncomingHttpHeaders, type RequestOptions, request } from 'node:http';
import { join } from 'node:path';
import type { PostsAnswer, StudioEvent, StudioState } from '../../../src/web/studio/api.ts';
import { bin, until } from '../../e2e/run-port.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** A studio of the built program, as a browser with its cookie and the token of its page uses it. */
export interface Started {
  readonly child: ChildProcess;
  readonly origin: string;
  /** The address that was printed first, with its secret. */
  readonly address: string;
  readonly cookie: string;
  readonly token: string;
  /** The lines on stdout so far. */
  readonly printed: () => readonly string[];
  /** A request with nothing but what is given. */
  ask(path: string, options?: RequestOptions & { readonly body?: string | Uint8Array }): Promise<Answer>;
  /** The answer of the API as JSON: GET, or POST of a body. */
  api<T = StudioState>(path: string, body?: object | Uint8Array): Promise<T>;
  state(): Promise<StudioState>;
  /** Waits for a state. */
  stateWhere(isSo: (state: StudioState) => boolean): Promise<StudioState>;
  posts(account: string): Promise<PostsAnswer['posts']>;
  /** Events from now on. */
  events(): Promise<{ readonly all: StudioEvent[]; readonly stop: () => void }>;
  /** Ends it. @returns its exit code */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

/** @param cwd the working folder; the user's cache is in it too */
export async function startStudio(cwd: string, args: readonly string[] = []): Promise<Started> {
  const env = { ...process.env, XDG_CACHE_HOME: cacheOf(cwd), LOCALAPPDATA: cacheOf(cwd) };
  const child = spawn(process.execPath, [bin, 'studio', '--no-open', '--port', String(await freePort()), ...args], {
    cwd,
    env,
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const closed = once(child, 'close') as Promise<[number | null]>;
  await until(() => {
    if (child.exitCode !== null) throw new Error(err);
    return out.includes('\n');
  });
  const address = /^Studio: (\S+)/.exec(out)?.[1] ?? '';
  const { origin } = new URL(address);
  const ask: Started['ask'] = async (path, { body, ...options } = {}) =>
    new Promise((resolve, reject) => {
      const asked = request(new URL(path, origin), options, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const { statusCode = 0, headers } = response;
          resolve({ status: statusCode, headers, text: Buffer.concat(chunks).toString() });
        });
      });
      asked.on('error', reject);
      asked.end(body);
    });
  const [cookie = ''] = ((await ask(address)).headers['set-cookie']?.[0] ?? '').split(';');
  const token = /name="studio-token" content="([^"]+)"/.exec((await ask('/', { headers: { cookie } })).text)?.[1] ?? '';
  const api: Started['api'] = async (path, body) => {
    const isBytes = body instanceof Uint8Array;
    const headers = { cookie, 'x-studio': token, ...(isBytes && { 'content-length': body.length }) };
    const sent = body === undefined ? {} : { method: 'POST', body: isBytes ? body : JSON.stringify(body) };
    const { text, status } = await ask(`/api/${path}`, { headers, ...sent });
    if (text === '') throw new Error(`${path}: ${status}`);
    return JSON.parse(text);
  };
  const state = async () => api<StudioState>('state');
  return {
    ...{ child, origin, address, cookie, token, ask, api, state },
    printed: () => out.trimEnd().split('\n'),
    async stateWhere(isSo) {
      // A dry run may take longer than `until` waits, where many tests run at a time.
      for (let tries = 0; tries < 1000; tries++) {
        const found = await state();
        if (isSo(found)) return found;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      throw new Error(`It never came to be: ${isSo}`);
    },
    posts: async (account) => (await api<PostsAnswer>(`posts?account=${encodeURIComponent(account)}`)).posts,
    async events() {
      const all: StudioEvent[] = [];
      const asked = get(new URL('/api/events', origin), { headers: { cookie } });
      const [response] = await once(asked, 'response');
      let rest = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        const parts = (rest + text).split('\n\n');
        rest = parts.pop() ?? '';
        for (const part of parts) if (part.startsWith('data: ')) all.push(JSON.parse(part.slice(6)));
      });
      response.on('error', () => {});
      return { all, stop: () => asked.destroy() };
    },
    async end(signal = 'SIGINT') {
      child.kill(signal);
      return (await closed)[0];
    },
  };
}

/** Where its uploads are. */
export function uploadsOf(cwd: string): string {
  return join(cacheOf(cwd), 'content-port', 'studio');
}

function cacheOf(cwd: string): string {
  return join(cwd, '.cache');
}

async function freePort(): Promise<number> {
  const { createServer } = await import('node:net');
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
