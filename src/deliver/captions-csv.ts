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
  const extra = before?.header.filter((name) => name !== '' && !isOwn(name)) ?? [];
  const last = new Set(rows.flatMap(({ more }) => Object.keys(more ?? {}).filter((name) => !isOwn(name))));
  const header: readonly string[] = [
    ...ownColumns,
    ...extra,
    ...[...last].filter((name) => !extra.includes(name)).sort(byLanguage),
  ];
  const keyColumn = before?.header.indexOf('key') ?? -1;
  const byKey = new Map(rows.map((row) => [row.key, row]));
  const cell = (row: readonly string[], name: string) => row[before?.header.indexOf(name) ?? -1] ?? '';
  const there = new Set<string>();
  const kept = (before?.rows ?? []).map((row) => {
    const key = (row[keyColumn] ?? '').trim();
    const fresh = there.has(key) ? undefined : byKey.get(key);
    there.add(key);
    return header.map((name) => withoutControls(valueIn(fresh, name) ?? cell(row, name)));
  });
  const added = rows.filter(({ key }) => !there.has(key));
  const table = [...added.map((row) => header.map((name) => withoutControls(valueIn(row, name) ?? ''))), ...kept];
  if (before && !before.legacy && added.length === 0 && isSame(before, header, table)) return null;
  return tableText([header, ...table.map((row) => row.map(guarded))], before?.delimiter);
}

function valueIn(row: Partial<SheetRow> | undefined, name: string): string | undefined {
  return name === 'more' ? undefined : (row?.[name as OwnColumn] ?? row?.more?.[name]);
}

/** `title_es` before `caption_es`, and `speech` last. */
function byLanguage(one: string, other: string): number {
  const place = (name: string) => {
    const [part = '', language = '\uffff'] = name.split('_');
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
