import { createFiles } from '../tools/disk-files.ts';
import { findProgram } from '../tools/programs.ts';
import { version } from '../version.ts';
import type { CompatibilityStamp } from './assert-compatible.ts';
import type { QueueSettings } from './bullmq/contract.ts';
import { createQueue, type PostQueue } from './bullmq/index.ts';
import { connectRedis } from './bullmq/redis.ts';
import { readRedisAddress } from './bullmq/redis-address.ts';
import { defaultSettings } from './default-settings.ts';
import { openSharedFolder, type SharedFolder } from './shared-folder.ts';

/** What a run over several machines needs besides tools. Loaded only for such a run: BullMQ takes 0.25 s to load. */
export interface QueueConnection {
  readonly queue: PostQueue;
  /** The address of Redis without user and password. */
  readonly shown: string;
  readonly shared: SharedFolder;
  readonly stamp: CompatibilityStamp;
}

/**
 * Connects to the queue and opens the shared folder.
 * @param address address of Redis as the user gave it
 * @param shared the folder that all machines mount
 * @param tell called when the connection to Redis is lost or restored
 * @param signal see `connectRedis`
 * @throws UsageError if Redis or the folder cannot be used
 */
export async function connectQueue(
  address: string,
  shared: string,
  tell: (sentence: string) => void,
  signal: AbortSignal,
  settings: QueueSettings = defaultSettings,
): Promise<QueueConnection> {
  const where = readRedisAddress(address, process.env);
  const folder = await openSharedFolder(shared, createFiles());
  const { libavcodec } = await findProgram('ffmpeg');
  const queue = createQueue(await connectRedis(where, tell, signal), settings, where.shown);
  return { queue, shown: where.shown, shared: folder, stamp: { version: version(), libavcodec: libavcodec[0] } };
}

/** Connects to the queue without a shared folder and without ffmpeg, to read or change its jobs. */
export async function openQueue(address: string, tell: (sentence: string) => void): Promise<PostQueue> {
  const where = readRedisAddress(address, process.env);
  return createQueue(await connectRedis(where, tell), defaultSettings, where.shown);
}
