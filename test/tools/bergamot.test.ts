import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { type BergamotModel, createBergamot } from '../../src/tools/bergamot.ts';
import { temporaryFolder } from './folder.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
const never = new AbortController().signal;

/** Empty files of these names below the folder. */
function put(...names: readonly string[]): void {
  for (const name of names) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), '');
  }
}

/** What is found, with names below the folder. */
async function found(): Promise<unknown> {
  const models = await createBergamot({}).models(folder);
  const short = (path: string) => path.slice(folder.length + 1);
  if (typeof models === 'string') return models.replaceAll(folder, 'DIR');
  return models.map(({ pair, model, shortlist, vocabs }) => [
    ...[pair, short(model), shortlist && short(shortlist), vocabs.map(short)],
  ]);
}

describe('the models in a folder', () => {
  const model = 'model.enes.intgemm.alphas.bin';

  it.each<[string, string[], unknown[]]>([
    [
      'one as Firefox has it',
      [model, 'vocab.enes.spm', 'lex.50.50.enes.s2t.bin'],
      ['enes', model, 'lex.50.50.enes.s2t.bin', ['vocab.enes.spm']],
    ],
    ['without a shortlist', [model, 'vocab.enes.spm'], ['enes', model, null, ['vocab.enes.spm']]],
    [
      'with a vocabulary for each language',
      ['model.enzh.intgemm8.bin', 'srcvocab.enzh.spm', 'trgvocab.enzh.spm'],
      ['enzh', 'model.enzh.intgemm8.bin', null, ['srcvocab.enzh.spm', 'trgvocab.enzh.spm']],
    ],
    [
      'two vocabularies are taken before one for both',
      [model, 'srcvocab.enes.spm', 'trgvocab.enes.spm', 'vocab.enes.spm'],
      ['enes', model, null, ['srcvocab.enes.spm', 'trgvocab.enes.spm']],
    ],
    [
      'with one vocabulary of two, the one for both counts',
      [model, 'srcvocab.enes.spm', 'vocab.enes.spm'],
      ['enes', model, null, ['vocab.enes.spm']],
    ],
    [
      'in capitals',
      ['model.ENES.intgemm8.bin', 'vocab.ENES.spm'],
      ['enes', 'model.ENES.intgemm8.bin', null, ['vocab.ENES.spm']],
    ],
    [
      'of a variant of a language',
      ['model.enzh_hant.intgemm8.bin', 'vocab.enzh_hant.spm'],
      ['enzh_hant', 'model.enzh_hant.intgemm8.bin', null, ['vocab.enzh_hant.spm']],
    ],
    [
      'whose languages stand in the name of its vocabulary',
      ['model.intgemm.alphas.bin', 'vocab.deen.spm'],
      ['deen', 'model.intgemm.alphas.bin', null, ['vocab.deen.spm']],
    ],
    [
      'whose languages stand in that of the first vocabulary',
      ['model.intgemm8.bin', 'srcvocab.deen.spm', 'trgvocab.deen.spm'],
      ['deen', 'model.intgemm8.bin', null, ['srcvocab.deen.spm', 'trgvocab.deen.spm']],
    ],
    [
      'whose languages stand nowhere',
      ['model.npz.best.intgemm8.bin', 'vocab.spm'],
      ['', 'model.npz.best.intgemm8.bin', null, ['vocab.spm']],
    ],
    [
      'with a vocabulary of another name, where it is the only one',
      [model, 'vocab.esen.spm'],
      ['enes', model, null, ['vocab.esen.spm']],
    ],
    [
      'files of other kinds beside it',
      [model, 'vocab.enes.spm', 'README.md', 'xmodel.deen.intgemm8.bin', 'lex.enes.bin', 'model.a.bin', 'vocab.txt'],
      ['enes', model, null, ['vocab.enes.spm']],
    ],
    [
      'in a folder of its own',
      [`enes/${model}`, 'enes/vocab.enes.spm'],
      ['enes', `enes/${model}`, null, ['enes/vocab.enes.spm']],
    ],
  ])('%s', async (_odd, names, expected) => {
    put(...names);
    expect(await found()).toEqual([expected]);
  });

  it('several, each with its own files', async () => {
    put('model.enes.intgemm8.bin', 'vocab.enes.spm', 'lex.enes.s2t.bin');
    put(
      'model.esen.intgemm8.bin',
      'vocab.esen.spm',
      'lex.esen.s2t.bin',
      'deen/model.deen.intgemm8.bin',
      'deen/vocab.deen.spm',
    );
    expect(await found()).toEqual([
      ['enes', 'model.enes.intgemm8.bin', 'lex.enes.s2t.bin', ['vocab.enes.spm']],
      ['esen', 'model.esen.intgemm8.bin', 'lex.esen.s2t.bin', ['vocab.esen.spm']],
      ['deen', 'deen/model.deen.intgemm8.bin', null, ['deen/vocab.deen.spm']],
    ]);
  });

  it.each<[string, string[], string]>([
    [
      'no files',
      [],
      'there is no model in DIR: it takes model.*.intgemm*.bin with vocab.*.spm and lex.*.s2t.bin, as Firefox has them',
    ],
    ['models two folders deep', [`a/b/${model}`, 'a/b/vocab.enes.spm'], 'there is no model in DIR: it takes'],
    ['a packed model', [`${model}.gz`, 'vocab.enes.spm.gz'], 'the models in DIR are packed: unpack them (gunzip)'],
    ['a packed model in a folder', [`enes/${model}.zst`], 'the models in DIR are packed'],
    ['a model of marian', ['model.enes.npz'], 'the models in DIR are packed'],
    ['a packed file of another kind', ['notes.gz', 'xmodel.enes.gz', 'model.gz.txt'], 'there is no model in DIR'],
    ['no vocabulary', [model], `DIR has ${model} without its vocabulary (vocab.*.spm)`],
    ['no vocabulary, in a folder', [`a/${model}`, 'vocab.enes.spm'], `DIR/a has ${model} without its vocabulary`],
    ['half of two vocabularies', [model, 'srcvocab.enes.spm'], `DIR has ${model} without its vocabulary`],
    [
      'vocabularies of two others',
      [model, 'vocab.deen.spm', 'vocab.ende.spm'],
      `DIR has ${model} without its vocabulary`,
    ],
  ])('%s: what is wrong', async (_odd, names, said) => {
    put(...names);
    expect(await found()).toEqual(expect.stringContaining(said));
  });

  it('a packed one beside one that can be read does not matter', async () => {
    put('model.deen.intgemm8.bin.gz', 'model.enes.intgemm8.bin', 'vocab.enes.spm');
    expect(await found()).toHaveLength(1);
  });

  it('one of more than 500 MB with all its files is refused', async () => {
    put(model, 'vocab.enes.spm', 'lex.enes.s2t.bin');
    truncateSync(join(folder, model), 499_999_998);
    truncateSync(join(folder, 'vocab.enes.spm'), 1);
    truncateSync(join(folder, 'lex.enes.s2t.bin'), 1);
    expect(await found()).toHaveLength(1);
    truncateSync(join(folder, 'lex.enes.s2t.bin'), 2);
    expect(await found()).toBe(`DIR/${model} is larger than a model of 500 MB with all its files`);
    truncateSync(join(folder, 'lex.enes.s2t.bin'), 1);
    truncateSync(join(folder, 'vocab.enes.spm'), 2);
    expect(await found()).toContain('is larger');
  });

  it('of no folder, and of a file in its place', async () => {
    const { models } = createBergamot({});
    put('file');
    expect(await models(join(folder, 'none'))).toBe(`there is no folder ${join(folder, 'none')}`);
    expect(await models(join(folder, 'file'))).toBe(`${join(folder, 'file')} cannot be read (ENOTDIR)`);
  });
});

