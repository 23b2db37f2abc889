import type { Command } from 'commander';
import { interruption } from '../exit.ts';
import { addOptions, writtenFlags } from '../option-flags.ts';

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
    .argument('<export...>', 'a TikTok .zip, an unzipped folder, a lone .json or posts .txt')
    .action(async (paths: string[]) => {
      const signal = interruption();
      const { runPosts } = await import('./posts/run-posts.ts');
      await runPosts(paths, writtenFlags(command), signal);
    });
  addOptions(command, () => true);
  return command;
}
