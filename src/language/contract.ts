import type { Tools } from '../tools/tools.ts';

/** The contract of translators. An engine is one file that makes a `Translator`; `index.ts` lists them. */

/** A text to translate, with placeholders for what must stay (`protect.ts`). */
export interface Piece {
  /** Says nothing about the post. */
  readonly id: string;
  /** BCP 47; null if unknown. */
  readonly from: string | null;
  readonly to: string;
  readonly text: string;
}

/** Why an engine did not answer, in half a sentence without addresses and keys. */
export interface EngineFailure {
  readonly reason: string;
  /** Another attempt may succeed. */
  readonly again: boolean;
  /** How long the engine asks to wait; null if it does not say. */
  readonly waitMilliseconds: number | null;
  /** All other requests will fail in the same way: a wrong key, a used-up quota. */
  readonly isFinal: boolean;
}

/** An answer that is not what the interface promises. Its texts may be asked for one by one. */
export const broken: EngineFailure = {
  reason: 'its answer could not be read',
  again: false,
  waitMilliseconds: null,
  isFinal: false,
};

/** Called as soon as an answer arrives. Ids that were not asked for are ignored. */
export type OnAnswer = (id: string, answer: string) => void;

export interface Translator {
  /** The most that one call takes. */
  readonly batch: { readonly texts: number; readonly characters: number };
  /** Calls at a time. */
  readonly parallel: number;
  /** Texts with the same value go together in a call, such as those of one language. */
  together(piece: Piece): string;
  /** Two languages that it certainly has, for a trial; absent or null: English and Spanish are used. */
  languages?(): Promise<{ readonly from: string; readonly to: string } | null>;
  /**
   * Translates texts in one call.
   * @returns null if the call succeeded, whatever the answers are
   * @throws InterruptedError, or the signal's reason
   */
  translate(pieces: readonly Piece[], onAnswer: OnAnswer, signal: AbortSignal): Promise<EngineFailure | null>;
}

/** The tools and settings that an engine may use. */
export interface EngineTools {
  readonly tools: Pick<Tools, 'http' | 'commands' | 'bergamot'>;
  /** Hosts that may be private and may use plain http. */
  readonly allowHosts: readonly string[];
  /** `PORT_TRANSLATOR_KEY`; never printed. */
  readonly key: string | null;
  /** `PORT_DEEPL_SERVER`: a stand-in or mirror of DeepL. */
  readonly deeplServer: string | null;
  /** How long a service may take; absent: as long as language models do. */
  readonly timeouts?: { readonly idleMilliseconds: number; readonly wholeMilliseconds: number };
}

/** An engine that the user chose, before anything is opened. */
export interface ChosenEngine {
  /** As the user wrote it: names the engine's answers, and is printed. It holds no key. */
  readonly written: string;
  /** The host that texts are sent to, and whether it is reached by https; null: a program or library on this machine. */
  readonly address: { readonly host: string; readonly isSecure: boolean; readonly isHere: boolean } | null;
  /** Where texts go, for messages: `api.deepl.com`, `the program apertium on this machine`. */
  readonly place: string;
  readonly needsKey: boolean;
  open(world: EngineTools): Translator;
}

export interface Engine {
  readonly name: string;
  /** For help and messages. */
  readonly form: string;
  /**
   * Reads what follows the engine's name.
   * @returns the engine, or why it cannot be used, as half a sentence
   */
  read(rest: string, written: string): ChosenEngine | string;
}

/** Opens the tools of an engine, with the keys of the environment. */
export function openEngineTools(
  tools: EngineTools['tools'],
  allowHosts: readonly string[],
  environment: NodeJS.ProcessEnv,
): EngineTools {
  const { PORT_TRANSLATOR_KEY: key, PORT_DEEPL_SERVER: server } = environment;
  return { tools, allowHosts, key: key?.trim() || null, deeplServer: server?.replace(/\/+$/, '') || null };
}
