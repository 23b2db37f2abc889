import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openEngineTools } from '../../src/language/contract.ts';
import { openExchange } from '../../src/language/exchange.ts';
import { readEngine } from '../../src/language/index.ts';
import { requestFor, settle } from '../../src/language/translate.ts';
import { createBergamot } from '../../src/tools/bergamot.ts';
import { createCommands } from '../../src/tools/commands.ts';
import { createHttp } from '../../src/tools/http.ts';

/** A real translator: Debian's apertium, English to Spanish, through the command engine. */
const script = resolve(import.meta.dirname, '../stand-ins/apertium.mjs');
const isThere = hasPair();
if (!isThere) console.warn('apertium with apertium-eng-spa is not installed: its tests are skipped.');

function hasPair(): boolean {
  try {
    return execFileSync('apertium', ['-l'], { encoding: 'utf8' }).includes('eng-spa');
  } catch {
    return false;
  }
}

describe.skipIf(!isThere)('apertium translates', () => {
  const engine = readEngine(`command:"${process.execPath}" "${script}"`);
  if (typeof engine === 'string') throw new Error(engine);
  const tools = { http: createHttp(), commands: createCommands(), bergamot: createBergamot() };
  const { ask } = openExchange(engine.open(openEngineTools(tools, [], {})), {
    store: async () => {},
    signal: new AbortController().signal,
  });
  const verdict = async (text: string) => {
    const request = requestFor(text, 'es', []);
    if (request === null || typeof request === 'string') throw new Error(`not sent: ${request}`);
    const outcome = await ask(request.piece);
    if (!('answer' in outcome)) throw new Error(outcome.failed);
    return settle(outcome.answer, request);
  };

  it.each([
    ['We walked 10 km along the quiet street with @tomas 🔥', ['10 km', '@tomas 🔥', 'calle']],
    ['The house by the sea costs €50 and the breakfast is good', ['€50', 'casa', 'mar']],
    ['[ad] My new kitchen is very beautiful', ['[Publicidad]', 'cocina']],
  ])('%s', async (text, parts) => {
    const found = await verdict(text);
    for (const part of parts) expect(found).toEqual({ text: expect.stringContaining(part) });
  });
});
