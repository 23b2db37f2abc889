import type { Command } from 'commander';
import { targetNames } from '../../config/option-values.ts';
import { handOverNames } from '../../handover/names.ts';
import { print, printSentences, say } from '../output.ts';
import type { HandOverFlags } from './hand-over/run-hand-over.ts';

const collect = (value: string, before: string[] | undefined) => [...(before ?? []), value];

/** `port hand-over` */
export function addHandOver(program: Command): void {
  const command = program
    .command('hand-over')
    .description('write what a publishing tool takes')
    .argument('[folder]', 'what port wrote: all of it, an account, or a platform (default: ported)');
  const tool = command.createOption('--for <tool>', 'the tool');
  tool.argChoices = [...handOverNames];
  command
    .addOption(tool)
    .option('--to <targets>', `which platforms: ${targetNames.join(', ')}; a comma list (default: all that it takes)`)
    .option('--account <name>', 'only this account')
    .option('--only <keys>', 'just these posts; comma list, repeatable', collect)
    .option('--out <dir>', 'where to write (default: hand-over)')
    .option('--answers <file>', 'what only you can say of a post: {"<key>": {"madeForKids": false, "ownWork": true}}')
    .option('--made-for-kids <answer>', 'yes or no, for all posts: YouTube asks')
    .option('--json', 'one JSON document: what was written, what was left out')
    .action(async (folder: string | undefined, flags: HandOverFlags) => {
      const { runHandOver } = await import('./hand-over/run-hand-over.ts');
      const text = await runHandOver(folder ?? 'ported', flags, say);
      if (flags.json) print(text);
      else printSentences(text);
    });
}
