/**
 * The record that a script keeps next to itself, so that it can be stopped and started again: a table to which it appends a
 * line for each step. The last line of a post counts. `port posted --from` reads it too.
 */

export const memoryHeader = 'post,tick,target,at,url';

/**
 * `begun`: it is being sent; if no line follows, the outcome is unknown. `failed`: the tool reported a failure. `private`,
 * `draft`: the tool has it, but nobody sees it yet. `done`: it is out, or will be at its time.
 */
export type Tick = 'begun' | 'failed' | 'private' | 'draft' | 'done';

/** `sau.sent.csv` */
export function memoryName(tool: string): string {
  return `${tool}.sent.csv`;
}
