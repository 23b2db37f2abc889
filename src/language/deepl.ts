import * as z from 'zod';
import { broken, type Engine } from './contract.ts';
import { baseLanguage } from './languages.ts';
import { ask } from './service.ts';

/**
 * DeepL by its HTTP interface (https://developers.deepl.com/docs/api-reference/translate, read 2026-11). Its own client,
 * deepl-node, would bring axios, form-data and adm-zip, and make its connections by itself: past the proxies, the bounds
 * and the pauses that hold for all other requests.
 */
export const deepl: Engine = {
  name: 'deepl',
  form: 'deepl',
  read(rest, written) {
    if (rest !== '') return 'takes nothing behind its name: its key is in PORT_TRANSLATOR_KEY';
    return {
      written,
      address: { host: 'api.deepl.com', isSecure: true, isHere: false },
      place: 'api.deepl.com',
      needsKey: true,
      open: (world) => {
        const key = world.key ?? '';
        return {
          batch: { texts: 50, characters: 20_000 },
          parallel: 2,
          together: ({ to }) => to,
          async translate(pieces, onAnswer, signal) {
            const [first] = pieces;
            if (first === undefined) return null;
            const body = {
              text: pieces.map(({ text }) => text),
              target_lang: targetCode(first.to),
              preserve_formatting: true,
            };
            const headers = { authorization: `DeepL-Auth-Key ${key}` };
            const result = await ask(
              world,
              `${world.deeplServer ?? serverOf(key)}/v2/translate`,
              { headers, body },
              translations,
              signal,
            );
            if (!('answer' in result)) return result;
            const texts = result.answer.translations;
            if (texts.length !== pieces.length) return broken;
            for (const [index, { id }] of pieces.entries()) onAnswer(id, texts[index]?.text ?? '');
            return null;
          },
        };
      },
    };
  },
};

const translations = z.object({ translations: z.array(z.object({ text: z.string() })) });

/** Keys of the free plan end in `:fx` and have a server of their own. */
function serverOf(key: string): string {
  return `https://api${key.endsWith(':fx') ? '-free' : ''}.deepl.com`;
}

/** English and Portuguese are wanted with a region, Chinese with a script. */
function targetCode(language: string): string {
  const base = baseLanguage(language);
  if (/^zh-(?:Hant|TW|HK|MO)\b/i.test(language)) return 'ZH-HANT';
  if (base === 'zh') return 'ZH-HANS';
  if (base === 'en') return /^en-(?:GB|AU|NZ|IE|IN|ZA)\b/i.test(language) ? 'EN-GB' : 'EN-US';
  if (base === 'pt') return /^pt-PT\b/i.test(language) ? 'PT-PT' : 'PT-BR';
  if (base === 'no') return 'NB';
  return base.toUpperCase();
}
