/** A file of a folder, with its path inside the folder. */
interface FolderFile {
  readonly path: string;
  readonly file: File;
}

/** A folder that was dropped or chosen. */
export interface Folder {
  readonly name: string;
  readonly files: readonly FolderFile[];
  /** Paths of files that are of no use here. */
  readonly others: readonly string[];
}

/** Files and folders that a person dropped. */
export interface Dropped {
  readonly files: readonly File[];
  readonly folders: readonly Folder[];
}

/** The server's limit. */
const maxFiles = 200_000;
const maxDepth = 16;

export function isExport({ name }: File): boolean {
  return /\.(?:zip|(?:json|txt)(?:\.gz)?)$/i.test(name);
}

export function isMedia({ name, type }: File): boolean {
  return /^(?:video|image)\//.test(type) || /\.(?:mp4|mov|m4v|webm|jpe?g|png|webp|heic)$/i.test(name);
}

/** Reads what was dropped. Has to be called during the event, because its data are not available afterwards. */
export function readDrop({ items, files }: DataTransfer): Promise<Dropped> {
  const entries = [...items].map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const folders = entries.flatMap(({ entry }) => (entry?.isDirectory ? [entry as FileSystemDirectoryEntry] : []));
  if (folders.length === 0) return Promise.resolve({ files: [...files], folders: [] });
  const loose = entries.flatMap(({ entry, file }) => (file !== null && !entry?.isDirectory ? [file] : []));
  return Promise.all(folders.map(readFolder)).then((read) => ({ files: loose, folders: read }));
}

async function readFolder(root: FileSystemDirectoryEntry): Promise<Folder> {
  const found: FolderFile[] = [];
  const unread: string[] = [];
  const walk = async (folder: FileSystemDirectoryEntry, prefix: string, depth: number): Promise<void> => {
    for (const entry of await entriesOf(folder)) {
      const path = prefix + entry.name;
      if (isHidden(path) || found.length >= maxFiles) continue;
      if (entry.isDirectory && depth < maxDepth) await walk(entry as FileSystemDirectoryEntry, `${path}/`, depth + 1);
      const file = entry.isFile ? await fileOf(entry as FileSystemFileEntry) : null;
      if (file !== null) found.push({ path, file });
      else if (entry.isFile || depth >= maxDepth) unread.push(path);
    }
  };
  await walk(root, '', 1);
  return sorted(root.name, found, unread);
}

/** Browsers return at most a hundred entries per call. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((read) => reader.readEntries(read, () => read([])));
    if (some.length === 0 || all.length > maxFiles) return all;
    all.push(...some);
  }
}

async function fileOf(entry: FileSystemFileEntry): Promise<File | null> {
  return await new Promise((found) => entry.file(found, () => found(null)));
}

/** The folders of an input that takes folders. */
export function chosenFolders(files: readonly File[]): readonly Folder[] {
  const byFolder = new Map<string, FolderFile[]>();
  for (const file of files) {
    const [folder = '', ...steps] = file.webkitRelativePath.split('/');
    const path = steps.join('/');
    const all = byFolder.get(folder) ?? [];
    byFolder.set(folder, all);
    if (!isHidden(path)) all.push({ path, file });
  }
  return [...byFolder].map(([name, all]) => sorted(name, all, []));
}

/** Separates files that port can read from all others. An empty file counts among the others: its copy failed. */
function sorted(name: string, all: readonly FolderFile[], unread: readonly string[]): Folder {
  const isOfUse = ({ file }: FolderFile) => file.size > 0 && (isExport(file) || isMedia(file));
  return {
    name,
    files: all.filter(isOfUse),
    others: [...all.filter((each) => !isOfUse(each)).map(({ path }) => path), ...unread],
  };
}

/** Files of systems and programs. */
function isHidden(path: string): boolean {
  return /(?:^|\/)(?:\.|__MACOSX(?:\/|$)|Thumbs\.db$|desktop\.ini$)/i.test(path);
}
