/**
 * Loaded before the program (`node --import`): kills it, as `kill -9` does, just before its n-th change of the disk or
 * start of a program (`PORT_DIE_AT`). Counts them where that is none, and writes the number into `PORT_COUNT_INTO`.
 */
import childProcess from 'node:child_process';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const dieAt = Number(process.env.PORT_DIE_AT ?? 0);
const countInto = process.env.PORT_COUNT_INTO;
let count = 0;

function step() {
  count++;
  if (count !== dieAt) return;
  process.kill(process.pid, 'SIGKILL');
  // Nothing more happens until the signal arrives.
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
}

function counted(object, name) {
  const original = object[name];
  object[name] = function (...args) {
    step();
    return original.apply(this, args);
  };
}

const changes = ['rename', 'link', 'rm', 'writeFile', 'mkdir', 'copyFile', 'utimes', 'chmod', 'open'];
for (const name of changes) counted(fs.promises, name);
for (const name of changes.filter((each) => each !== 'rm')) counted(fs, `${name}Sync`);
counted(fs, 'createWriteStream');
counted(childProcess, 'spawn');
syncBuiltinESMExports();

if (countInto !== undefined) process.on('exit', () => fs.writeFileSync(countInto, String(count)));
