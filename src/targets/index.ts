import { lemon8 } from './lemon8.ts';
import { rednote } from './rednote/index.ts';
import { reels } from './reels.ts';
import { shorts } from './shorts.ts';
import type { Target } from './target.ts';

/** All platforms. Help, `--to`, `port targets` and the contract suite follow from this list. */
export const targets: readonly Target[] = [rednote, lemon8, shorts, reels];
