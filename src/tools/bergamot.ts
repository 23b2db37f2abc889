import { readFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { asError, InterruptedError, isSystemError } from '../errors.ts';

/** The translator of Firefox, a library that runs on this machine with a folder of models. */
export interface Bergamot {
  /**
   * The models in a folder and the folders in it.
   * @returns what is wrong with the folder, as half a sentence, where there are none
   */
  models(folder: string): Promise<readonly BergamotModel[] | string>;
  /**
   * Translates texts, which are HTML, with one model. The model stays loaded for the next call.
   * @throws InterruptedError
   */
  translate(model: BergamotModel, texts: readonly string[], limits: BergamotLimits): Promise<BergamotAnswer>;
}

export interface BergamotModel {
  /** Two languages as they stand in the files' names: `enzh`. */
  readonly pair: string;
  readonly model: string;
  /** null: slower, and no worse. */
  readonly shortlist: string | null;
  /** One for both languages, or one each. */
  readonly vocabs: readonly string[];
}

export interface BergamotLimits {
  readonly seconds: number;
  readonly signal: AbortSignal;
}

export type BergamotAnswer = { readonly texts: readonly string[] } | { readonly failure: string };

const library = '@browsermt/bergamot-translator';
export const installBergamot = `npm install ${library}`;

/** The largest models of Firefox have 60 MB. */
const maxBytes = 500_000_000;
/** In pages of 64 kB: 1 GB. */
const memoryPages = 16_384;
const maxNames = 5000;

export function createBergamot(environment: NodeJS.ProcessEnv = process.env): Bergamot {
  let open: { readonly model: string; readonly worker: Worker } | null = null;
  const close = async () => {
    const { worker } = open ?? {};
    open = null;
    await worker?.terminate();
  };
  const translate: Bergamot['translate'] = async (model, texts, { seconds, signal }) => {
    if (signal.aborted) throw new InterruptedError('Interrupted');
    if (open?.model !== model.model) {
      await close();
      const worker = startWorker(model, environment);
      if (typeof worker === 'string') return { failure: worker };
      open = { model: model.model, worker };
    }
    const answer = await ask(open.worker, texts, seconds, signal);
    if ('failure' in answer) await close();
    if (signal.aborted) throw new InterruptedError('Interrupted');
    return answer;
  };
  let last: Promise<unknown> = Promise.resolve();
  return {
    models: findModels,
    // One call at a time: answers have no names, and several accounts may share the library.
    async translate(...call) {
      const turn = last.then(async () => translate(...call));
      last = turn.catch(() => {});
      return await turn;
    },
  };
}

function startWorker(model: BergamotModel, environment: NodeJS.ProcessEnv): Worker | string {
  const files = libraryFiles(environment);
  if (files === null)
    return `the library ${library} is not installed: ${installBergamot}, in the folder of port (or PORT_BERGAMOT names its folder)`;
  const code = readFileSync(new URL('./bergamot-worker.cjs', import.meta.url), 'utf8');
  const alphas = model.model.includes('.alphas.');
  const precision = alphas ? 'int8shiftAlphaAll' : 'int8shiftAll';
  const workerData = { ...files, ...model, precision, memoryPages };
  // Nothing that the library prints belongs on this program's output.
  return new Worker(code, { eval: true, workerData, env: {}, stdout: true, stderr: true });
}

/** From the folder of port alone: a library that lies where a run was started may be anybody's. */
function libraryFiles({
  PORT_BERGAMOT: named,
}: NodeJS.ProcessEnv): { readonly glue: string; readonly wasm: string } | null {
  const require = createRequire(import.meta.url);
  const pathOf = (name: string) => (named ? join(named, 'worker', name) : require.resolve(`${library}/worker/${name}`));
  try {
    const [glue, wasm] = [pathOf('bergamot-translator-worker.js'), pathOf('bergamot-translator-worker.wasm')];
    readFileSync(glue);
    return { glue, wasm };
  } catch {
    return null;
  }
}

async function ask(
  worker: Worker,
  texts: readonly string[],
  seconds: number,
  signal: AbortSignal,
): Promise<BergamotAnswer> {
  worker.ref();
  let end = (_: BergamotAnswer) => {};
  const ended = new Promise<BergamotAnswer>((resolve) => {
    end = resolve;
  });
  const onError = (error: unknown) => end({ failure: asError(error).message });
  const onExit = () => end({ failure: 'it ended without an answer' });
  const abort = () => end({ failure: 'interrupted' });
  worker.once('message', end).once('error', onError).once('exit', onExit);
  signal.addEventListener('abort', abort, { once: true });
  const timer = setTimeout(() => end({ failure: `it took longer than ${seconds} s` }), seconds * 1000);
  try {
    worker.postMessage(texts);
    return await ended;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
    worker.off('message', end).off('error', onError).off('exit', onExit);
    // An idle thread does not keep the program running.
    worker.unref();
  }
}

async function findModels(folder: string): Promise<readonly BergamotModel[] | string> {
  try {
    const found: BergamotModel[] = [];
    const entries = (await readdir(folder, { withFileTypes: true })).slice(0, maxNames);
    const folders = entries.filter((each) => each.isDirectory()).map(({ name }) => join(folder, name));
    let isPacked = false;
    for (const each of [folder, ...folders]) {
      const names = (await readdir(each)).slice(0, maxNames).sort();
      isPacked ||= names.some((name) => /^model\..*\.(?:gz|zst|npz)$/.test(name));
      for (const model of modelsAmong(names)) {
        const wrong = 'lacks' in model ? model.lacks : await tooLarge(each, model);
        if (wrong !== null) return `${join(each, 'lacks' in model ? '' : model.model)} ${wrong}`;
        if (!('lacks' in model)) found.push(inFolder(each, model));
      }
    }
    if (found.length > 0) return found;
    if (isPacked) return `the models in ${folder} are packed: unpack them (gunzip) to model.*.intgemm*.bin`;
    return `there is no model in ${folder}: it takes model.*.intgemm*.bin with vocab.*.spm and lex.*.s2t.bin, as Firefox has them`;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return error.code === 'ENOENT' ? `there is no folder ${folder}` : `${folder} cannot be read (${error.code})`;
  }
}

/** The files of models by their names, as Mozilla and translateLocally call them. */
function modelsAmong(names: readonly string[]): (BergamotModel | { readonly lacks: string })[] {
  return names
    .filter((name) => /^model\..*intgemm.*\.bin$/.test(name))
    .map((model) => {
      const pair = /^model\.([a-z_-]{4,12})\./i.exec(model)?.[1]?.toLowerCase() ?? '';
      const named = (pattern: RegExp) => {
        const all = names.filter((name) => pattern.test(name));
        return all.find((name) => name.toLowerCase().includes(`.${pair}.`)) ?? (all.length === 1 ? all[0] : undefined);
      };
      const both = named(/^vocab\..*spm$/);
      const [source, target] = [named(/^srcvocab\..*spm$/), named(/^trgvocab\..*spm$/)];
      const vocabs = source && target ? [source, target] : both ? [both] : null;
      if (vocabs === null) return { lacks: `has ${model} without its vocabulary (vocab.*.spm)` };
      const isNamed = /^[a-z]{4,}/.test(pair) && !pair.startsWith('intgemm');
      const fromVocab = /^(?:src)?vocab\.([a-z_-]{4,12})\.spm$/i.exec(vocabs[0] ?? '')?.[1]?.toLowerCase() ?? '';
      return { pair: isNamed ? pair : fromVocab, model, vocabs, shortlist: named(/^lex\..*s2t\.bin$/) ?? null };
    });
}

function inFolder(folder: string, { pair, model, shortlist, vocabs }: BergamotModel): BergamotModel {
  const path = (name: string) => join(folder, name);
  return { pair, model: path(model), shortlist: shortlist && path(shortlist), vocabs: vocabs.map(path) };
}

async function tooLarge(folder: string, { model, shortlist, vocabs }: BergamotModel): Promise<string | null> {
  let bytes = 0;
  for (const name of [model, ...vocabs, ...(shortlist ? [shortlist] : [])])
    bytes += (await stat(join(folder, name))).size;
  return bytes > maxBytes ? `is larger than a model of ${maxBytes / 1e6} MB with all its files` : null;
}
