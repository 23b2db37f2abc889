import type { ExportFile } from './format.ts';

/** The last part of a file's name. */
export function baseName(file: Pick<ExportFile, 'name'>): string {
  return file.name.slice(file.name.lastIndexOf('/') + 1);
}

/** Files with this ending that a person could have meant; macOS packs a hidden twin of every file into its ZIPs. */
export function filesEnding(files: readonly ExportFile[], ending: string): readonly ExportFile[] {
  return files.filter((file) => {
    const base = baseName(file).toLowerCase();
    return base.endsWith(ending) && !base.startsWith('.') && !/(?:^|\/)__MACOSX\//.test(file.name);
  });
}
