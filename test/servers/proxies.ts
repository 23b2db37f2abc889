import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Behaviour } from './fault-server.ts';

/** A real proxy on loopback that lives as long as the test. */
export interface TestProxy {
  /** `127.0.0.1:<port>` */
  readonly host: string;
  /** What it was asked to connect to, `name:port`, in order. */
  readonly asked: readonly string[];
  /** The credentials that it was given, `user:password`; null without. */
  readonly logins: readonly (string | null)[];
  /** Ends it, with all its connections. */
  readonly stop: () => Promise<void>;
}

export interface ProxyBehaviour {
  /** `user:password` that it wants. */
  readonly login?: string;
  /** Answers every request with this status (CONNECT) or reply code (SOCKS). */
  readonly refuse?: number;
  /** Closes each connection without an answer. */
  readonly hangUp?: boolean;
  /** Ends with all its connections after it passed on so many bytes from the server. */
  readonly diesAfter?: number;
  /** The port on this machine that stands for every host; else only loopback is reached. */
  readonly everyHost?: number;
}

/** Where a tunnel ends: a proxy under test reaches this machine only. */
function reach(host: string, port: number, { everyHost }: ProxyBehaviour): Socket {
  if (everyHost !== undefined) return connect(everyHost, '127.0.0.1');
  if (!/^(?:127\.|localhost$|::1$)/.test(host)) throw new Error(`a test asked a proxy for ${host}`);
  return connect(port, host);
}

function joinSockets(client: Socket, upstream: Socket, { diesAfter }: ProxyBehaviour, die: () => void): void {
  let passed = 0;
  upstream.on('error', () => client.destroy());
  client.on('error', () => upstream.destroy());
  client.on('close', () => upstream.destroy());
  client.pipe(upstream);
  upstream.on('data', (chunk: Buffer) => {
    passed += chunk.length;
    const isOver = diesAfter !== undefined && passed >= diesAfter;
    if (isOver) upstream.pause();
    client.write(chunk, () => isOver && die());
  });
  upstream.on('end', () => client.end());
}

async function listening(server: Server | ReturnType<typeof createTcpServer>) {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = async () => {
    for (const socket of sockets) socket.destroy();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  };
  onTestFinished(stop);
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, stop };
}

/** An HTTP proxy that answers CONNECT; over TLS with `tls`. */
export async function startConnectProxy(behaviour: ProxyBehaviour = {}, tls = false): Promise<TestProxy> {
  const asked: string[] = [];
  const logins: (string | null)[] = [];
  const server = tls ? createTlsServer(certificate()) : createServer();
  server.on('request', (_request, response) => response.writeHead(405).end());
  server.on('connect', (request, client: Socket, head: Buffer) => {
    const sent = /^Basic (.*)$/.exec(request.headers['proxy-authorization'] ?? '')?.[1];
    const login = sent === undefined ? null : Buffer.from(sent, 'base64').toString();
    asked.push(request.url ?? '');
    logins.push(login);
    client.on('error', () => {});
    if (behaviour.hangUp) return client.destroy();
    if (behaviour.login !== undefined && login !== behaviour.login) {
      return client.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="x"\r\n\r\n');
    }
    if (behaviour.refuse !== undefined) return client.end(`HTTP/1.1 ${behaviour.refuse} No\r\n\r\n`);
    const { hostname, port } = new URL(`http://${request.url}`);
    const upstream = reach(hostname.replace(/^\[|\]$/g, ''), Number(port || 80), behaviour);
    upstream.on('connect', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      if (head.length > 0) upstream.write(head);
      joinSockets(client, upstream, behaviour, stop);
    });
    return upstream.on('error', () => client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
  });
  const { host, stop } = await listening(server);
  return { host, asked, logins, stop };
}

