import { open } from 'node:fs/promises';
import { type Mp4Boxes, type ReadBytes, readBoxes } from '../probe/mp4/boxes.ts';
import { type PlainVideo, readPlainVideo } from '../probe/mp4/plain-video.ts';

/**
 * Reads the boxes of a file; see `readBoxes`.
 * @throws a system error
 */
export async function readMp4Boxes(path: string): Promise<Mp4Boxes> {
  return await withFile(path, readBoxes);
}

/**
 * Reads a plain MP4 or MOV; see `readPlainVideo`.
 * @returns null if ffprobe has to be asked
 * @throws a system error
 */
export async function readPlainFile(path: string): Promise<PlainVideo | null> {
  return await withFile(path, async (read, size) => readPlainVideo(read, size, await readBoxes(read, size)));
}

async function withFile<T>(path: string, what: (read: ReadBytes, size: number) => Promise<T>): Promise<T> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    return await what(async (at, bytes) => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, at);
      return buffer.subarray(0, bytesRead);
    }, size);
  } finally {
    await file.close();
  }
}
