import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTable } from '../../src/captions/spreadsheet.ts';
import type { HandOverName } from '../../src/handover/names.ts';
import { ProgramStandIn, postOf, type Ran, run, type ServerStandIn, serverStandIn } from './stand-ins.ts';

/** What reached a tool of one post. */
export interface Arrived {
  /** The id of its package, by the folder of its files. */
  readonly id: string;
  readonly title: string | null;
  /** The text as the tool posts it. */
  readonly text: string;
  readonly tags: readonly string[] | null;
  /** The paths that it was given, or what was uploaded. */
  readonly files: readonly string[];
}

/** A tool's stand-in, and its script. */
export interface Stage {
  /** Runs what was handed over; it fails at the post whose words have this text. */
  readonly run: (
    place: string,
    options?: { readonly failAt?: string; readonly args?: readonly string[] },
  ) => Promise<Ran>;
  readonly arrived: (place: string) => Promise<readonly Arrived[]>;
  /** null: nothing runs, so nothing can fail. */
  readonly memory: string | null;
  readonly close: () => Promise<void>;
}

export const stages: Readonly<Record<HandOverName, (folder: string, shell?: string) => Promise<Stage>>> = {
  sau: async (folder, shell = 'sh') => {
    const program = new ProgramStandIn(join(folder, 'bin'), 'sau');
    return {
      run: async (place, { failAt, args = [] } = {}) => {
        program.failAt(failAt ?? null);
        return await run(shell, [join(place, 'sau.sh'), ...args], { SAU: program.path, SAU_ACCOUNT: "my 'account" });
      },
      arrived: async () => program.calls().map(ofSau),
      ...{ memory: 'sau.sent.csv', close: async () => {} },
    };
  },
  youtubeuploader: async (folder, shell = 'sh') => {
    const program = new ProgramStandIn(join(folder, 'bin'), 'youtubeuploader');
    return {
      run: async (place, { failAt, args = [] } = {}) => {
        program.failAt(failAt === undefined ? null : idWith(place, 'youtubeuploader', failAt));
        return await run(shell, [join(place, 'youtubeuploader.sh'), ...args], { YOUTUBEUPLOADER: program.path });
      },
      arrived: async () => program.calls().map(ofYoutube),
      ...{ memory: 'youtubeuploader.sent.csv', close: async () => {} },
    };
  },
  'xhs-mcp': async (_folder, shell = 'sh') => {
    const server = await serverStandIn();
    return {
      run: async (place, { failAt, args = [] } = {}) => {
        server.answer = ({ body }) =>
          failAt !== undefined && `${JSON.parse(body.toString()).content}`.includes(failAt)
            ? { status: 500, json: { error: '发布失败' } }
            : undefined;
        return await run(shell, [join(place, 'xhs-mcp.sh'), ...args], { XHS_MCP_URL: server.address });
      },
      arrived: async () => taken(server, /^\/api\/v1\/publish/).map((request) => ofXhs(request as XhsRequest)),
      ...{ memory: 'xhs-mcp.sent.csv', close: server.close },
    };
  },
  postiz: async () => {
    const server = await serverStandIn();
    return {
      run: async (place, { failAt, args = [] } = {}) => {
        server.answer = postizServer((content) => failAt !== undefined && content.includes(failAt));
        const key = { POSTIZ_API_KEY: 'secret', POSTIZ_URL: server.address, POSTIZ_PINTEREST_BOARD: 'board' };
        return await run(process.execPath, [join(place, 'postiz.mjs'), ...args], key);
      },
      arrived: async () => ofPostiz(server),
      ...{ memory: 'postiz.sent.csv', close: server.close },
    };
  },
  csv: async () => ({
    run: async () => ({ code: 0, text: '' }),
    arrived: async (place) => await ofTable(join(place, 'posts.csv')),
    ...{ memory: null, close: async () => {} },
  }),
};

function ofSau(call: readonly string[]): Arrived {
  const value = (name: string): string | null => {
    const joined = call.find((each) => each.startsWith(`${name}=`));
    if (joined !== undefined) return joined.slice(name.length + 1);
    const at = call.indexOf(name);
    return at < 0 ? null : (call[at + 1] ?? null);
  };
  const images = call.includes('--images') ? call.slice(call.indexOf('--images') + 1) : [];
  const end = images.findIndex((each) => each.startsWith('--'));
  const files = [value('--file') ?? images.slice(0, end < 0 ? undefined : end)].flat();
  return {
    id: postOf(files[0] ?? ''),
    title: value('--title'),
    text: value('--desc') ?? value('--note') ?? '',
    tags: value('--tags')?.split(',') ?? [],
    files,
  };
}

