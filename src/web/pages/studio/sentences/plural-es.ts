const rules = new Intl.PluralRules('es');

/** `1 publicación`, `2 publicaciones`. */
export function many(count: string | number, one: string, other: string): string {
  return rules.select(Number(count)) === 'one' ? one : other;
}
