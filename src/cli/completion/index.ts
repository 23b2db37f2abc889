import { bashScript } from './bash.ts';
import { fishScript } from './fish.ts';
import type { Offer } from './offer.ts';
import { zshScript } from './zsh.ts';

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

export type Shell = keyof typeof scripts;

/** The completion script for a shell. */
export function completionScript(shell: Shell, offers: readonly Offer[]): string {
  return scripts[shell](offers);
}
