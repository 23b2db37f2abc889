import type { ServerResponse } from 'node:http';

/** Server-sent events on one response. */
export interface EventStream {
  write(text: string): void;
  end(): void;
}

/** Proxies and sleeping machines break silent connections without a word. */
const beatMilliseconds = 15_000;
/** A browser that reads nothing of this much, such as one of a machine that sleeps, is gone or too slow: it connects again. */
const maxUnread = 16 << 20;

/**
 * Starts server-sent events.
 * @param retryMilliseconds after which the browser connects again
 * @param onClose called once, however the connection ends
 */
export function eventStream(response: ServerResponse, retryMilliseconds: number, onClose: () => void): EventStream {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  const write = (text: string) => {
    if (response.writableLength > maxUnread) response.destroy();
    else if (!response.writableEnded) response.write(text);
  };
  const beat = setInterval(() => write(':\n\n'), beatMilliseconds);
  beat.unref();
  response.on('close', () => {
    clearInterval(beat);
    onClose();
  });
  write(`retry: ${retryMilliseconds}\n\n`);
  return { write, end: () => void response.end() };
}
