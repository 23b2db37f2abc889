import { readFileSync, statSync } from 'node:fs';

/** Of this package, from the one place that says it. */
export function version(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** Tells one build of a clone from the next, where the version does not. */
export function build(): number {
  return statSync(new URL(import.meta.url)).mtimeMs;
}
