/**
 * The built `port worker` with short intervals, so that a lost worker is noticed after seconds. On a busy machine an active
 * worker may be taken for lost too, so a post gets 20 attempts; only tests of giving up set fewer (`PORT_TRIES`). Prints
 * its events to stdout, and kills itself at the post that `PORT_DIE_WITH` names, like a crash in native code.
 */
import { runWorker } from '../../build/cli/commands/worker/run-worker.js';

const [queue, shared, jobs] = process.argv.slice(2);
const stop = new AbortController();
process.on('SIGINT', () => stop.abort());
const tell = (event) => {
  console.log(JSON.stringify(event));
  if (event.type === 'plan' && event.key === process.env.PORT_DIE_WITH) process.kill(process.pid, 'SIGKILL');
};
try {
  const settings = { lostAfter: 2500, stalledInterval: 500, maxAttempts: Number(process.env.PORT_TRIES ?? 20) };
  await runWorker({ queue, shared, jobs }, { tell }, console.error, stop.signal, settings);
} catch (error) {
  console.error(`port: ${error.message}`);
  process.exitCode = error.exitCode ?? 1;
}
// As cli/exit.ts: BullMQ goes on looking for a Redis that went away.
setTimeout(() => process.exit(), 1000).unref();
