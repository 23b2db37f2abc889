import {
  guarded,
  type OwnColumn,
  ownColumns,
  type Table,
  tableText,
  withoutControls,
} from '../captions/spreadsheet.ts';

/** A row of captions.csv. */
export type SheetRow = Readonly<Record<OwnColumn, string>> & {
  /** Cells in the columns of translations and transcripts, which come last. */
  readonly more?: Readonly<Record<string, string>>;
};

/**
 * The new content of captions.csv; null if the file already has these values and is in Unicode. Existing rows keep
 * their order, new rows are added at the top; rows of other posts and columns that a person added are kept.
 * @param rows cells that are missing in a row stay as they are
 * @param before the existing table, with its cells unescaped
 */
export function captionsCsv(
  rows: readonly (Pick<SheetRow, 'key'> & Partial<SheetRow>)[],
  before: Table | null,
): string | null {
  const isOwn = (name: string) => (ownColumns as readonly string[]).includes(name);
  const { header: there, rows: lines }: Pick<Table, 'header' | 'rows'> = before ?? { header: [], rows: [] };
  const extra = there.filter((name) => name !== '' && !isOwn(name));
  const last = new Set(rows.flatMap(({ more }) => Object.keys(more ?? {}).filter((name) => !isOwn(name))));
  const header: readonly string[] = [
    ...ownColumns,
    ...extra,
    ...[...last].filter((name) => !extra.includes(name)).sort(byLanguage),
  ];
  const keyColumn = there.indexOf('key');
  const byKey = new Map(rows.map((row) => [row.key, valuesIn(row)]));
  const seen = new Set<string>();
  const kept = lines.map((line) => {
    const key = line[keyColumn]?.trim() ?? '';
    const fresh = seen.has(key) ? undefined : byKey.get(key);
    seen.add(key);
    return header.map((name) => withoutControls(fresh?.get(name) ?? line[there.indexOf(name)] ?? ''));
  });
  const added = rows.filter(({ key }) => !seen.has(key)).map(valuesIn);
  const table = [...added.map((values) => header.map((name) => withoutControls(values.get(name) ?? ''))), ...kept];
  if (before && !before.legacy && isSame(before, header, table)) return null;
  return tableText([header, ...table.map((row) => row.map(guarded))], before?.delimiter);
}

/** The cells of a row by the names of their columns. */
function valuesIn({ more, ...own }: Partial<SheetRow>): ReadonlyMap<string, string> {
  return new Map(Object.entries({ ...more, ...own }));
}

/** `title_es` before `caption_es`, and `speech` last. */
function byLanguage(one: string, other: string): number {
  const place = (name: string) => {
    const [part, language = '\uffff'] = name.split('_');
    return `${language} ${part === 'title' ? 0 : 1}`;
  };
  return place(one) < place(other) ? -1 : 1;
}

function isSame(before: Table, header: readonly string[], table: readonly (readonly string[])[]): boolean {
  const places = header.map((name) => before.header.indexOf(name));
  const isRow = (row: readonly string[], number: number) =>
    places.every((place, column) => row[column] === (before.rows[number]?.[place] ?? ''));
  return places.every((place) => place >= 0) && table.every(isRow);
}