interface YoutubeMeta {
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
}

function ofYoutube(call: readonly string[]): Arrived {
  const value = (name: string) => call[call.indexOf(name) + 1] ?? '';
  const meta: YoutubeMeta = JSON.parse(readFileSync(value('-metaJSON'), 'utf8'));
  const video = value('-filename');
  return { id: postOf(video), title: meta.title, text: meta.description, tags: meta.tags, files: [video] };
}

function idWith(place: string, folder: string, text: string): string {
  const found = readdirSync(join(place, folder))
    .filter((name) => name.endsWith('.json') && !name.endsWith('.uploaded.json'))
    .find((name) => JSON.parse(readFileSync(join(place, folder, name), 'utf8')).description.includes(text));
  return found ?? 'nothing';
}

interface XhsRequest {
  readonly title: string;
  readonly content: string;
  readonly tags: readonly string[];
  readonly images?: readonly string[];
  readonly video?: string;
}

/** The bodies of requests that were not refused. */
function taken(server: ServerStandIn, path: RegExp): unknown[] {
  return server.requests
    .filter((each) => path.test(each.path) && each.method === 'POST' && each.status >= 200 && each.status < 300)
    .map(({ body }) => JSON.parse(body.toString()));
}

function ofXhs({ title, content, tags, images, video }: XhsRequest): Arrived {
  const files = images ?? [video ?? ''];
  return { id: postOf(files[0] ?? ''), title, text: content, tags, files };
}

/** As much of Postiz as the script needs. */
export function postizServer(fails: (content: string) => boolean): ServerStandIn['answer'] {
  return ({ method, path, headers, body }) => {
    if (headers.authorization !== 'secret') return { status: 401, json: {} };
    if (path === '/public/v1/integrations') {
      const identifiers = ['instagram', 'youtube', 'facebook', 'threads', 'pinterest', 'bluesky', 'x'];
      return {
        status: 200,
        json: identifiers.map((identifier) => ({ id: `of-${identifier}`, name: identifier, identifier })),
      };
    }
    if (path === '/public/v1/upload') {
      const address = /bytes of (\S+)/.exec(body.toString('latin1'))?.[1] ?? '';
      return { status: 201, json: { id: address, path: `https://files.example${address}` } };
    }
    if (method !== 'POST') return { status: 404, json: {} };
    return fails(JSON.parse(body.toString()).posts[0].value[0].content)
      ? { status: 500, json: { msg: 'no' } }
      : { status: 201, json: [{ postId: 'post-1', integration: 'x' }] };
  };
}

interface PostizRequest {
  readonly posts: readonly [
    {
      readonly value: readonly [{ readonly content: string; readonly image: readonly { readonly id: string }[] }];
      readonly settings: { readonly title?: string };
    },
  ];
}

function ofPostiz(server: ServerStandIn): Arrived[] {
  return taken(server, /^\/public\/v1\/posts$/).map((request) => {
    const [{ value, settings }] = (request as PostizRequest).posts;
    const files = value[0].image.map(({ id }) => id);
    const title = settings.title ?? null;
    return { id: postOf(files[0] ?? ''), title, text: plainText(value[0].content), tags: null, files };
  });
}

/** What Postiz posts of its HTML (its stripHtmlValidation). */
export function plainText(html: string): string {
  return html
    .replace(/^<p>/, '')
    .replaceAll('<p>', '\n')
    .replaceAll('</p>', '')
    .replaceAll('&nbsp;', '\u00a0')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

async function ofTable(path: string): Promise<Arrived[]> {
  const table = await readTable(readFileSync(path), (names) => names.includes('key'));
  if (typeof table === 'string') throw new Error(table);
  return table.rows.map((row) => {
    const cell = (name: string) => row[table.header.indexOf(name)] ?? '';
    const files = [cell('video'), ...cell('photos').split('\n')].filter(Boolean);
    const tags = cell('hashtags')
      .split(' ')
      .map((each) => each.slice(1));
    return { id: cell('key'), title: cell('title'), text: cell('textAndHashtags'), tags, files };
  });
}
