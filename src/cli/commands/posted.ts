import type { Command } from 'commander';
import { targetNames } from '../../config/option-values.ts';
import { print, printSentences, say } from '../output.ts';
import type { PostedFlags } from './posted/run-posted.ts';

/** `port posted` */
export function addPosted(program: Command): void {
  program
    .command('posted')
    .description('say which posts are out, or list them')
    .argument('[key...]', 'posts by their keys: the names of their folders')
    .option('--to <target>', `the platform: ${targetNames.join(', ')}`)
    .option('--account <name>', 'whose posts, where several accounts have them')
    .option('--out <dir>', 'what port wrote (default: ported)')
    .option('--url <address>', 'the link of the post there')
    .option('--at <time>', 'when it went out: 2026-12-31 18:00 (default: now)')
    .option('--undo', 'it is not out')
    .option('--from <file>', 'take ticks that a contact sheet saved (ticks-rednote.csv), or what a tool sent')
    .option('--list', 'list what is out and what is planned')
    .option('--json', 'with --list: one JSON document')
    .action(async (keys: string[], flags: PostedFlags) => {
      const { runPosted } = await import('./posted/run-posted.ts');
      const text = await runPosted(keys, flags, say);
      if (flags.json) print(text);
      else printSentences(text);
    });
}
