import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { editTranslation } from '../../src/deliver/edit-translation.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { createLocks } from '../../src/tools/locks.ts';
import { temporaryFolder } from '../media.ts';

const key = '2025-03-02_09-15-04';
const header =
  'key,createdAt,kind,sound,location,likes,tiktokUrl,caption,title,hashtags,source,mine,title_es,caption_es';

async function sheet(row = `${key},2025-03-02T09:15:04Z,video,,,,,Hello,,,csv,note,,Hola`) {
  const folder = await temporaryFolder();
  const path = join(folder, 'captions.csv');
  await writeFile(path, `\ufeff${header}\r\n${row}\r\n`);
  const edit = (wanted: string, seen: string, column = 'caption_es') =>
    editTranslation(folder, key, { column, seen, wanted }, { files: createFiles(), locks: createLocks() });
  return { edit, text: async () => readFile(path, 'utf8') };
}

describe('a cell in another language', () => {
  it('is changed, and all others stay', async () => {
    const { edit, text } = await sheet();
    expect(await edit('=¡Hola, "tú"!', 'Hola')).toEqual({ text: '=¡Hola, "tú"!', isConflict: false, isChanged: true });
    expect(await text()).toContain(`Hello,,,csv,,,,note,,"'=¡Hola, ""tú""!"`);
  });

  it('that somebody else changed meanwhile stays as it is', async () => {
    const { edit, text } = await sheet();
    const before = await text();
    expect(await edit('Mine', 'What was there before')).toEqual({ text: 'Hola', isConflict: true, isChanged: false });
    expect(await text()).toBe(before);
  });

  it('is not written anew with the same words', async () => {
    const { edit, text } = await sheet();
    const before = await text();
    expect((await edit('Hola', 'anything')).isChanged).toBe(false);
    expect(await text()).toBe(before);
  });

  it('of a language without columns is refused', async () => {
    const { edit } = await sheet();
    await expect(edit('Salut', '', 'caption_fr')).rejects.toThrow('captions.csv has no caption_fr of this post.');
  });
});
