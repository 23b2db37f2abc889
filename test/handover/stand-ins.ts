import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, dirname, join } from 'node:path';
import type { HandOverResult } from '../../src/handover/contract.ts';

/** What stands in for publishing tools: programs that note their arguments, servers on loopback that note requests. */

export interface Ran {
  readonly code: number | null;
  readonly text: string;
}

export function writeOut(place: string, { files }: Pick<HandOverResult, 'files'>): void {
  for (const { path, text } of files) {
    mkdirSync(dirname(join(place, path)), { recursive: true });
    writeFileSync(join(place, path), text);
  }
}

/** A program that notes the bytes of its arguments, and fails where `failAt` is in one of them. */
export class ProgramStandIn {
  readonly path: string;
  readonly #log: string;
  readonly #failure: string;

  constructor(folder: string, name: string) {
    mkdirSync(folder, { recursive: true });
    [this.path, this.#log, this.#failure] = [join(folder, name), join(folder, 'log'), join(folder, 'fail-at')];
    const script = [
      '#!/bin/sh',
      'here=$(dirname -- "$0")',
      'if [ -e "$here/slow" ]; then touch "$here/started"; while [ -e "$here/slow" ]; do sleep 0.05; done; fi',
      'if [ -e "$here/fail-at" ]; then case "$*" in *"$(cat -- "$here/fail-at")"*) echo no >&2; exit 7 ;; esac; fi',
      // Some tools write a report first and fail afterwards.
      'while [ $# -gt 0 ]; do',
      '  if [ "$1" = -metaJSONout ]; then printf \'{"kind":"youtube#video","id":"abcdefghijk"}\' >"$2"; fi',
      '  printf \'%s\\0\' "$1" >>"$here/log"',
      '  shift',
      'done',
      'printf \'\\1\\0\' >>"$here/log"',
      'if [ -e "$here/fail-late" ]; then exit 1; fi',
    ];
    writeFileSync(this.path, `${script.join('\n')}\n`);
    chmodSync(this.path, 0o755);
  }

  get folder(): string {
    return dirname(this.path);
  }

  failAt(text: string | null): void {
    if (text !== null) writeFileSync(this.#failure, text);
    else if (existsSync(this.#failure)) writeFileSync(this.#failure, 'nothing has these words');
  }

  /** The arguments of each call. */
  calls(): string[][] {
    if (!existsSync(this.#log)) return [];
    const calls = readFileSync(this.#log, 'utf8').split('\u0001\0').slice(0, -1);
    return calls.map((call) => call.split('\0').slice(0, -1));
  }
}

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  /** What it was answered; 0: the connection broke off. */
  status: number;
}

export interface ServerStandIn {
  readonly address: string;
  readonly requests: Request[];
  /** Answers a request; undefined: 200 and `{}`. */
  answer: (
    request: Omit<Request, 'status'>,
  ) => { readonly status: number; readonly json: unknown } | 'break off' | undefined;
  readonly close: () => Promise<void>;
}

/** A server on loopback that notes what it gets. */
export async function serverStandIn(): Promise<ServerStandIn> {
  const requests: Request[] = [];
  const server: Server = createServer((incoming: IncomingMessage, response: ServerResponse) => {
    const pieces: Buffer[] = [];
    incoming.on('data', (piece: Buffer) => pieces.push(piece));
    incoming.on('end', () => {
      const { method = '', url: path = '', headers } = incoming;
      const request = { method, path, headers, body: Buffer.concat(pieces), status: 0 };
      requests.push(request);
      const said = stand.answer(request) ?? { status: 200, json: {} };
      if (said === 'break off') {
        incoming.socket.destroy();
        return;
      }
      request.status = said.status;
      response.writeHead(said.status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(said.json));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  };
  const stand: ServerStandIn = { address: `http://127.0.0.1:${port}`, requests, answer: () => undefined, close };
  return stand;
}

/** Starts a script of a hand-over. */
export function start(
  program: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  cwd: string,
): { readonly child: ChildProcess; readonly ended: Promise<Ran> } {
  const child = spawn(program, args, { cwd, env: { ...process.env, ...environment } });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (part) => (text += part));
  const ended = new Promise<Ran>((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => done({ code, text }));
  });
  return { child, ended };
}

export async function run(
  program: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
  cwd = '/',
): Promise<Ran> {
  return await start(program, args, environment, cwd).ended;
}

/** What a file of this path is called by its post's folder: `2025-01-01_00-00-01`. */
export function postOf(path: string): string {
  const folder = basename(dirname(path));
  return folder.startsWith('part-') ? `${basename(dirname(dirname(path)))}/${folder}` : folder;
}
