import type { Command } from 'commander';
import { targetNames } from '../../config/option-values.ts';
import type { PlanFlags } from '../../posting/plan-rules.ts';
import { print, printSentences, say } from '../output.ts';

/** `port plan` */
export function addPlan(program: Command): void {
  program
    .command('plan')
    .description('spread posts over days, with a calendar')
    .argument('[folder]', 'what port wrote: all of it, an account, or a platform (default: ported)')
    .option('--per-day <n>', 'posts a day on each platform (default: 2)')
    .option('--at <times>', 'when: a comma list (default: 12:00,18:00)')
    .option('--start <date>', 'the first day: 2026-12-01 (default: tomorrow)')
    .option('--zone <name>', 'the time zone, such as Europe/Lisbon (default: that of this machine)')
    .option('--order <how>', 'oldest, newest or likes first (default: oldest)')
    .option('--to <targets>', `which platforms: ${targetNames.join(', ')}; a comma list, or all (default: all)`)
    .option('--account <name>', 'only this account')
    .option('--gap <time>', 'the least time between two posts, and between a post and itself elsewhere (default: 2h)')
    .option('--skip <weekdays>', 'days without posts, such as sat,sun')
    .option('--clear', 'take back the plan of all that is not posted, and do nothing else')
    .option('--json', 'one JSON document')
    .action(async (folder: string | undefined, flags: PlanFlags) => {
      const { runPlan } = await import('./plan/run-plan.ts');
      const text = await runPlan(folder ?? 'ported', flags, say);
      if (flags.json) print(text);
      else printSentences(text);
    });
}
