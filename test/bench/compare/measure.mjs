/** What a piece of work costs: the clock, the processors, the memory. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';

const isLinux = process.platform === 'linux';
const ticks = isLinux ? Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' })) : 1;

/** Of this process and of the children that ended, in seconds; 0 where it cannot be told. */
export function cpuSeconds() {
  if (!isLinux) return 0;
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ');
  return fields.slice(11, 15).reduce((sum, each) => sum + Number(each), 0) / ticks;
}

/** Resident memory of all processes below this one, in megabytes. */
function childrenMegabytes() {
  const parents = new Map();
  const sizes = new Map();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      parents.set(pid, /^PPid:\t(\d+)/m.exec(status)?.[1]);
      sizes.set(pid, Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024);
    } catch {
      // It ended meanwhile.
    }
  }
  const isBelow = (pid) => pid !== undefined && (parents.get(pid) === `${process.pid}` || isBelow(parents.get(pid)));
  return [...sizes].reduce((sum, [pid, size]) => (isBelow(pid) ? sum + size : sum), 0);
}

/**
 * CPU and memory are counted on Linux only; elsewhere they are null. The memory is looked at ten times a second.
 * @param work starts processes of its own and waits for them without blocking
 */
export async function measured(work) {
  let peak = 0;
  const timer = isLinux ? setInterval(() => (peak = Math.max(peak, childrenMegabytes())), 100) : undefined;
  const cpu = cpuSeconds();
  const from = performance.now();
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  const seconds = (performance.now() - from) / 1000;
  return {
    seconds,
    cpuSeconds: isLinux ? cpuSeconds() - cpu : null,
    peakMegabytes: isLinux ? Math.round(peak) : null,
  };
}

export function machine() {
  return `${cpus()[0].model}, ${cpus().length} cores, ${process.platform}, Node ${process.versions.node}`;
}
