import { isNarrowed } from './lost-letters.ts';
import { isReformatted } from './number-cells.ts';

/** The columns of captions.csv for what a person chooses for one post. port only writes what it read there. */
export const choiceColumns = ['cover', 'targets', 'fit'] as const;
export type ChoiceColumn = (typeof choiceColumns)[number];

/** The cells of a post in these columns, as a person wrote them; empty: nothing was chosen. */
export type Choices = Readonly<Record<ChoiceColumn, string>>;

/** The cells as read; null where the row or the column is missing. */
export type ChoiceCells = Readonly<Record<ChoiceColumn, string | null>>;

/** The cells as an earlier run recorded them; absent if empty. */
export type RecordedChoices = Readonly<Partial<Record<ChoiceColumn, string>>>;

/** A value for each column. */
export function forEachChoice<T>(make: (column: ChoiceColumn) => T): Readonly<Record<ChoiceColumn, T>> {
  return { cover: make('cover'), targets: make('targets'), fit: make('fit') };
}

export const noChoices: Choices = forEachChoice(() => '');

/**
 * What a person chose for a post. Where the sheet, its row or its column is missing, the recorded value stays; an emptied
 * cell takes the choice back.
 * @param given what options of this run choose, which overrides the sheet
 */
export function mergeChoices(
  row: ChoiceCells | null,
  kept: RecordedChoices | undefined,
  given: RecordedChoices,
  { narrow }: { readonly narrow: boolean },
): RecordedChoices {
  const merge = (column: ChoiceColumn): string => {
    const before = kept?.[column] ?? '';
    const found = (row?.[column] ?? before).trim();
    const isLeft = found === before || isReformatted(found, before) || (narrow && isNarrowed(found, before));
    return given[column] ?? (isLeft ? before : found);
  };
  return filledChoices(forEachChoice(merge));
}

/** Without the empty ones. */
export function filledChoices(choices: RecordedChoices): RecordedChoices {
  return Object.fromEntries(choiceColumns.flatMap((column) => (choices[column] ? [[column, choices[column]]] : [])));
}
