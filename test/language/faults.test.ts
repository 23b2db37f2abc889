import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openEngineTools, type Piece } from '../../src/language/contract.ts';
import { openExchange } from '../../src/language/exchange.ts';
import { readEngine } from '../../src/language/index.ts';
import { createBergamot } from '../../src/tools/bergamot.ts';
import { createCommands } from '../../src/tools/commands.ts';
import { createHttp } from '../../src/tools/http.ts';
import type { Behaviour } from '../servers/fault-server.ts';
import { spanish, startOpenAi, type Translators } from '../servers/translators.ts';

/** What a network and a service do to a request, which `service.ts` and `exchange.ts` share for all engines. */
const timeouts = { idleMilliseconds: 400, wholeMilliseconds: 3000 };
const one: Piece = { id: 'a', from: null, to: 'es', text: 'Good morning' };
const answer = JSON.stringify({
  choices: [{ message: { content: JSON.stringify([{ id: 'a', text: 'Buenos días' }]) } }],
});

async function ask(server: Translators, pieces: readonly Piece[] = [one], how = timeouts) {
  const engine = readEngine(`openai:${server.url('/v1')}#model`);
  if (typeof engine === 'string') throw new Error(engine);
  const tools = { http: createHttp(), commands: createCommands(), bergamot: createBergamot() };
  const { ask: askOne } = openExchange(engine.open({ ...openEngineTools(tools, [], {}), timeouts: how }), {
    store: async () => {},
    signal: new AbortController().signal,
    pauseMilliseconds: 10,
  });
  return await Promise.all(pieces.map(askOne));
}

/** Behaves so for the first requests, and then answers. @param times how often */
const first = (times: number, behaviour: Behaviour): Behaviour => {
  return (request, response, count) => {
    if (count <= times) behaviour(request, response, count);
    else response.writeHead(200).end(answer);
  };
};

describe('a service that', () => {
  it('answers after seconds: its answer is used', async () => {
    const server = await startOpenAi(undefined, (_request, response) => {
      response.writeHead(200);
      void wait(2000).then(() => response.end(answer));
    });
    expect(await ask(server, [one], { idleMilliseconds: 5000, wholeMilliseconds: 10_000 })).toEqual([
      { answer: 'Buenos días' },
    ]);
  });

  it('answers with an open code fence and a hundred thousand blanks: not readable, at once', async () => {
    const content = `\`\`\`${' '.repeat(100_000)}x`;
    const server = await startOpenAi(undefined, (_request, response) =>
      response.writeHead(200).end(JSON.stringify({ choices: [{ message: { content } }] })),
    );
    expect(await ask(server)).toEqual([{ answer: null }]);
  }, 10_000);

  it('never answers: timed out, after four attempts', async () => {
    const server = await startOpenAi(undefined, () => {});
    expect(await ask(server)).toEqual([{ failed: 'it could not be reached (timed out)' }]);
    expect(server.bodies).toHaveLength(4);
  });

  it('sends a byte now and then for ever: timed out', async () => {
    const server = await startOpenAi(undefined, (_request, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write(' '), 100);
      response.on('close', () => clearInterval(timer));
    });
    const began = performance.now();
    expect(await ask(server, [one], { idleMilliseconds: 400, wholeMilliseconds: 700 })).toEqual([
      { failed: 'it could not be reached (timed out)' },
    ]);
    expect(performance.now() - began).toBeGreaterThan(2500);
  });

  it('sends more than 5 MB for ever: not read to its end', async () => {
    const server = await startOpenAi(undefined, (_request, response) => {
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(100_000)));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    expect(await ask(server)).toEqual([{ failed: expect.stringContaining('longer than 5 MB') }]);
  });

  it('asks to wait until a date: it is asked again then', async () => {
    const server = await startOpenAi(
      undefined,
      first(1, (_request, response) => {
        // Dates have whole seconds.
        response.writeHead(429, { 'retry-after': new Date(Date.now() + 2000).toUTCString() }).end();
      }),
    );
    const began = performance.now();
    expect(await ask(server)).toEqual([{ answer: 'Buenos días' }]);
    expect(performance.now() - began).toBeGreaterThan(900);
  });

  it('cuts the connection in the middle of its answer: it is asked again', async () => {
    const server = await startOpenAi(
      undefined,
      first(2, (_request, response) => {
        response.writeHead(200, { 'content-length': answer.length });
        response.write(answer.slice(0, 30), () => response.socket?.resetAndDestroy());
      }),
    );
    expect(await ask(server)).toEqual([{ answer: 'Buenos días' }]);
    expect(server.bodies).toHaveLength(3);
  });

  it('sends a gzip bomb, though nothing compressed was asked for: it is not inflated', async () => {
    const bomb = gzipSync(Buffer.alloc(200_000_000));
    const before = process.memoryUsage().rss;
    const server = await startOpenAi(undefined, (request, response) => {
      expect(request.headers['accept-encoding'] ?? 'identity').toBe('identity');
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'application/json' }).end(bomb);
    });
    expect(await ask(server)).toEqual([{ answer: null }]);
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
  });

  it.each(['http://169.254.169.254/latest/meta-data', 'http://10.0.0.1/', 'file:///etc/passwd'])(
    'redirects to %s: not followed',
    async (location) => {
      const server = await startOpenAi(undefined, (_request, response) => {
        response.writeHead(302, { location }).end();
      });
      expect(await ask(server)).toEqual([{ failed: expect.stringContaining('redirects') }]);
      expect(server.bodies).toHaveLength(1);
    },
  );

  it('is down: after two calls that failed in all attempts, nothing more is sent', async () => {
    const server = await startOpenAi(undefined, (_request, response) => {
      response.writeHead(503).end();
    });
    const many = Array.from({ length: 100 }, (_, index) => ({ ...one, id: `p${index}` }));
    const outcomes = await ask(server, many);
    expect(new Set(outcomes.map((each) => JSON.stringify(each)))).toEqual(
      new Set([JSON.stringify({ failed: 'it answers 503' })]),
    );
    expect(server.bodies.length).toBeLessThanOrEqual(12);
  });

  it('is asked for one text by many posts at a time: it is sent once, and all have the answer', async () => {
    const server = await startOpenAi();
    const outcomes = await ask(server, [one, one, { ...one }, { ...one, id: 'b', text: 'Good night' }]);
    expect(outcomes.slice(0, 3)).toEqual(Array(3).fill({ answer: spanish(one.text) }));
    expect(server.bodies).toHaveLength(1);
    expect(JSON.stringify(server.bodies).match(/Good morning/g)).toHaveLength(1);
  });

  it('fails now and then: all is translated', async () => {
    const server = await startOpenAi(undefined, (_request, response, count) => {
      if (count % 5 === 1) response.writeHead(502).end();
    });
    const many = Array.from({ length: 60 }, (_, index) => ({ ...one, id: `p${index}` }));
    const outcomes = await ask(server, many);
    expect(outcomes).toEqual(many.map(({ text }) => ({ answer: spanish(text) })));
  });
});
