/** How long `port --help` takes against `node -e 0`: run by hand after a build, `node test/bench/startup.mjs`. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const port = fileURLToPath(new URL('../../bin/port.js', import.meta.url));
const rounds = 21;

const once = (args) => {
  const start = performance.now();
  execFileSync(process.execPath, args, { stdio: 'ignore' });
  return performance.now() - start;
};
const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

// In turn, so that a machine that slows down slows down both.
const ratios = Array.from({ length: rounds }, () => once([port, '--help']) / once(['-e', '0']));
console.log(`port --help takes ${median(ratios).toFixed(2)} times as long as node -e 0 (median of ${rounds})`);
