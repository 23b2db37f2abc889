// Runs in a thread of its own (bergamot.ts), as CommonJS. The library's own worker does not run on Node, where its package
// makes a module of it, and its other half fetches models: so only its WebAssembly and the glue beside it are used.
const { readFileSync } = require('node:fs');
const vm = require('node:vm');
const { parentPort, workerData } = require('node:worker_threads');

const { glue, wasm, model, shortlist, vocabs, precision, memoryPages } = workerData;

/** Functions that Firefox brings along; elsewhere those of the library take their place. */
const gemm = {
  int8_prepare_a: 'int8PrepareAFallback',
  int8_prepare_b: 'int8PrepareBFallback',
  int8_prepare_b_from_transposed: 'int8PrepareBFromTransposedFallback',
  int8_prepare_b_from_quantized_transposed: 'int8PrepareBFromQuantizedTransposedFallback',
  int8_prepare_bias: 'int8PrepareBiasFallback',
  int8_multiply_and_add_bias: 'int8MultiplyAndAddBiasFallback',
  int8_select_columns_of_b: 'int8SelectColumnsOfBFallback',
};

let printed = '';
const keep = (text) => {
  printed = `${printed}\n${text}`.slice(0, 10_000);
};

function load() {
  return new Promise((resolve, reject) => {
    const Module = {
      wasmMemory: new WebAssembly.Memory({ initial: 256, maximum: memoryPages }),
      print: keep,
      printErr: keep,
      onAbort: (why) => reject(new Error(String(why))),
      onRuntimeInitialized: () => resolve(Module),
      instantiateWasm(info, accept) {
        const functions = Object.entries(gemm).map(([name, own]) => [name, (...args) => Module.asm[own](...args)]);
        WebAssembly.instantiate(readFileSync(wasm), { ...info, wasm_gemm: Object.fromEntries(functions) }).then(
          ({ instance }) => accept(instance),
          reject,
        );
        return {};
      },
    };
    globalThis.Module = Module;
    // The glue takes these for a browser's worker, whose way of reading files it then does not use.
    globalThis.self = globalThis;
    globalThis.importScripts = () => {};
    globalThis.location = { href: `file://${glue}` };
    vm.runInThisContext(readFileSync(glue, 'utf8'), { filename: glue });
  });
}

function aligned(Module, path, alignment) {
  const bytes = readFileSync(path);
  const memory = new Module.AlignedMemory(bytes.length, alignment);
  memory.getByteArrayView().set(bytes);
  return memory;
}

const settings = {
  'beam-size': 1,
  normalize: 1.0,
  'word-penalty': 0,
  'cpu-threads': 0,
  'gemm-precision': precision,
  'skip-cost': true,
  alignment: 'soft',
  quiet: true,
  'quiet-translation': true,
  'max-length-break': 128,
  'mini-batch-words': 1024,
  workspace: 128,
  'max-length-factor': 2.0,
};

/** Loads the library and the model once. */
async function open() {
  const Module = await load();
  const service = new Module.BlockingService({ cacheSize: 0 });
  const list = new Module.AlignedMemoryList();
  const memory = aligned(Module, model, 256);
  const lexicon = shortlist === null ? null : aligned(Module, shortlist, 64);
  for (const path of vocabs) list.push_back(aligned(Module, path, 64));
  const lines = Object.entries(settings).map(([name, value]) => `${name}: ${value}\n`);
  const translation = new Module.TranslationModel(lines.join(''), memory, lexicon, list, null);
  return (texts) => {
    const input = new Module.VectorString();
    const options = new Module.VectorResponseOptions();
    for (const text of texts) {
      input.push_back(text);
      options.push_back({ qualityScores: false, alignment: false, html: true });
    }
    const responses = service.translate(translation, input, options);
    input.delete();
    options.delete();
    const answers = texts.map((_, index) => responses.get(index).getTranslatedText());
    responses.delete();
    return answers;
  };
}

const opened = open();
parentPort.on('message', async (texts) => {
  try {
    parentPort.postMessage({ texts: (await opened)(texts) });
  } catch (error) {
    // Exceptions of C++ are numbers, and what they say was printed.
    const said = /\] Error: ([^\n]{1,200})/.exec(printed)?.[1];
    const why = said ?? (error instanceof Error ? error.message.slice(0, 200) : 'it ended with an error');
    parentPort.postMessage({ failure: `the model ${model} cannot be used (${why.trim()})` });
  }
});
