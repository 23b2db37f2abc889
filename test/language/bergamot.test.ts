import { copyFile, mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openEngineTools, type Piece } from '../../src/language/contract.ts';
import { readEngine } from '../../src/language/index.ts';
import { createBergamot } from '../../src/tools/bergamot.ts';
import { createCommands } from '../../src/tools/commands.ts';
import { createHttp } from '../../src/tools/http.ts';
import { temporaryFolder } from '../media.ts';
import { writeTinyModel } from './tiny-model.ts';

/** The real library with a model that the test makes: none is small enough to be shipped. */
const piece = (id: string, text: string, from: string | null = 'en', to = 'es'): Piece => ({ id, from, to, text });

async function translate(folder: string, pieces: readonly Piece[], environment: NodeJS.ProcessEnv = {}, more = {}) {
  const engine = readEngine(`bergamot:${folder}`);
  if (typeof engine === 'string') throw new Error(engine);
  const { signal = new AbortController().signal } = more as { signal?: AbortSignal };
  const tools = { http: createHttp(), commands: createCommands(), bergamot: createBergamot(environment) };
  const answers: Record<string, string> = {};
  const failure = await engine.open(openEngineTools(tools, [], {})).translate(
    pieces,
    (id, text) => {
      answers[id] = text;
    },
    signal,
  );
  return { answers, failure: failure?.reason ?? null };
}

async function tiny(): Promise<{ readonly folder: string; readonly word: string }> {
  const folder = join(await temporaryFolder(), 'models');
  return { folder, word: await writeTinyModel(join(folder, 'enes')) };
}

describe('Bergamot', () => {
  it('loads a model, and answers each text with its lines and placeholders', async () => {
    const { folder, word } = await tiny();
    const texts = [piece('a', 'Hi ⟦1⟧ there\n\n⟦2⟧\nby the <sea> & the sun'), piece('b', 'Good morning', null)];
    const { answers, failure } = await translate(folder, texts);
    expect(failure).toBeNull();
    expect(Object.keys(answers).sort()).toEqual(['a', 'b']);
    const lines = answers['a']?.split('\n') ?? [];
    expect(lines).toHaveLength(4);
    expect(lines[0]).toContain(word);
    expect(lines[0]?.match(/⟦\d⟧/g)).toEqual(['⟦1⟧']);
    expect(lines.slice(1, 3)).toEqual(['', '⟦2⟧']);
    expect(JSON.stringify(answers)).not.toMatch(/<|&|img/);
  });

  it.each<[string, (folder: string) => Promise<void>, string]>([
    ['no folder', async () => {}, 'there is no folder'],
    ['an empty folder', async (folder) => void (await mkdir(folder)), 'there is no model in'],
    [
      'a packed model',
      async (folder) => {
        await mkdir(folder);
        await writeFile(join(folder, 'model.enes.intgemm.alphas.bin.gz'), '');
      },
      'unpack them',
    ],
    [
      'a model without its vocabulary',
      async (folder) => {
        await mkdir(folder);
        await writeFile(join(folder, 'model.enes.intgemm.alphas.bin'), 'x');
      },
      'without its vocabulary',
    ],
    [
      'a model of other languages',
      async (folder) => void (await writeTinyModel(folder, 'deit')),
      'there is no model into Spanish (there: deit)',
    ],
    [
      'a model from another language',
      async (folder) => void (await writeTinyModel(folder, 'dees')),
      'there is no model from English into Spanish (there: dees)',
    ],
    ['a file in place of the folder', async (folder) => writeFile(folder, 'x'), 'cannot be read (ENOTDIR)'],
  ])('%s: a sentence', async (_what, prepare, part) => {
    const folder = join(await temporaryFolder(), 'models');
    await prepare(folder);
    expect((await translate(folder, [piece('a', 'Good morning')])).failure).toContain(part);
  });

  it.each<[string, (folder: string) => Promise<void>]>([
    ['a model that breaks off', async (folder) => truncate(join(folder, 'model.enes.intgemm8.bin'), 100_000)],
    ['an empty model', async (folder) => truncate(join(folder, 'model.enes.intgemm8.bin'), 0)],
    [
      'a model that is none',
      async (folder) => writeFile(join(folder, 'model.enes.intgemm8.bin'), Buffer.alloc(5000, 7)),
    ],
    ['a vocabulary that is none', async (folder) => writeFile(join(folder, 'vocab.enes.spm'), 'not a vocabulary')],
    ['an empty vocabulary', async (folder) => truncate(join(folder, 'vocab.enes.spm'), 0)],
    [
      'the vocabulary of another model',
      async (folder) => {
        const vocab = await readFile(join(folder, 'vocab.enes.spm'));
        await writeFile(join(folder, 'vocab.enes.spm'), vocab.subarray(0, 40));
      },
    ],
    [
      'a shortlist that is none',
      async (folder) => copyFile(join(folder, 'vocab.enes.spm'), join(folder, 'lex.50.50.enes.s2t.bin')),
    ],
    [
      'precision that it was not made for',
      async (folder) =>
        copyFile(join(folder, 'model.enes.intgemm8.bin'), join(folder, 'model.enes.intgemm.alphas.bin')),
    ],
  ])('%s: a sentence that names the model, and no crash', async (_what, damage) => {
    const folder = join(await temporaryFolder(), 'enes');
    await writeTinyModel(folder);
    await damage(folder);
    const { failure } = await translate(folder, [piece('a', 'Good morning')]);
    expect(failure).toMatch(/^the model .+\.bin cannot be used \(.+\)$/);
  });

  it('without the library: what to install', async () => {
    const { folder } = await tiny();
    const { failure } = await translate(folder, [piece('a', 'Good morning')], { PORT_BERGAMOT: '/nowhere' });
    expect(failure).toContain('npm install @browsermt/bergamot-translator');
  });

  it('that takes too long is ended, and so is one in an interrupted run', async () => {
    const { folder } = await tiny();
    const bergamot = createBergamot({});
    const [model] = await bergamot.models(folder);
    if (model === undefined || typeof model === 'string') throw new Error(String(model));
    const { signal } = new AbortController();
    expect(await bergamot.translate(model, ['hi'], { seconds: 0.001, signal })).toEqual({
      failure: 'it took longer than 0.001 s',
    });
    expect(await bergamot.translate(model, ['hi'], { seconds: 60, signal })).toMatchObject({
      texts: [expect.any(String)],
    });
    const interrupted = AbortSignal.timeout(20);
    await expect(
      bergamot.translate(model, Array(500).fill('hi there'), { seconds: 60, signal: interrupted }),
    ).rejects.toThrow('Interrupted');
  });

  it('called by several accounts at a time: each has its own answer', async () => {
    const { folder } = await tiny();
    const bergamot = createBergamot({});
    const models = await bergamot.models(folder);
    const [model] = typeof models === 'string' ? [] : models;
    if (model === undefined) throw new Error(String(models));
    const limits = { seconds: 60, signal: new AbortController().signal };
    const answers = await Promise.all(
      [1, 2, 3].map(async (count) => bergamot.translate(model, Array<string>(count).fill('hi'), limits)),
    );
    expect(answers.map((answer) => ('texts' in answer ? answer.texts.length : answer.failure))).toEqual([1, 2, 3]);
  });

  it('needs the name of a folder', () => {
    expect(readEngine('bergamot:')).toContain('needs a folder');
  });
});