/** A SOCKS5 proxy (RFC 1928, RFC 1929). */
export async function startSocksProxy(behaviour: ProxyBehaviour = {}): Promise<TestProxy> {
  const asked: string[] = [];
  const logins: (string | null)[] = [];
  const server = createTcpServer((client) => {
    client.on('error', () => {});
    if (behaviour.hangUp) return client.destroy();
    let buffer = Buffer.alloc(0);
    const waiting: { bytes: number; done: (taken: Buffer) => void }[] = [];
    const feed = (chunk: Buffer) => {
      buffer = Buffer.concat([buffer, chunk]);
      for (let next = waiting[0]; next && buffer.length >= next.bytes; next = waiting[0]) {
        waiting.shift();
        const taken = buffer.subarray(0, next.bytes);
        buffer = buffer.subarray(next.bytes);
        next.done(taken);
      }
    };
    client.on('data', feed);
    const take = async (bytes: number) =>
      new Promise<Buffer>((done) => {
        waiting.push({ bytes, done });
        feed(Buffer.alloc(0));
      });
    const converse = async () => {
      const [, methodCount = 0] = await take(2);
      const methods = [...(await take(methodCount))];
      const method = behaviour.login === undefined ? 0 : 2;
      if (!methods.includes(method)) return client.end(Buffer.from([5, 0xff]));
      client.write(Buffer.from([5, method]));
      let login: string | null = null;
      if (method === 2) {
        const [, userBytes = 0] = await take(2);
        const user = (await take(userBytes)).toString();
        const [passwordBytes = 0] = await take(1);
        login = `${user}:${(await take(passwordBytes)).toString()}`;
        if (login !== behaviour.login) return client.end(Buffer.from([1, 1]));
        client.write(Buffer.from([1, 0]));
      }
      const [, , , kind] = await take(4);
      const [nameBytes = 0] = kind === 3 ? await take(1) : [kind === 1 ? 4 : 16];
      const raw = await take(nameBytes);
      const hostname = kind === 3 ? raw.toString() : kind === 1 ? raw.join('.') : '::1';
      const port = (await take(2)).readUInt16BE();
      asked.push(`${hostname}:${port}`);
      logins.push(login);
      const reply = (code: number) => Buffer.from([5, code, 0, 1, 0, 0, 0, 0, 0, 0]);
      if (behaviour.refuse !== undefined) return client.end(reply(behaviour.refuse));
      const upstream = reach(hostname, port, behaviour);
      upstream.on('connect', () => {
        client.removeListener('data', feed);
        client.write(reply(0));
        if (buffer.length > 0) upstream.write(buffer);
        joinSockets(client, upstream, behaviour, stop);
      });
      return upstream.on('error', () => client.end(reply(5)));
    };
    return void converse();
  });
  const { host, stop } = await listening(server);
  return { host, asked, logins, stop };
}

/** A server over TLS, for any name, with one behaviour for each path; its port. */
export async function startTlsServer(behaviours: Readonly<Record<string, Behaviour>>): Promise<number> {
  const server = createTlsServer(certificate(), (request, response) => {
    const behaviour = behaviours[(request.url ?? '/').split('?')[0] ?? '/'];
    if (behaviour) behaviour(request, response, 1);
    else response.writeHead(404).end();
  });
  return Number((await listening(server)).host.split(':')[1]);
}

interface Certificate {
  readonly key: Buffer;
  readonly cert: Buffer;
}
let made: (Certificate & { readonly file: string }) | undefined;

/** Made once, for loopback and for names under cdn.test. */
function certificate(): Certificate {
  if (made) return made;
  const folder = mkdtempSync(join(tmpdir(), 'port-tls-'));
  const names = 'subjectAltName=DNS:localhost,DNS:*.cdn.test,DNS:*.local,DNS:*.corp.internal,IP:127.0.0.1';
  const [key, file] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const about = ['-subj', '/CN=port tests', '-addext', names, '-keyout', key, '-out', file];
  execFileSync('openssl', ['req', ...kind, ...about], { stdio: 'pipe' });
  made = { key: readFileSync(key), cert: readFileSync(file), file };
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return made;
}

/** For `NODE_EXTRA_CA_CERTS` and `SSL_CERT_FILE`. */
export function certificateFile(): string {
  certificate();
  return made?.file ?? '';
}
