/**
 * Runs one call of the built program's modules in a process of its own and prints what came of it, and the most memory that it
 * ever held: `node peak.mjs <module> <factory> <method> <JSON of arguments>`.
 */
import { peakMegabytes } from '../peak-memory.mjs';

const [module, factory, method, args] = process.argv.slice(2);
const made = await import(new URL(`../../build/${module}`, import.meta.url).href);
const call = factory === '' ? made[method] : made[factory]()[method];
let said;
try {
  said = { value: await call(...JSON.parse(args)) };
} catch (error) {
  said = { error: error instanceof Error ? error.message : String(error) };
}
console.log(JSON.stringify({ ...said, megabytes: peakMegabytes() }));
