/** The possible values of an option or argument. */
export type Value =
  | { readonly kind: 'choice' | 'list'; readonly choices: readonly string[] }
  | { readonly kind: 'file' | 'folder' | 'text' };

export interface OfferedOption {
  /** As in `-q, --quiet`, the long one last. */
  readonly flags: readonly string[];
  readonly words: string;
  /** null if the option takes no value. */
  readonly value: Value | null;
  readonly several: boolean;
}

/** The completions of one command, or of the main job. */
export interface Offer {
  /** The command's name; empty for the main job. */
  readonly name: string;
  readonly words: string;
  readonly options: readonly OfferedOption[];
  /** The positional argument; null if there is none. */
  readonly value: Value | null;
}

/** The names of the executable. */
export const programs = ['port', 'content-port'] as const;
