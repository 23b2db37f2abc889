import type { BergamotModel } from '../tools/bergamot.ts';
import type { ChosenEngine, Engine, EngineFailure, EngineTools, Piece, Translator } from './contract.ts';
import { baseLanguage, languageName } from './languages.ts';

/** The translator of Firefox, on this machine, with models that the user got (`tools/bergamot.ts`). */
export const bergamot: Engine = {
  name: 'bergamot',
  form: 'bergamot:<folder>',
  read(rest, written): ChosenEngine | string {
    if (rest === '') return 'needs a folder of models, such as bergamot:models/enzh';
    const place = `Bergamot with the models in ${rest} on this machine`;
    return { written, address: null, place, needsKey: false, open: (world) => open(rest, world) };
  },
};

/** Of several models into a language, for texts whose language is not known: what most people write in. */
const usual = 'en';

function open(folder: string, { tools }: EngineTools): Translator {
  let found: Promise<readonly BergamotModel[] | string> | null = null;
  return {
    batch: { texts: 50, characters: 20_000 },
    parallel: 1,
    together: ({ from, to }) => `${from} ${to}`,
    async languages() {
      found ??= tools.bergamot.models(folder);
      const models = await found;
      const pair = typeof models === 'string' ? undefined : models[0]?.pair;
      return pair ? { from: pair.slice(0, 2), to: pair.slice(2).split(/[_-]/)[0] ?? '' } : null;
    },
    async translate(pieces, onAnswer, signal) {
      const [first] = pieces;
      if (first === undefined) return null;
      found ??= tools.bergamot.models(folder);
      const models = await found;
      if (typeof models === 'string') return failure(models, true);
      const model = modelFor(first, models);
      if (typeof model === 'string') return failure(model, false);
      // Line by line, because the library makes a paragraph of them.
      const lines = pieces.flatMap(({ id, text }) => text.split('\n').map((line) => ({ id, line })));
      const worded = lines.filter(({ line }) => /\p{L}/u.test(line));
      const texts = worded.map(({ line }) => toHtml(line));
      const characters = texts.reduce((sum, text) => sum + text.length, 0);
      const answer = await tools.bergamot.translate(model, texts, { seconds: secondsFor(characters), signal });
      if ('failure' in answer) return failure(answer.failure, true);
      const translated = new Map(worded.map((each, index) => [each, fromHtml(answer.texts[index] ?? '')]));
      const answers = new Map<string, string[]>();
      for (const each of lines)
        answers.set(each.id, [...(answers.get(each.id) ?? []), translated.get(each) ?? each.line]);
      for (const [id, all] of answers) onAnswer(id, all.join('\n'));
      return null;
    },
  };
}

/** Two minutes to load a model, and ten characters a second: WebAssembly without the processor's own functions. */
function secondsFor(characters: number): number {
  return Math.round(120 + characters / 10);
}

function modelFor({ from, to }: Piece, models: readonly BergamotModel[]): BergamotModel | string {
  const target = baseLanguage(to);
  // Firefox calls traditional characters `enzh_hant`.
  const isTraditional = /^zh-(?:Hant|TW|HK|MO)\b/i.test(to);
  const isInto = ({ pair }: BergamotModel) =>
    pair.slice(2).split(/[_-]/)[0] === target && (target !== 'zh' || pair.includes('hant') === isTraditional);
  const into = models.filter(isInto);
  const isFrom = (language: string) => into.find(({ pair }) => pair.startsWith(language));
  const found = from === null ? (isFrom(usual) ?? into[0]) : isFrom(baseLanguage(from));
  if (found !== undefined) return found;
  const languages = from === null || into.length === 0 ? '' : ` from ${languageName(from)}`;
  const there = models.map(({ pair }) => pair || 'one without languages in its name').join(', ');
  return `there is no model${languages} into ${languageName(to)} (there: ${there})`;
}

/** Placeholders become elements, which the library moves to where their words come to stand. */
function toHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/⟦(\d+)⟧/g, '<img id="$1">');
}

function fromHtml(html: string): string {
  return html
    .replace(/<img id="?(\d+)"?\s*\/?>/g, '⟦$1⟧')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

function failure(reason: string, isFinal: boolean): EngineFailure {
  return { reason, again: false, waitMilliseconds: null, isFinal };
}
