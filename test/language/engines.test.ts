import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ChosenEngine, openEngineTools, type Piece } from '../../src/language/contract.ts';
import { type Outcome, openExchange } from '../../src/language/exchange.ts';
import { readEngine } from '../../src/language/index.ts';
import { createBergamot } from '../../src/tools/bergamot.ts';
import { createCommands } from '../../src/tools/commands.ts';
import { createHttp } from '../../src/tools/http.ts';
import {
  type Answering,
  spanish,
  startDeepl,
  startLibreTranslate,
  startOpenAi,
  type Translators,
} from '../servers/translators.ts';

const key = 'secret-key-of-maya';
const script = resolve(import.meta.dirname, '../stand-ins/translator.mjs');

const piece = (id: string, text: string, to = 'es'): Piece => ({ id, from: null, to, text });
const three = [piece('a', 'The street in ⟦1⟧'), piece('b', 'Good morning'), piece('c', 'By the sea')];

function chosen(written: string): ChosenEngine {
  const engine = readEngine(written);
  if (typeof engine === 'string') throw new Error(engine);
  return engine;
}

/** Asks for all pieces at once, as a run does. */
async function askAll(written: string, pieces: readonly Piece[], environment: NodeJS.ProcessEnv = {}) {
  const tools = { http: createHttp(), commands: createCommands(), bergamot: createBergamot() };
  const world = openEngineTools(tools, [], { PORT_TRANSLATOR_KEY: key, ...environment });
  const stored: (readonly [id: string, answer: string | null])[] = [];
  const { ask } = openExchange(chosen(written).open(world), {
    store: async ({ id }, answer) => void stored.push([id, answer]),
    signal: new AbortController().signal,
    pauseMilliseconds: 10,
  });
  const outcomes = await Promise.all(pieces.map(ask));
  return { outcomes, stored };
}

const answered = (pieces: readonly Piece[]): Outcome[] => pieces.map(({ text }) => ({ answer: spanish(text) }));

interface Service {
  readonly start: (answering?: Answering, before?: Parameters<typeof startOpenAi>[1]) => Promise<Translators>;
  readonly written: (server: Translators) => string;
  readonly environment?: (server: Translators) => NodeJS.ProcessEnv;
  /** Whether answers have ids. */
  readonly hasIds: boolean;
}

const services: readonly (readonly [string, Service])[] = [
  ['openai', { start: startOpenAi, written: (server) => `openai:${server.url('/v1')}#model`, hasIds: true }],
  [
    'libretranslate',
    { start: startLibreTranslate, written: (server) => `libretranslate:${server.url('')}`, hasIds: false },
  ],
  [
    'deepl',
    {
      start: startDeepl,
      written: () => 'deepl',
      environment: (server) => ({ PORT_DEEPL_SERVER: server.url('') }),
      hasIds: false,
    },
  ],
];

