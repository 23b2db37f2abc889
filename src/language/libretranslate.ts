import * as z from 'zod';
import { aboutAddress, readAddress } from './address.ts';
import { broken, type Engine } from './contract.ts';
import { baseLanguage } from './languages.ts';
import { ask } from './service.ts';

/** LibreTranslate's interface (https://docs.libretranslate.com/api/operations/translate, read 2026-11). */
export const libretranslate: Engine = {
  name: 'libretranslate',
  form: 'libretranslate:<address>',
  read(rest, written) {
    const address = readAddress(rest);
    if (typeof address === 'string') return address;
    return {
      written,
      address: aboutAddress(address.url),
      place: address.url.host,
      needsKey: false,
      open: (world) => ({
        batch: { texts: 20, characters: 5000 },
        parallel: 2,
        together: ({ to }) => to,
        async translate(pieces, onAnswer, signal) {
          const [first] = pieces;
          if (first === undefined) return null;
          const body = {
            q: pieces.map(({ text }) => text),
            source: 'auto',
            target: codeOf(first.to),
            format: 'text',
            ...(world.key !== null && { api_key: world.key }),
          };
          const result = await ask(world, `${address.base}/translate`, { body }, translated, signal);
          if (!('answer' in result)) return result;
          const texts = [result.answer.translatedText].flat();
          if (texts.length !== pieces.length) return broken;
          for (const [index, { id }] of pieces.entries()) onAnswer(id, texts[index] ?? '');
          return null;
        },
      }),
    };
  },
};

const translated = z.object({ translatedText: z.union([z.string(), z.array(z.string())]) });

/** `zh` stands for simplified characters in old and new versions; traditional ones are `zt`, later `zh-Hant`. */
function codeOf(language: string): string {
  return /^zh-(?:Hant|TW|HK|MO)\b/i.test(language) ? 'zh-Hant' : baseLanguage(language);
}
