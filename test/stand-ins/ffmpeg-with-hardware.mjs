#!/usr/bin/env node
/**
 * An ffmpeg with an encoder of a graphics card that is none: libx264 does its work. STAND_IN_FFMPEG is the real program,
 * STAND_IN_HARDWARE what happens: `works`, `absent` (not listed), `dead` (listed, fails at once), `breaks` (passes a trial,
 * fails at a render), `lies` (passes a trial, and renders a file that ends early). Each render by it is noted in
 * STAND_IN_LOG.
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';

const { STAND_IN_FFMPEG: real, STAND_IN_HARDWARE: how, STAND_IN_LOG: log } = process.env;
const args = process.argv.slice(2);
const name = 'h264_nvenc';
const at = args.indexOf(name);
const isTrial = args.includes('null');

if (args.includes('-encoders')) {
  const listed = spawnSync(real, args).stdout.toString();
  const others = listed.split('\n').filter((line) => !/ h264_/.test(line));
  const own = how === 'absent' ? [] : [` V....D ${name}           NVIDIA NVENC H.264 encoder (codec h264)`];
  process.stdout.write([...others, ...own].join('\n'));
} else if (at < 0) {
  process.exit(spawnSync(real, args, { stdio: 'inherit' }).status ?? 1);
} else {
  appendFileSync(log, isTrial ? 'trial\n' : 'render\n');
  if (how === 'dead' || (how === 'breaks' && !isTrial)) {
    process.stderr.write('No capable devices found\n');
    process.exit(1);
  }
  const without = new Map([
    ['-rc', 2],
    ['-cq', 2],
    ['-preset', 2],
    ['-b:v', 2],
  ]);
  const own = [];
  for (let index = 0; index < args.length; index++) {
    if (without.has(args[index])) index++;
    else own.push(args[index] === name ? 'libx264' : args[index]);
  }
  if (how === 'lies' && !isTrial) own.splice(-1, 0, '-t', '0.2');
  process.exit(spawnSync(real, own, { stdio: 'inherit' }).status ?? 1);
}