/**
 * A library of this form: what it says to each text. It takes the place of the real one, which test/language tests, to end in
 * ways in which that seldom does.
 */
function library(answer: string): NodeJS.ProcessEnv {
  const list = 'class List { items = []; push_back(each) { this.items.push(each); } delete() {} }';
  const glue = `
    ${list}
    Module.VectorString = Module.VectorResponseOptions = Module.AlignedMemoryList = List;
    Module.AlignedMemory = class { getByteArrayView() { return { set() {} }; } };
    Module.TranslationModel = class { constructor(settings) { this.settings = settings; } };
    let calls = 0;
    const answerOf = (text, settings) => ${answer};
    Module.BlockingService = class {
      translate({ settings }, { items }) {
        calls++;
        const texts = items.map((text) => answerOf(text, settings));
        return { get: (at) => ({ getTranslatedText: () => texts[at] }), delete() {} };
      }
    };
    Module.onRuntimeInitialized();`;
  mkdirSync(join(folder, 'worker'), { recursive: true });
  writeFileSync(join(folder, 'worker', 'bergamot-translator-worker.js'), glue);
  return { PORT_BERGAMOT: folder, HOME: '/secret' };
}

describe('translating', () => {
  const modelOf = (name = 'model.enes.intgemm8.bin'): BergamotModel => {
    put(name, 'vocab.enes.spm');
    return { pair: 'enes', model: join(folder, name), shortlist: null, vocabs: [join(folder, 'vocab.enes.spm')] };
  };
  const limits = { seconds: 20, signal: never };

  it('keeps a model loaded for the next call, loads another one for its own, and shows the library nothing of the environment', async () => {
    const bergamot = createBergamot(
      library("[calls, text, /precision: (\\w+)/.exec(settings)[1], Object.keys(process.env).length].join(' ')"),
    );
    const one = modelOf();
    const two = modelOf('model.esen.intgemm.alphas.bin');
    expect(await bergamot.translate(one, ['a', 'b'], limits)).toEqual({
      texts: ['1 a int8shiftAll 0', '1 b int8shiftAll 0'],
    });
    expect(await bergamot.translate(one, ['c'], limits)).toEqual({ texts: ['2 c int8shiftAll 0'] });
    expect(await bergamot.translate(two, ['d'], limits)).toEqual({ texts: ['1 d int8shiftAlphaAll 0'] });
    expect(await bergamot.translate(one, [], limits)).toEqual({ texts: [] });
  });

  it('answers calls at the same time one after the other, each with its own', async () => {
    const bergamot = createBergamot(library('text.toUpperCase()'));
    const model = modelOf();
    const answers = await Promise.all(['a', 'b', 'c'].map(async (text) => bergamot.translate(model, [text], limits)));
    expect(answers).toEqual([{ texts: ['A'] }, { texts: ['B'] }, { texts: ['C'] }]);
  });

  it('an error is reported, and the next call begins again', async () => {
    const bergamot = createBergamot(library("text === 'bad' ? null.x : String(calls)"));
    const model = modelOf();
    expect(await bergamot.translate(model, ['good'], limits)).toEqual({ texts: ['1'] });
    expect(await bergamot.translate(model, ['bad'], limits)).toMatchObject({ failure: expect.any(String) });
    expect(await bergamot.translate(model, ['good'], limits)).toEqual({ texts: ['1'] });
  });

  it('what takes too long is ended', async () => {
    const bergamot = createBergamot(library("text === 'long' ? (() => { for (;;); })() : text"));
    const model = modelOf();
    expect(await bergamot.translate(model, ['long'], { ...limits, seconds: 0.05 })).toEqual({
      failure: 'it took longer than 0.05 s',
    });
    expect(await bergamot.translate(model, ['short'], limits)).toEqual({ texts: ['short'] });
  });

  it('an interrupted run is thrown, before and while it is at work, and the next call works', async () => {
    const bergamot = createBergamot(library("text === 'long' ? (() => { for (;;); })() : text"));
    const model = modelOf();
    const aborted = { ...limits, signal: AbortSignal.abort() };
    await expect(bergamot.translate(model, ['a'], aborted)).rejects.toThrow('Interrupted');
    const soon = { ...limits, signal: AbortSignal.timeout(50) };
    await expect(bergamot.translate(model, ['long'], soon)).rejects.toThrow('Interrupted');
    expect(await bergamot.translate(model, ['short'], limits)).toEqual({ texts: ['short'] });
  });

  it.each<[string, string, string]>([
    ['a library that is none', 'throw new Error("no library of that kind")', 'no library of that kind'],
    ['one that ends', 'setTimeout(() => { throw new Error("out of memory"); }, 20)', 'out of memory'],
    ['one that ends without a word', 'process.exit(0)', 'it ended without an answer'],
  ])('%s: what became of it', async (_odd, glue, said) => {
    const environment = library('text');
    writeFileSync(join(folder, 'worker', 'bergamot-translator-worker.js'), glue);
    const answer = await createBergamot(environment).translate(modelOf(), ['a'], limits);
    expect(answer).toEqual({ failure: expect.stringContaining(said) });
  });

  it('takes the library in the folder of port where none is named', async () => {
    const answer = await createBergamot({}).translate(modelOf(), ['a'], limits);
    expect(answer).toEqual({ failure: expect.stringMatching(/^the model .+ cannot be used/) });
  });

  it('without the library: what to install, and how to name its folder', async () => {
    const answer = await createBergamot({ PORT_BERGAMOT: join(folder, 'none') }).translate(modelOf(), ['a'], limits);
    expect(answer).toEqual({ failure: expect.stringContaining('npm install @browsermt/bergamot-translator') });
    expect(answer).toEqual({ failure: expect.stringContaining('PORT_BERGAMOT names its folder') });
  });
});
