/**
 * `port worker` as it is built, with less patience: a worker that is lost is missed after some seconds. On a busy machine
 * one that lives may be missed too: a post is given up soon (`PORT_TRIES`) only where that is what is tested. It tells what
 * it does as events on stdout, and kills itself with the post that `PORT_DIE_WITH` names, as a crash in native code would.
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
  const patience = { lostAfter: 2500, lookEvery: 500, tries: Number(process.env.PORT_TRIES ?? 20) };
  await runWorker({ queue, shared, jobs }, { tell }, console.error, stop.signal, patience);
} catch (error) {
  console.error(`port: ${error.message}`);
  process.exitCode = error.exitCode ?? 1;
}
// As cli/exit.ts: BullMQ goes on looking for a Redis that went away.
setTimeout(() => process.exit(), 1000).unref();
