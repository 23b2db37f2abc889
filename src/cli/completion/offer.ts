/** What may stand where a value is wanted. */
export type Value =
  | { readonly kind: 'choice' | 'list'; readonly choices: readonly string[] }
  | { readonly kind: 'file' | 'folder' | 'text' };

export interface OfferedOption {
  /** `-q, --quiet`: as they are typed, the long one last. */
  readonly flags: readonly string[];
  readonly words: string;
  /** null: it stands alone. */
  readonly value: Value | null;
  readonly several: boolean;
}

/** What can be typed after the program's name, or after a command's. */
export interface Offer {
  /** Empty for the main job, which has no name. */
  readonly name: string;
  readonly words: string;
  readonly options: readonly OfferedOption[];
  /** What is named without a flag; null: nothing. */
  readonly value: Value | null;
}

/** The names by which the program is called. */
export const programs = ['port', 'content-port'] as const;
