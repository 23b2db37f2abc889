import { keepLatest } from '../text/keep-latest.ts';
import { didYouMean } from '../text/nearest.ts';
import { bergamot } from './bergamot.ts';
import { command } from './command.ts';
import type { ChosenEngine, Engine } from './contract.ts';
import { deepl } from './deepl.ts';
import { libretranslate } from './libretranslate.ts';
import { openai } from './openai.ts';

/** The engines of `--translator`. */
export const engines: readonly Engine[] = [openai, libretranslate, deepl, command, bergamot];

const forms = engines.map(({ form }) => form).join(', ');

/**
 * Reads the value of `--translator`.
 * @returns the engine, the same for the same words; or what is wrong, as a sentence without a full stop
 */
export const readEngine = keepLatest(read, 10);

function read(written: string): ChosenEngine | string {
  const [, name = '', rest = ''] = /^([^:]*):?(.*)$/s.exec(written.trim()) ?? [];
  const engine = engines.find((each) => each.name === name.toLowerCase());
  if (engine === undefined) {
    const meant = didYouMean(
      name,
      engines.map((each) => each.name),
    );
    return `--translator takes ${forms}, not “${name.slice(0, 40)}”${meant && `.${meant}`}`;
  }
  const chosen = engine.read(rest.trim(), written.trim());
  return typeof chosen === 'string' ? `--translator ${engine.name} ${chosen}` : chosen;
}
