/**
 * Measures what large exports cost. Run by hand after a build: node test/bench/exports.mjs [posts] [gigabytes]
 * 1. an export of 100,000 posts against the bare JSON.parse of the same file (each in a process of its own)
 * 2. a ZIP of 20 GB (a sparse file) listed, with the memory it took
 */
import { execFileSync } from 'node:child_process';
import { closeSync, ftruncateSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [mode, path] = process.argv.slice(2);
const peak = () => Math.round(process.resourceUsage().maxRSS / 1024);

if (mode === 'parse') {
  const start = performance.now();
  JSON.parse(readFileSync(path, 'utf8'));
  console.log(JSON.stringify({ ms: Math.round(performance.now() - start), peakMB: peak() }));
} else if (mode === 'inspect' || mode === 'document') {
  const { createArchives } = await import('../../build/tools/archives.js');
  const { inspect } = await import('../../build/cli/commands/inspect/inspect.js');
  const { inspectDocument } = await import('../../build/report/inspect.js');
  const start = performance.now();
  const result = await inspect(path, { archives: createArchives(), now: () => 1_741_200_000 });
  if (mode === 'document') inspectDocument(result, (issue) => issue.code);
  console.log(
    JSON.stringify({ ms: Math.round(performance.now() - start), peakMB: peak(), posts: result.counts.posts }),
  );
} else {
  const folder = mkdtempSync(join(tmpdir(), 'content-port-bench-'));
  try {
    const json = join(folder, 'user_data_tiktok.json');
    writeExport(json, Number(mode ?? 100_000));
    console.log(`export of ${Math.round(statSync(json).size / 1e6)} MB`);
    for (const step of ['parse', 'inspect', 'document', 'parse', 'inspect', 'document']) run(step, json);
    const zip = join(folder, 'large.zip');
    writeSparseZip(zip, Number(path ?? 20) * 1024, json);
    console.log(`ZIP of ${Math.round(statSync(zip).size / 1e9)} GB`);
    run('inspect', zip);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run(step, file) {
  const output = execFileSync(process.execPath, [fileURLToPath(import.meta.url), step, file], { encoding: 'utf8' });
  console.log(step.padEnd(9), output.trim());
}

function writeExport(file, posts) {
  const out = openSync(file, 'w');
  writeSync(out, '{"Profile":{"Profile Info":{"ProfileMap":{"userName":"maya"}}},"Post":{"Posts":{"VideoList":[');
  for (let i = 0; i < posts; i++) {
    const date = new Date((1_740_000_000 - i * 977) * 1000).toISOString().slice(0, 19).replace('T', ' ');
    const object = ((i * 2_654_435_761) % 4_294_967_296).toString(36).padStart(20, 'o');
    writeSync(
      out,
      (i ? ',' : '') +
        JSON.stringify({
          Date: date,
          Link: `https://video-useast5.tiktokv.us/storage/v1/tos-useast5-ve-0068c001-tx/${object}?a=1233&bti=${'Ojw3Mzc4'.repeat(8)}&br=${i % 4000}&mime_type=video_mp4&rc=${'M3Y7eHg5cjY4'.repeat(16)}&vvpl=1&l=${object.repeat(4)}&x-tos-algorithm=v2&x-tos-expires=1741770904&x-tos-signature=${object}`,
          Likes: String(i % 5000),
          WhoCanView: 'Everyone',
          AllowComments: 'Yes',
          AllowStitches: 'No',
          AllowDuets: 'No',
          AllowStickers: 'No',
          AllowSharingToStory: 'No',
          ContentDisclosure: '',
          AIGeneratedContent: '',
          Sound: 'original sound - maya',
          Location: '',
          Title: '',
          AddYoursText: 'N/A',
        }),
    );
  }
  writeSync(out, ']}}}');
  closeSync(out);
}

/** Stored entries of 1 MB of nothing (the bytes are holes in the file), and a small export. ZIP64, as it passes 4 GB. */
function writeSparseZip(file, entries) {
  const out = openSync(file, 'w');
  const size = 1024 * 1024;
  const small = Buffer.from('{"Post":{"Posts":{"VideoList":[{"Date":"2025-03-02 09:15:04","Link":"N/A"}]}}}');
  const directory = [];
  let at = 0;
  const add = (name, bytes, content) => {
    const label = Buffer.from(name);
    const local = Buffer.alloc(30 + label.length);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(45, 4);
    local.writeUInt32LE(bytes, 18);
    local.writeUInt32LE(bytes, 22);
    local.writeUInt16LE(label.length, 26);
    label.copy(local, 30);
    writeSync(out, local, 0, local.length, at);
    if (content) writeSync(out, content, 0, content.length, at + local.length);
    const central = Buffer.alloc(46 + label.length + 12);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(45, 6);
    central.writeUInt32LE(content ? crc(content) : 0, 16);
    central.writeUInt32LE(bytes, 20);
    central.writeUInt32LE(bytes, 24);
    central.writeUInt16LE(label.length, 28);
    central.writeUInt16LE(12, 30);
    central.writeUInt32LE(0xffffffff, 42);
    label.copy(central, 46);
    central.writeUInt16LE(1, 46 + label.length);
    central.writeUInt16LE(8, 48 + label.length);
    central.writeBigUInt64LE(BigInt(at), 50 + label.length);
    directory.push(central);
    at += local.length + bytes;
  };
  add('user_data_tiktok.json', small.length, small);
  for (let i = 0; i < entries; i++) add(`media/${i}.mp4`, size, null);
  const list = Buffer.concat(directory);
  ftruncateSync(out, at);
  writeSync(out, list, 0, list.length, at);
  const end = Buffer.alloc(56 + 20 + 22);
  end.writeUInt32LE(0x06064b50, 0);
  end.writeBigUInt64LE(44n, 4);
  end.writeBigUInt64LE(BigInt(directory.length), 24);
  end.writeBigUInt64LE(BigInt(directory.length), 32);
  end.writeBigUInt64LE(BigInt(list.length), 40);
  end.writeBigUInt64LE(BigInt(at), 48);
  end.writeUInt32LE(0x07064b50, 56);
  end.writeBigUInt64LE(BigInt(at + list.length), 64);
  end.writeUInt32LE(1, 72);
  end.writeUInt32LE(0x06054b50, 76);
  end.fill(0xff, 84, 96);
  writeSync(out, end, 0, end.length, at + list.length);
  closeSync(out);
}

function crc(bytes) {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let i = 0; i < 8; i++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}
