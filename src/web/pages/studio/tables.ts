/**
 * The words that the planning looks up, as data: build.mjs takes their modules out of the script. They have to be here
 * before the first of those modules is evaluated.
 */
export let tables: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {};

export async function loadTables(): Promise<void> {
  const answer = await fetch('tables.json');
  if (!answer.ok) throw new Error(`tables.json: ${answer.status}`);
  tables = JSON.parse(await answer.text(), revived);
}

/** Patterns are written as `{ pattern, flags }`. */
function revived(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('pattern' in value) || !('flags' in value)) return value;
  return new RegExp(String(value.pattern), String(value.flags));
}
