import { open } from 'node:fs/promises';

/** Image formats that npm's sharp does not support, by their first bytes; null for others. */
export async function kindThatIsNotRead(path: string): Promise<string | null> {
  const head = await readHead(path).catch(() => '');
  if (head.startsWith('BM')) return 'BMP';
  if (head.startsWith('\u00ff\u000a') || head.slice(4, 8) === 'JXL ') return 'JPEG XL';
  return null;
}

/** The first 16 bytes of a file, one character each. */
export async function readHead(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(16), 0, 16, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
}