describe.each(services)('%s', (name, { start, written, environment = () => ({}), hasIds }) => {
  const ask = async (server: Translators, pieces: readonly Piece[] = three) =>
    askAll(written(server), pieces, environment(server));

  it('translates all texts in one call, and stores each answer', async () => {
    const server = await start();
    const { outcomes, stored } = await ask(server);
    expect(outcomes).toEqual(answered(three));
    expect(server.bodies).toHaveLength(1);
    expect(stored).toHaveLength(3);
  });

  it('sends the key in its place, and texts without anything about their posts', async () => {
    const server = await start();
    await ask(server);
    expect(`${server.asked[0]?.headers.authorization} ${JSON.stringify(server.bodies)}`).toContain(key);
    expect(JSON.stringify(server.bodies)).not.toMatch(/\d{4}-\d\d-\d\d/);
  });

  it('waits as long as Retry-After says, then asks again', async () => {
    const began = performance.now();
    const server = await start(undefined, (_request, response, count) => {
      if (count === 1) response.writeHead(429, { 'retry-after': '1' }).end();
    });
    const { outcomes } = await ask(server);
    expect(outcomes).toEqual(answered(three));
    expect(performance.now() - began).toBeGreaterThan(950);
    expect(server.bodies).toHaveLength(2);
  });

  it('asked to wait an hour, it gives up with the reason and sends nothing more', async () => {
    const server = await start(undefined, (_request, response) => {
      response.writeHead(429, { 'retry-after': '3600' }).end();
    });
    const { outcomes, stored } = await ask(server);
    expect(outcomes).toEqual(three.map(() => ({ failed: 'it asks to wait 60 minutes' })));
    expect(server.bodies).toHaveLength(1);
    expect(stored).toEqual([]);
  });

  it('an answer of 500 is tried again three times', async () => {
    const server = await start(undefined, (_request, response) => {
      response.writeHead(500).end('oops');
    });
    const { outcomes } = await ask(server);
    expect(outcomes[0]).toEqual({ failed: 'it answers 500' });
    expect(server.bodies).toHaveLength(4);
  });

  it('a refused key ends all, and is in no message', async () => {
    const server = await start(undefined, (_request, response) => {
      response.writeHead(401).end(`wrong key ${key}`);
    });
    const { outcomes } = await ask(server);
    expect(outcomes[0]).toMatchObject({ failed: expect.stringContaining('PORT_TRANSLATOR_KEY') });
    expect(JSON.stringify(outcomes)).not.toContain(key);
    expect(server.bodies).toHaveLength(1);
  });

  it('a redirect is not followed', async () => {
    const other = await start();
    const server = await start(undefined, (_request, response) => {
      response.writeHead(307, { location: other.url('/v1/chat/completions') }).end();
    });
    expect((await ask(server)).outcomes[0]).toMatchObject({ failed: expect.stringContaining('redirects') });
    expect(other.bodies).toEqual([]);
  });

  it('broken JSON: each text is asked for alone once, and then counts as answered unusably', async () => {
    const server = await start(undefined, (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"choices": [');
    });
    const { outcomes, stored } = await ask(server);
    expect(outcomes).toEqual(three.map(() => ({ answer: null })));
    expect(stored).toHaveLength(3);
    expect(server.bodies).toHaveLength(4);
  });

  it('fewer answers than texts: the others are asked for alone', async () => {
    const server = await start((texts) =>
      (texts.length > 1 ? texts.slice(1) : texts).map(({ id, text }) => ({ id, text: spanish(text) })),
    );
    const { outcomes } = await ask(server);
    expect(outcomes).toEqual(answered(three));
    expect(server.bodies).toHaveLength(hasIds ? 2 : 4);
  });

  it('answers of more than 5 MB are not read', async () => {
    const server = await start(undefined, (_request, response) => {
      response.writeHead(200).end('x'.repeat(6_000_000));
    });
    expect((await ask(server)).outcomes[0]).toMatchObject({ failed: expect.stringContaining('longer than 5 MB') });
  });

  it('texts are sent in batches, two calls at a time', async () => {
    const many = Array.from({ length: 120 }, (_, index) =>
      piece(`p${index}`, `street number ${index}`.replace(/\d+/, 'x')),
    );
    const server = await start();
    const { outcomes } = await ask(server, many);
    expect(outcomes).toEqual(answered(many));
    expect(Math.max(...server.asked.map(({ atOnce }) => atOnce))).toBeLessThanOrEqual(2);
    expect(server.bodies.length).toBeLessThanOrEqual(12);
    expect(server.bodies.length).toBeGreaterThan(1);
  });

  it('no server there: a sentence without its address', async () => {
    const server = await start();
    const gone = { ...server, url: (path: string) => `http://127.0.0.1:9${path}` };
    const { outcomes } = await askAll(
      written(gone),
      three.slice(0, 1),
      name === 'deepl' ? { PORT_DEEPL_SERVER: gone.url('') } : {},
    );
    expect(outcomes[0]).toEqual({ failed: 'it could not be reached (connection refused)' });
  });
});

describe('openai', () => {
  const ask = async (answering: Answering) => {
    const server = await startOpenAi(answering);
    return (await askAll(`openai:${server.url('/v1')}#model`, three)).outcomes;
  };

  it.each<[string, Answering]>([
    ['another order', (texts) => [...texts].reverse().map(({ id, text }) => ({ id, text: spanish(text) }))],
    [
      'thoughts before it',
      (texts) => `<think>hm {</think>\n${JSON.stringify(texts.map(({ id, text }) => ({ id, text: spanish(text) })))}`,
    ],
    [
      'a code fence',
      (texts) => `\`\`\`json\n${JSON.stringify(texts.map(({ id, text }) => ({ id, text: spanish(text) })))}\n\`\`\``,
    ],
    [
      'an object around the list',
      (texts) => ({ translations: texts.map(({ id, text }) => ({ id, text: spanish(text) })) }),
    ],
    [
      'answers for other ids too',
      (texts) => [{ id: 'zzz', text: 'no' }, ...texts.map(({ id, text }) => ({ id, text: spanish(text) }))],
    ],
    ['entries that are none', (texts) => [null, 7, ...texts.map(({ id, text }) => ({ id, text: spanish(text) }))]],
  ])('%s in the answer: the texts are found', async (_what, answering) => {
    expect(await ask(answering)).toEqual(answered(three));
  });

  it('the last message is the array of ids and texts, and no list of models is asked for', async () => {
    const server = await startOpenAi();
    await askAll(`openai:${server.url('/v1')}#model`, three);
    const [body] = server.bodies;
    const messages = body?.['messages'] as { content: string }[];
    expect(JSON.parse(messages.at(-1)?.content ?? '')).toEqual(three.map(({ id, text }) => ({ id, text })));
    expect(body).toMatchObject({ model: 'model', temperature: 0 });
    expect(server.asked.map(({ path }) => path)).toEqual(['/v1/chat/completions']);
  });

  it('an address without a path has /v1', async () => {
    const server = await startOpenAi();
    expect((await askAll(`openai:http://${server.host}#m`, three)).outcomes).toEqual(answered(three));
  });
});

describe('a private address that is not this machine', () => {
  it.each(['openai:https://10.1.2.3/v1#m', 'openai:https://169.254.169.254/v1#m'])(
    '%s is not reached',
    async (written) => {
      const { outcomes } = await askAll(written, three.slice(0, 1));
      expect(outcomes[0]).toMatchObject({ failed: expect.stringContaining('--allow-host') });
    },
  );
});

describe('command', () => {
  const ask = async (how: string, pieces = three) => askAll(`command:"${process.execPath}" "${script}" ${how}`, pieces);

  it('answers in another order, of one start', async () => {
    const { outcomes, stored } = await ask('good');
    expect(outcomes).toEqual(answered(three));
    expect(stored).toHaveLength(3);
  });

  it.each(['broken', 'others'])('%s: answered unusably', async (how) => {
    expect((await ask(how)).outcomes).toEqual(three.map(() => ({ answer: null })));
  });

  it('a program that prints nothing: failed, so that it is asked again once it is mended', async () => {
    const { outcomes, stored } = await askAll(`command:"${process.execPath}" -e 0`, three);
    expect(outcomes[0]).toEqual({ failed: 'it printed no answer' });
    expect(stored).toEqual([]);
  });

  it('a program that fails', async () => {
    expect((await ask('fail')).outcomes[0]).toMatchObject({ failed: expect.stringContaining('it failed') });
  });

  it('a program that prints its key and fails: the key is in no message', async () => {
    const leak = `console.error('${key}'); process.exit(1)`;
    const { outcomes } = await askAll(`command:"${process.execPath}" -e "${leak}"`, three);
    expect(outcomes[0]).toMatchObject({ failed: expect.stringContaining('it failed') });
    expect(JSON.stringify(outcomes)).not.toContain(key);
  });

  it('a program that is not there', async () => {
    const { outcomes } = await askAll(`command:${join('nowhere', 'program')}`, three);
    expect(outcomes[0]).toEqual({ failed: 'there is no such program' });
  });
});

describe('--translator', () => {
  it.each([
    ['apertium', 'not “apertium”'],
    ['openai:http://127.0.0.1:1/v1', 'needs the name of a model'],
    ['openai:127.0.0.1:1#m', 'begins with https://'],
    ['openai:https://maya:pass@example.com/v1#m', 'PORT_TRANSLATOR_KEY'],
    ['libretranslate:', 'begins with https://'],
    ['deepl:abc', 'PORT_TRANSLATOR_KEY'],
    ['command:', 'command line'],
    ['command:a "b', 'quotes'],
  ])('%s is refused with a sentence', (written, part) => {
    expect(readEngine(written)).toContain(part);
  });
});
