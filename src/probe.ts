import * as z from 'zod';
import { PortError } from './errors.ts';
import type { ImageProbe, Issue, Original, OriginalFile, Post, VideoProbe } from './model.ts';
import type { Memory } from './originals/memory.ts';
import type { Material, Photo } from './plan/post.ts';
import type { Tools } from './tools/tools.ts';

export interface Examined {
  /** null if nothing of the original can be used: `issues` says why. */
  readonly material: Material | null;
  readonly issues: readonly Issue[];
}

/** Looks at an original once; the memory answers from then on. A damaged photo does not lose the others. */
export async function examine(
  post: Post,
  original: Original,
  memory: Memory,
  tools: Tools,
  signal: AbortSignal,
): Promise<Examined> {
  const issues: Issue[] = [];
  const look = async <T>(file: OriginalFile, schema: z.ZodType<T>, make: () => Promise<T>): Promise<T | null> => {
    try {
      return await memory.recall(file.path, 'probe', schema, make);
    } catch (error) {
      if (error instanceof PortError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      issues.push({ code: 'damaged', severity: 'error', actual: reason, limit: null });
      return null;
    }
  };

  if (post.kind === 'video') {
    const [file] = original.files;
    const probe = file ? await look(file, videoProbe, async () => tools.ffprobe.probe(file.path, signal)) : null;
    return { material: file && probe ? { kind: 'video', file, probe } : null, issues };
  }
  const photos: Photo[] = [];
  for (const file of original.files) {
    const probe = await look(file, imageProbe, async () => tools.images.probe(file.path));
    if (probe) photos.push({ file, probe });
  }
  if (photos.length === 0) return { material: null, issues };
  return { material: { kind: 'photos', photos }, issues: issues.map((issue) => ({ ...issue, severity: 'warning' })) };
}

const text = z.string();
const number = z.number();

const videoProbe: z.ZodType<VideoProbe> = z.object({
  container: z.enum(['mp4', 'mov', 'other']),
  format: text,
  moovFirst: z.boolean(),
  seconds: number,
  bytes: number,
  video: z
    .object({
      codec: text,
      profile: text.nullable(),
      width: number,
      height: number,
      rotation: z.literal([0, 90, 180, 270]),
      sampleAspect: number,
      seconds: number.nullable(),
      pixelFormat: text,
      bitDepth: number,
      fps: number,
      baseFps: number,
      interlaced: z.boolean(),
      transfer: text.nullable(),
      primaries: text.nullable(),
      matrix: text.nullable(),
      range: z.enum(['limited', 'full']).nullable(),
      bitRate: number.nullable(),
    })
    .nullable(),
  audio: z.array(
    z.object({
      codec: text,
      profile: text.nullable(),
      channels: number,
      sampleRate: number,
      bitRate: number.nullable(),
    }),
  ),
  hasLocation: z.boolean(),
});

const imageProbe: z.ZodType<ImageProbe> = z.object({
  format: text,
  width: number,
  height: number,
  bytes: number,
  orientation: number,
  hasAlpha: z.boolean(),
  frames: number,
  space: text,
  hasLocation: z.boolean(),
});
