#!/usr/bin/env node
// Debian's apertium for `--translator command:`: English to Spanish, a start for each text.
import { execFileSync } from 'node:child_process';
import { createInterface } from 'node:readline';

for await (const line of createInterface({ input: process.stdin })) {
  const { id, text } = JSON.parse(line);
  // -u: unknown words without a mark. It opens /dev/stdin, which the sockets that Node makes do not allow: hence cat.
  const translated = execFileSync('sh', ['-c', 'cat | apertium -u eng-spa'], { input: `${text}\n`, encoding: 'utf8' });
  console.log(JSON.stringify({ id, text: translated }));
}
