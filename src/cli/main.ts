import { Command } from 'commander';
import { version } from '../version.ts';
import { addCheck } from './commands/check.ts';
import { addCompletion } from './commands/completion.ts';
import { addDoctor } from './commands/doctor.ts';
import { addFetch } from './commands/fetch.ts';
import { addHandOver } from './commands/hand-over.ts';
import { addInspect } from './commands/inspect.ts';
import { addPlan } from './commands/plan.ts';
import { addPosted } from './commands/posted.ts';
import { checkHelpTopic } from './commands/posts/mistyped.ts';
import { addPosts } from './commands/posts.ts';
import { addQueue } from './commands/queue.ts';
import { addSchema } from './commands/schema.ts';
import { addServe } from './commands/serve.ts';
import { addStudio } from './commands/studio.ts';
import { addTargets } from './commands/targets.ts';
import { addWorker } from './commands/worker.ts';
import { exitWith, leave, prepareExit } from './exit.ts';
import { showMainHelp } from './help.ts';
import { reportError } from './report-error.ts';
import { usageError } from './usage-error.ts';

/** The program: its commands, in the order of the help. Modules of a single command are loaded when it runs. */

const program = new Command('port')
  .version(version(), '--version', 'print the version')
  .helpOption('-h, --help', 'print this help')
  .showSuggestionAfterError(true);

const main = addPosts(program);
addFetch(program);
addInspect(program);
addCheck(program);
addTargets(program);
addDoctor(program);
addPlan(program);
addPosted(program);
addHandOver(program);
addServe(program);
addStudio(program);
addSchema(program);
addCompletion(program);
addWorker(program);
addQueue(program);
showMainHelp(program, main);
for (const command of [program, ...program.commands]) {
  command.configureOutput({ outputError: () => {} });
  command.exitOverride((error) => {
    throw usageError(error, command);
  });
}

prepareExit();
try {
  checkHelpTopic(
    process.argv.slice(2),
    program.commands.map((command) => command.name()),
  );
  await program.parseAsync();
} catch (error) {
  exitWith(reportError(error));
}
leave();
