import { optionSchemas } from '../../config/options.ts';
import type { Value } from './offer.ts';

/** The values that a placeholder in the help stands for, as in `--out <dir>`, `[folder]`. */
const kinds: Readonly<Record<string, 'file' | 'folder'>> = {
  dir: 'folder',
  folder: 'folder',
  export: 'file',
  path: 'file',
  file: 'file',
};

/**
 * @param name the option's name in camel case
 * @param placeholder as in the help, without brackets
 */
export function offeredValue(name: string, placeholder: string): Value {
  const { enum: choices, examples, items } = optionSchemas().get(name) ?? {};
  const listed = typeof items === 'object' && !Array.isArray(items) ? (items.examples ?? items.enum) : undefined;
  if (listed) return { kind: 'list', choices: texts(listed) };
  const one = choices ?? (Array.isArray(examples) ? examples : undefined);
  return one ? { kind: 'choice', choices: texts(one) } : { kind: kinds[placeholder] ?? 'text' };
}

function texts(values: readonly unknown[]): string[] {
  return values.filter((value) => typeof value === 'string');
}
