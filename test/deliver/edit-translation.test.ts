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

  it('is not written again with the same words', async () => {
    const { edit, text } = await sheet();
    const before = await text();
    expect(await edit('Hola', 'anything')).toEqual({ text: 'Hola', isConflict: false, isChanged: false });
    expect(await text()).toBe(before);
  });

  it('of a language without columns is refused', async () => {
    const { edit } = await sheet();
    await expect(edit('Salut', '', 'caption_fr')).rejects.toThrow('captions.csv has no caption_fr of this post.');
  });

  it('whose blanks at the ends a spreadsheet changed is changed', async () => {
    const { edit, text } = await sheet(`${key},2025-03-02T09:15:04Z,video,,,,,Hello,,,csv,note,,Hola `);
    expect(await edit('Buenas', ' Hola')).toEqual({ text: 'Buenas', isConflict: false, isChanged: true });
    expect(await text()).toContain(',Buenas\r\n');
  });

  it('that is empty can be filled', async () => {
    const { edit, text } = await sheet();
    expect((await edit('Título', '', 'title_es')).isChanged).toBe(true);
    expect(await text()).toContain(',note,Título,Hola\r\n');
  });

  it('of a post without a row is refused', async () => {
    const { edit } = await sheet('2024-01-01_00-00-00,2024-01-01T00:00:00Z,video,,,,,Hello,,,csv,note,,Hola');
    await expect(edit('Buenas', 'Hola')).rejects.toThrow('captions.csv has no caption_es of this post.');
  });

  it('of a sheet that cannot be read is refused with the reason', async () => {
    const { edit } = await sheet(`${key},,,,,,,one,,,csv,,,\r\n${key},,,,,,,two,,,csv,,,`);
    await expect(edit('Buenas', 'Hola')).rejects.toThrow(
      `captions.csv cannot be read: two rows of ${key} say different things: keep one. Mend it, and try again.`,
    );
  });

  it('of a folder without a sheet is refused', async () => {
    const folder = await temporaryFolder();
    const about = { column: 'caption_es', seen: '', wanted: 'x' };
    const edit = editTranslation(folder, key, about, { files: createFiles(), locks: createLocks() });
    await expect(edit).rejects.toThrow('captions.csv has no caption_es of this post.');
  });
});
