/**
 * How long the join of captions takes beyond reading them: `npm run build && node test/bench/captions.mjs [posts]`.
 * 100,000 posts and as many notes should join in less than 2 s.
 */
import { match } from '../../build/captions/match.js';

const count = Number(process.argv[2] ?? 100_000);
const start = 1_500_000_000;
const note = { source: 'sidecar', origin: 'x', key: null, tiktokId: null, uploader: null, title: null, hashtags: null };
const unknown = { kind: null, seconds: null, likes: null, sound: null };

for (const [name, gap] of [
  ['an hour apart', 3600],
  ['a minute apart', 60],
  ['chained, 20 s apart', 20],
]) {
  const posts = Array.from({ length: count }, (_, n) => {
    return { ...unknown, key: `p${n}`, time: start + n * gap, tiktokId: null, kind: 'video', likes: n % 1000 };
  });
  const notes = posts.map(({ time, likes }, n) => {
    const id = ((BigInt(time) << 32n) + BigInt(n)).toString();
    return { ...note, ...unknown, tiktokId: id, time: time + 2 + (n % 10), text: `caption ${n}`, likes };
  });
  const began = performance.now();
  const used = process.cpuUsage();
  const { fits } = match(posts, notes);
  const wall = ((performance.now() - began) / 1000).toFixed(2);
  const cpu = (process.cpuUsage(used).user / 1e6).toFixed(2);
  console.log(`${name}: ${fits.size} of ${count} joined in ${wall} s (${cpu} s of all cores)`);
}
