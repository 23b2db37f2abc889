/**
 * The memory of `port` itself while it works on large videos: 2 GB each, of noise, copied for RedNote and
 * cut into three parts with a cover each for Shorts. Goal: under 150 MB, whatever the video's size.
 *
 *   npm run build && node test/bench/memory.mjs
 *
 * Linux only (it asks /proc for the peak). Needs ffmpeg with libx264 and 6 GB of disk; takes three minutes.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../../bin/port.js', import.meta.url));
const day = '2025-03-01';
const list = [{ Date: `${day} 10:00:00`, Link: 'https://example.org/1.mp4', Likes: '1' }];
const exported = { Post: { Posts: { VideoList: list } } };

/** Ten seconds of noise over and over: what is large is the file, not the work of making it. */
function makeVideo(folder, size, rate) {
  const clip = join(folder, 'clip.mp4');
  const picture = `testsrc2=s=${size}:r=30:d=10,noise=alls=20:allf=t`;
  const quick = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '60', '-pix_fmt', 'yuv420p'];
  const bits = ['-b:v', rate, '-maxrate', rate, '-bufsize', rate, '-c:a', 'aac', '-shortest'];
  const run = (...args) => execFileSync('ffmpeg', ['-v', 'error', '-y', ...args]);
  run('-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', 'sine=r=48000', ...quick, ...bits, '-t', '10', clip);
  const media = join(folder, 'media');
  mkdirSync(media);
  const video = join(media, `${day} 10-00-00.mp4`);
  run('-stream_loop', '52', '-i', clip, '-c', 'copy', '-movflags', '+faststart', video);
  return { media, bytes: statSync(video).size };
}

async function peakOf(folder, media) {
  const file = join(folder, 'user_data_tiktok.json');
  writeFileSync(file, JSON.stringify(exported));
  const from = ['--media', media, '--offline', '--no-listing', '--to', 'rednote,shorts', '--jobs', '1'];
  const child = spawn(process.execPath, [bin, file, ...from, '--out', join(folder, 'out'), '--quiet'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let peak = 0;
  let ended = false;
  child.on('exit', () => {
    ended = true;
  });
  while (!ended) {
    try {
      const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? [];
      peak = Math.max(peak, Number(kilobytes ?? 0));
    } catch {}
    await setTimeout(100);
  }
  if (child.exitCode !== 0) throw new Error(`port ended with ${child.exitCode}`);
  return peak / 1024;
}

for (const [size, rate] of [
  ['1080x1920', '32M'],
  ['2160x3840', '32M'],
]) {
  const folder = mkdtempSync(join(tmpdir(), 'port-memory-'));
  try {
    const { media, bytes } = makeVideo(folder, size, rate);
    const peak = await peakOf(folder, media);
    console.log(`${size}, ${(bytes / 1e9).toFixed(1)} GB: ${peak.toFixed(0)} MB`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
