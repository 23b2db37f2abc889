import type { ServerResponse } from 'node:http';

/** Server-sent events on one response. */
export interface EventStream {
  write(text: string): void;
  end(): void;
}

/** Proxies close connections that are silent for long. */
const beatMilliseconds = 15_000;
/** Unread bytes from which on a browser counts as gone, for example on a machine that sleeps. It connects again. */
const maxUnread = 16 << 20;

/**
 * Starts server-sent events.
 * @param retryMilliseconds after which the browser connects again
 * @param onClose called once, in whatever way the connection ends
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
