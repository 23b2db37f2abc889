/** `npm run torture` takes its time; in CI a few cases of each kind have to do. */
export const long = process.env['PORT_TORTURE'] === 'long';

/** How many cases of a kind: a few in CI, many on demand (`PORT_TORTURE_CASES` names another number). */
export function cases(few: number, many: number): number {
  return long ? Number(process.env['PORT_TORTURE_CASES'] ?? many) : few;
}
