import type { ExportFile } from '../model/export-file.ts';

/** The last part of a file's name. */
export function baseName(file: Pick<ExportFile, 'name'>): string {
  return file.name.slice(file.name.lastIndexOf('/') + 1);
}

/** `user_data.json.txt` is a JSON file: Windows hides endings, and browsers add theirs. */
export const JSON_NAME = /\.json(?:\.txt)?$/i;
/** `Posts.txt.txt` is a TXT file all the same. */
export const TXT_NAME = /(?<!\.json)\.txt$/i;

/** The last part of a file's name, without its endings. */
export function bareName(file: Pick<ExportFile, 'name'>): string {
  return baseName(file).replace(/(?:\.json|\.txt)+$/i, '');
}

/** Files with such a name that a person could have meant; macOS packs a hidden twin of every file into its ZIPs. */
export function filesNamed(files: readonly ExportFile[], pattern: RegExp): readonly ExportFile[] {
  return files.filter((file) => {
    const base = baseName(file);
    return pattern.test(base) && !base.startsWith('.') && !/(?:^|\/)__MACOSX\//.test(file.name);
  });
}
