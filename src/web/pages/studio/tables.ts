/**
 * The words that the planning and the languages look up, as data: build.mjs takes their modules out of the script. They
 * have to be loaded before the first of those modules is evaluated.
 */
export let tables: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {};

/** @param name `tables` for the planning, else the name of a language */
export async function loadTables(name: 'tables' | 'zh' | 'es'): Promise<void> {
  const answer = await fetch(`${name}.json`);
  if (!answer.ok) throw new Error(`${name}.json: ${answer.status}`);
  tables = { ...tables, ...JSON.parse(await answer.text(), revived) };
}

/** Patterns are written as `{ pattern, flags }`. */
function revived(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('pattern' in value) || !('flags' in value)) return value;
  return new RegExp(String(value.pattern), String(value.flags));
}
