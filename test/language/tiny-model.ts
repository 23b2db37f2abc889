import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The smallest model that Bergamot takes: a transformer of one layer and 64 numbers a word, in marian's binary form
 * (https://github.com/marian-nmt/marian-dev, src/common/binary.cpp), with a vocabulary of SentencePiece. It learned
 * nothing: its bias makes it say one word over and over. All the same the library has to load, quantise and run it.
 */
const width = 64;
const letters = 'abcdefghijklmnopqrstuvwxyz';
const word = '▁hola';
const pieces = [
  '</s>',
  '<unk>',
  '▁',
  word,
  ...letters,
  ...letters.toUpperCase(),
  '.',
  ',',
  '!',
  '?',
  "'",
  '-',
  ':',
  ';',
];
const vocabulary = pieces.concat(Array.from({ length: 72 - pieces.length }, (_, index) => `<${index}>`));

type Item = { readonly name: string; readonly shape: readonly number[]; readonly type: number; readonly data: Buffer };

/** Not zero, because numbers are divided by the largest of them. */
function numbers(name: string, shape: readonly number[], value?: (index: number) => number): Item {
  const size = shape.reduce((product, each) => product * each, 1);
  const data = Buffer.alloc(4 * size);
  for (let index = 0; index < size; index++)
    data.writeFloatLE(value?.(index) ?? 0.02 * Math.sin(index * 12.9898 + name.length), 4 * index);
  return { name, shape, type: 0x0404, data };
}

const settings = `
type: transformer
tied-embeddings-all: true
tied-embeddings: false
tied-embeddings-src: false
dim-emb: ${width}
dim-vocabs: [${vocabulary.length}, ${vocabulary.length}]
enc-depth: 1
dec-depth: 1
transformer-heads: 1
transformer-dim-ffn: ${width}
transformer-decoder-dim-ffn: ${width}
transformer-ffn-depth: 2
transformer-decoder-ffn-depth: 0
transformer-ffn-activation: relu
transformer-dim-aan: ${width}
transformer-aan-depth: 2
transformer-aan-activation: swish
transformer-aan-nogate: false
transformer-no-projection: false
transformer-tied-layers: []
transformer-guided-alignment-layer: last
transformer-preprocess: ""
transformer-postprocess: dan
transformer-postprocess-emb: d
transformer-postprocess-top: ""
transformer-decoder-autoreg: self-attention
transformer-train-position-embeddings: false
transformer-pool: false
max-length: 100
ulr: false
lemma-dim-emb: 0
input-types: []
version: v1.9.0
`;

function attention(name: string): Item[] {
  const parts = ['q', 'k', 'v', 'o'].flatMap((part) => [
    numbers(`${name}_W${part}`, [width, width]),
    numbers(`${name}_b${part}`, [1, width]),
  ]);
  return [...parts, ...norm(`${name}_Wo`)];
}

function norm(name: string): Item[] {
  return [numbers(`${name}_ln_scale`, [1, width], () => 1), numbers(`${name}_ln_bias`, [1, width])];
}

function forward(name: string): Item[] {
  return [
    ...[1, 2].flatMap((depth) => [
      numbers(`${name}_W${depth}`, [width, width]),
      numbers(`${name}_b${depth}`, [1, width]),
    ]),
    ...norm(`${name}_ffn`),
  ];
}

function items(): Item[] {
  const yaml = Buffer.from(`${settings}\0`);
  const bias = (index: number) => (vocabulary[index] === word ? 100 : 0);
  return [
    numbers('Wemb', [vocabulary.length, width]),
    ...attention('encoder_l1_self'),
    ...forward('encoder_l1_ffn'),
    ...attention('decoder_l1_self'),
    ...attention('decoder_l1_context'),
    ...forward('decoder_l1_ffn'),
    numbers('decoder_ff_logit_out_b', [1, vocabulary.length], bias),
    { name: 'special:model.yml', shape: [yaml.length], type: 0x0101, data: yaml },
  ];
}

function uint64(...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(8 * values.length);
  for (const [index, value] of values.entries()) buffer.writeBigUInt64LE(BigInt(value), 8 * index);
  return buffer;
}

/** Each item begins at a multiple of 256 bytes. */
function padded(data: Buffer): Buffer {
  return Buffer.concat([data, Buffer.alloc((256 - (data.length % 256)) % 256)]);
}

function modelFile(): Buffer {
  const all = items().map((item) => ({ ...item, data: padded(item.data) }));
  const headers = all.map(({ name, type, shape, data }) => uint64(name.length + 1, type, shape.length, data.length));
  const names = all.map(({ name }) => Buffer.from(`${name}\0`));
  const shapes = all.map(({ shape }) => Buffer.from(Int32Array.from(shape).buffer));
  const head = Buffer.concat([uint64(1, all.length), ...headers, ...names, ...shapes]);
  const offset = (256 - ((head.length + 8) % 256)) % 256;
  return Buffer.concat([head, uint64(offset), Buffer.alloc(offset), ...all.map(({ data }) => data)]);
}

/** A field of a protocol buffer: a number, a float, or bytes. */
function field(number: number, value: number | { readonly float: number } | Buffer | string): Buffer {
  if (typeof value === 'number') return Buffer.concat([varint(number * 8), varint(value)]);
  if (typeof value === 'object' && 'float' in value) {
    const data = Buffer.alloc(4);
    data.writeFloatLE(value.float);
    return Buffer.concat([varint(number * 8 + 5), data]);
  }
  const data = Buffer.from(value as string);
  return Buffer.concat([varint(number * 8 + 2), varint(data.length), data]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return Buffer.from([...bytes, Number(rest)]);
}

/** ModelProto of sentencepiece_model.proto. */
function vocabularyFile(): Buffer {
  const kinds = { control: 3, unknown: 2, normal: 1 } as const;
  const kindOf = (piece: string) =>
    piece === '</s>' ? kinds.control : piece === '<unk>' ? kinds.unknown : kinds.normal;
  const entries = vocabulary.map((piece, index) =>
    field(1, Buffer.concat([field(1, piece), field(2, { float: -index / 10 }), field(3, kindOf(piece))])),
  );
  const trainer = Buffer.concat([field(3, 1), field(40, 1), field(41, -1), field(42, 0), field(43, -1)]);
  return Buffer.concat([...entries, field(2, trainer), field(3, field(1, 'identity'))]);
}

/** Writes the model into a folder, as Firefox has its own. @returns the word that it says */
export async function writeTinyModel(folder: string, pair = 'enes'): Promise<string> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `model.${pair}.intgemm8.bin`), modelFile());
  await writeFile(join(folder, `vocab.${pair}.spm`), vocabularyFile());
  return word.slice(1);
}
