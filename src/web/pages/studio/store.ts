import { useEffect, useReducer, useRef } from 'preact/hooks';
import type { PostCard, PostDetail, RunState, StudioState } from '../../studio/api.ts';
import type { LanguageName } from './language.ts';
import type { Sentences } from './sentences/en.ts';
import type { Options } from './server.ts';

/** A card with its account. */
export type Card = PostCard & { readonly account: string };

/** The opened post, and the platform on which it is shown. */
export interface Opened {
  readonly account: string;
  readonly key: string;
  readonly target: string;
}

/** An upload in progress. */
export interface Upload {
  readonly name: string;
  /** The share of its bytes that are sent, 0 to 1. */
  readonly share: number;
}

export interface Model {
  readonly language: LanguageName;
  readonly sentences: Sentences;
  readonly state: StudioState | null;
  /** Options that were changed here, until the server has them. */
  readonly draft: Options | null;
  /** The post to try first is being chosen. */
  readonly waitsToTry: boolean;
  readonly upload: Upload | null;
  /** By account, newest first. */
  readonly posts: Readonly<Record<string, readonly PostCard[]>>;
  readonly opened: Opened | null;
  readonly detail: PostDetail | null;
  readonly view: 'posts' | 'plan';
  /** null: all accounts. */
  readonly account: string | null;
  readonly isConnected: boolean;
  /** Notices for the person, newest last. */
  readonly notices: readonly Notice[];
}

export interface Notice {
  readonly id: number;
  readonly kind: 'problem' | 'info';
  readonly text: string;
}

let model: Model;
const listeners = new Set<() => void>();

export function startStore(first: Model): void {
  model = first;
}

export function getModel(): Model {
  return model;
}

export function update(change: Partial<Model> | ((before: Model) => Partial<Model>)): void {
  model = { ...model, ...(typeof change === 'function' ? change(model) : change) };
  for (const each of [...listeners]) each();
}

/** A value of the model; the component is drawn again when it changes. */
export function useModel<T>(select: (model: Model) => T): T {
  const [, draw] = useReducer<number, void>((count) => count + 1, 0);
  const value = select(model);
  const latest = useRef({ value, select });
  latest.current = { value, select };
  useEffect(() => {
    const check = () => {
      const { value: shown, select: now } = latest.current;
      if (!Object.is(now(model), shown)) draw();
    };
    listeners.add(check);
    check();
    return () => {
      listeners.delete(check);
    };
  }, []);
  return value;
}

export function useSentences(): Sentences {
  return useModel((each) => each.sentences);
}

export function isBusy(run: RunState | undefined): boolean {
  return run !== undefined && run.state !== 'idle' && run.state !== 'done';
}
