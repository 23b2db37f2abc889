import { open } from 'node:fs/promises';
import { type Mp4Boxes, readBoxes } from '../probe/mp4/boxes.ts';

/**
 * Reads the boxes of a file; see `readBoxes`.
 * @throws a system error
 */
export async function readMp4Boxes(path: string): Promise<Mp4Boxes> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    return await readBoxes(async (at, bytes) => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, at);
      return buffer.subarray(0, bytesRead);
    }, size);
  } finally {
    await file.close();
  }
}
