import type { Command } from 'commander';
import { seeHelp, UsageError } from '../../errors.ts';
import { interruption } from '../exit.ts';
import { addOptions, writtenFlags } from '../option-flags.ts';
import { printSentences } from '../output.ts';
import { startStudio } from './studio.ts';

/** The main job, which is called without a name. */
export function addPosts(program: Command): Command {
  const command = program
    .command('posts', { isDefault: true, hidden: true })
    .usage('<export...> --to <targets> [options]')
    .description(
      `Makes posts that are ready to upload out of the ZIP that TikTok hands out.

  port TikTok_Data_1766000000.zip --to rednote          your posts, into ./ported
  port TikTok_Data_1766000000.zip --to all --dry-run    what would be done
  port clients/*.zip --to shorts,reels --json           for scripts and CI`,
    )
    .argument('[export...]', 'a TikTok .zip, an unzipped folder, a lone .json or posts .txt')
    .action(async (paths: string[]) => {
      const flags = writtenFlags(command);
      if (paths.length === 0) {
        const isAlone = Object.keys(flags).length === 0 && process.stdin.isTTY && process.stdout.isTTY;
        if (!isAlone) throw new UsageError(seeHelp('No export was named'));
        const { wantsStudio } = await import('./posts/wants-studio.ts');
        if (await wantsStudio()) return await startStudio([], {});
        const { greeting } = await import('./posts/greeting.ts');
        return printSentences(greeting);
      }
      const { checkForMistypedCommand } = await import('./posts/mistyped.ts');
      checkForMistypedCommand(paths, otherCommands(program, command));
      const signal = interruption();
      const { runPosts } = await import('./posts/run-posts.ts');
      await runPosts(paths, flags, signal);
    });
  addOptions(command, () => true);
  return command;
}

function otherCommands(program: Command, main: Command): string[] {
  return program.commands.filter((command) => command !== main).map((command) => command.name());
}
