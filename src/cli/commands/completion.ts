import type { Command } from 'commander';
import type { Shell } from '../completion/index.ts';
import { print } from '../output.ts';

const shells: readonly Shell[] = ['bash', 'zsh', 'fish'];

/** `port completion` */
export function addCompletion(program: Command): void {
  program
    .command('completion')
    .description('a script that completes what you type')
    .addArgument(program.createArgument('<shell>').choices(shells))
    .action(async (shell: Shell) => {
      const [{ completionScript }, { completionsOf }] = await Promise.all([
        import('../completion/index.ts'),
        import('../completion/offers-of.ts'),
      ]);
      print(completionScript(shell, completionsOf(program)));
    });
}
