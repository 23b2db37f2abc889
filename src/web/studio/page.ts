import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Role } from './access.ts';

/** The files of the page as built, by their names, with their types. */
export type PageFiles = ReadonlyMap<string, { readonly type: string; readonly bytes: Uint8Array<ArrayBuffer> }>;

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json',
  svg: 'image/svg+xml',
  png: 'image/png',
};

/** Next to this module in the built program, or in `dist` when it runs from source. */
const folders = ['./studio/', '../../../dist/studio/'];

/** Reads the files of the page. If they are missing, the server answers with a page that says so. */
export async function readPageFiles(): Promise<PageFiles> {
  for (const each of folders) {
    const folder = fileURLToPath(new URL(each, import.meta.url));
    const names: readonly string[] = await readdir(folder).catch(() => []);
    if (!names.includes('index.html')) continue;
    const read = names.flatMap((name) => {
      const type = typeOf(name);
      if (type === undefined) return [];
      return [readFile(join(folder, name)).then((bytes) => [name, { type, bytes: new Uint8Array(bytes) }] as const)];
    });
    return new Map(await Promise.all(read));
  }
  return new Map();
}

function typeOf(name: string): string | undefined {
  const ending = /^[\w-]+(?:\.[\w-]+)*\.(\w+)$/.exec(name)?.[1] ?? '';
  return Object.hasOwn(types, ending) ? types[ending] : undefined;
}

/**
 * The page for one browser. It contains no data of posts.
 * @param token for requests that change something
 */
export function pageHtml(files: PageFiles, token: string, role: Role): string {
  const built = files.get('index.html');
  const text = built ? new TextDecoder().decode(built.bytes) : unbuilt;
  return text.replaceAll('{{token}}', token).replaceAll('{{role}}', role);
}

const unbuilt = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="studio-token" content="{{token}}">
<title>port studio</title>
<p>The page of the studio was not built. Run npm install.</p>
</html>
`;
