import type { Command } from 'commander';
import { print } from '../output.ts';

/** `port inspect` */
export function addInspect(program: Command): void {
  program
    .command('inspect')
    .description('what is in an export, what can be fetched')
    .argument('<export>')
    .option('--json', 'one JSON document')
    .option('--skeleton', 'the structure with every value blanked, for a bug report')
    .action(async (path: string, flags: { json?: true; skeleton?: true }) => {
      const { runInspect } = await import('./inspect/run-inspect.ts');
      print(await runInspect(path, flags));
    });
}
