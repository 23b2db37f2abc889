import type { SoundSettings } from './plan.ts';

/** Which sound is taken, and how it is encoded. The silent one is the second input. */
export function soundOptions(sound: 'copy' | 'silence' | SoundSettings): string[] {
  if (sound === 'copy') return ['-map', '0:a:0?', '-c:a', 'copy'];
  if (sound === 'silence') return ['-map', '1:a:0', '-c:a', 'aac', '-b:a', '64k'];
  return ['-map', '0:a:0', '-c:a', 'aac', '-b:a', `${sound.kbps}k`, '-ar', '48000', '-ac', String(sound.channels)];
}
