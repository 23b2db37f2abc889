import { describe, expect, it } from 'vitest';
import { openTranslationMemory, translationsPath } from '../../src/state/translation-memory.ts';

/** A disk that has one document. */
function diskOf(text = '') {
  let content = text;
  let fails = false;
  return {
    readText: async () => content,
    append: async (_: string, more: string) => {
      content += fails ? more.slice(0, -9) : more;
      if (fails) throw new Error('disk full');
    },
    content: () => content,
    lines: () => content.split('\n'),
    fill: (isFull: boolean) => {
      fails = isFull;
    },
  };
}

describe('the answers of translators', () => {
  it('are found again by text, language and engine, refused ones too', async () => {
    const disk = diskOf();
    const memory = await openTranslationMemory('/a', 'engine', disk);
    await memory.put('The sea', null, 'es', 'El mar');
    await memory.put('The sky', null, 'es', null);
    const again = await openTranslationMemory('/a', 'engine', disk);
    for (const each of [memory, again]) {
      expect(each.get('The sea', null, 'es')).toBe('El mar');
      expect(each.get('The sky', null, 'es')).toBeNull();
      expect(each.get('The sea', null, 'zh')).toBeUndefined();
      expect(each.get('The sea', 'en', 'es')).toBeUndefined();
      expect(each.get('The moon', null, 'es')).toBeUndefined();
    }
    const other = await openTranslationMemory('/a', 'another', disk);
    expect(other.get('The sea', null, 'es')).toBeUndefined();
    expect(disk.content()).not.toMatch(/The sea|"engine":"engine"/);
  });

  it('from a named language are found with that one alone', async () => {
    const disk = diskOf();
    await (await openTranslationMemory('/a', 'e', disk)).put('one', 'en', 'es', 'uno');
    const memory = await openTranslationMemory('/a', 'e', disk);
    expect(['en', 'fr', null].map((from) => memory.get('one', from, 'es'))).toEqual(['uno', undefined, undefined]);
  });

  it('of two calls for the same text: the later one counts', async () => {
    const disk = diskOf();
    const memory = await openTranslationMemory('/a', 'e', disk);
    await memory.put('one', null, 'es', null);
    await memory.put('one', null, 'es', 'uno');
    expect((await openTranslationMemory('/a', 'e', disk)).get('one', null, 'es')).toBe('uno');
  });

  it('are a line each, in the order of the calls, beginning with the first', async () => {
    const disk = diskOf();
    const memory = await openTranslationMemory('/a', 'e', disk);
    await Promise.all(['uno', 'dos', 'tres'].map(async (answer) => memory.put(answer, null, 'es', answer)));
    await (await openTranslationMemory('/a', 'e', disk)).put('four', null, 'es', 'cuatro');
    expect(disk.lines().map((line) => line && JSON.parse(line).answer)).toEqual(['uno', 'dos', 'tres', 'cuatro', '']);
  });

  it('half a line of a killed run spoils neither the lines before nor those after', async () => {
    const disk = diskOf();
    await (await openTranslationMemory('/a', 'e', disk)).put('one', null, 'es', 'uno');
    const torn = diskOf(`${disk.content()}{"engine":"x`);
    const next = await openTranslationMemory('/a', 'e', torn);
    await next.put('two', null, 'es', 'dos');
    await next.put('three', null, 'es', 'tres');
    const memory = await openTranslationMemory('/a', 'e', torn);
    expect(['one', 'two', 'three'].map((each) => memory.get(each, null, 'es'))).toEqual(['uno', 'dos', 'tres']);
    expect(torn.lines()).toHaveLength(5);
  });

  it('lines that are none are passed over', async () => {
    const disk = diskOf();
    await (await openTranslationMemory('/a', 'e', disk)).put('one', null, 'es', 'uno');
    const engine = JSON.parse(disk.content()).engine;
    const odd = diskOf(`null\n[]\n{"engine":"${engine}"}\n\n${disk.content()}`);
    expect((await openTranslationMemory('/a', 'e', odd)).get('one', null, 'es')).toBe('uno');
  });

  it('a full disk is reported, and what comes after it is kept', async () => {
    const disk = diskOf();
    const memory = await openTranslationMemory('/a', 'e', disk);
    disk.fill(true);
    await expect(memory.put('one', null, 'es', 'uno')).rejects.toThrow('disk full');
    disk.fill(false);
    await Promise.all(['two', 'three'].map(async (each) => memory.put(each, null, 'es', each)));
    const again = await openTranslationMemory('/a', 'e', disk);
    expect(['one', 'two', 'three'].map((each) => again.get(each, null, 'es'))).toEqual([undefined, 'two', 'three']);
  });

  it('are in translations.jsonl of the account', () => {
    expect(translationsPath('account')).toMatch(/^account[\\/]translations\.jsonl$/);
  });
});
