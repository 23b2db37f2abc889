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

/** What a run over several machines needs beside the world. Loaded only for one: BullMQ takes a quarter of a second. */
export interface QueueConnection {
  readonly queue: PostQueue;
  /** Where Redis is, without who may in. */
  readonly shown: string;
  readonly shared: SharedFolder;
  readonly stamp: CompatibilityStamp;
}

/**
 * @param address of Redis, as it was written
 * @param shared the folder that all machines mount
 * @param tell hears that Redis is gone, and that it is back
 * @param signal see `connectRedis`
 * @throws UsageError where one of them cannot be used
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

/** For a look at the queue: no folder, no programs. */
export async function openQueue(address: string, tell: (sentence: string) => void): Promise<PostQueue> {
  const where = readRedisAddress(address, process.env);
  return createQueue(await connectRedis(where, tell), defaultSettings, where.shown);
}
