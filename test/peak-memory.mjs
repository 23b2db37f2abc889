import { readFileSync } from 'node:fs';

/** The most memory of this process so far, in MB. On Linux `maxRSS` begins with what the process that started it had. */
export function peakMegabytes() {
  const { maxRSS } = process.resourceUsage();
  const own =
    process.platform === 'linux' ? /^VmHWM:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] : undefined;
  return Math.round(Number(own ?? maxRSS) / 1024);
}
