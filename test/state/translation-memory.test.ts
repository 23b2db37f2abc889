import { describe, expect, it } from 'vitest';
import { openTranslationMemory } from '../../src/state/translation-memory.ts';

describe('openTranslationMemory', () => {
  const files = (text: string) => {
    let content = text;
    return {
      readText: async () => content,
      append: async (_: string, more: string) => {
        content += more;
      },
      content: () => content,
    };
  };

  it('answers are found again by text, language and engine, refused ones too', async () => {
    const disk = files('');
    const memory = await openTranslationMemory('/a', 'engine', disk);
    await memory.put('The sea', null, 'es', 'El mar');
    await memory.put('The sky', null, 'es', null);
    const again = await openTranslationMemory('/a', 'engine', disk);
    expect(again.get('The sea', null, 'es')).toBe('El mar');
    expect(again.get('The sky', null, 'es')).toBeNull();
    expect(again.get('The sea', null, 'zh')).toBeUndefined();
    const other = await openTranslationMemory('/a', 'another', disk);
    expect(other.get('The sea', null, 'es')).toBeUndefined();
    expect(disk.content()).not.toContain('The sea');
  });

  it('half a line of a killed run spoils neither the lines before nor those after', async () => {
    const disk = files('');
    await (await openTranslationMemory('/a', 'e', disk)).put('one', null, 'es', 'uno');
    const torn = files(`${disk.content()}{"engine":"x`);
    await (await openTranslationMemory('/a', 'e', torn)).put('two', null, 'es', 'dos');
    const memory = await openTranslationMemory('/a', 'e', torn);
    expect([memory.get('one', null, 'es'), memory.get('two', null, 'es')]).toEqual(['uno', 'dos']);
  });
});
