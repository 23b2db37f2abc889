import type { ExportFile } from '../model/export-file.ts';

/** The file name without its folders. */
export function baseName(file: Pick<ExportFile, 'name'>): string {
  return file.name.slice(file.name.lastIndexOf('/') + 1);
}

/** `user_data.json.txt` is a JSON file: Windows hides extensions, and browsers add their own. */
export const JSON_NAME = /\.json(?:\.txt)?$/i;
/** `Posts.txt.txt` is a TXT file. */
export const TXT_NAME = /(?<!\.json)\.txt$/i;

/** The file name without folders and extensions. */
export function bareName(file: Pick<ExportFile, 'name'>): string {
  return baseName(file).replace(/(?:\.json|\.txt)+$/i, '');
}

/** Files whose name matches `pattern`, without the hidden twin that macOS adds to a ZIP for every file. */
export function filesNamed(files: readonly ExportFile[], pattern: RegExp): readonly ExportFile[] {
  return files.filter((file) => {
    const base = baseName(file);
    return pattern.test(base) && !base.startsWith('.') && !/(?:^|\/)__MACOSX\//.test(file.name);
  });
}
