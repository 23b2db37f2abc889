import type { Readable } from 'node:stream';

const waitAbove = 1 << 20;

/**
 * The chunks of a stream, including those that arrived before an error. The stream's own iterator drops buffered chunks
 * when the connection is cut, so that a resumed download would make no progress. Starts listening immediately.
 */
export function yieldAll(stream: Readable): AsyncIterable<Uint8Array> {
  const waiting: Uint8Array[] = [];
  let bytes = 0;
  const end: { error: unknown }[] = [];
  let wake = () => {};
  const finish = (error: unknown) => {
    end.push({ error });
    wake();
  };
  stream.on('data', (chunk: Uint8Array) => {
    waiting.push(chunk);
    bytes += chunk.length;
    if (bytes > waitAbove) stream.pause();
    wake();
  });
  stream.on('end', () => finish(null));
  stream.on('error', finish);
  stream.on('close', () => finish(new Error('closed')));

  return (async function* chunks() {
    try {
      for (;;) {
        const chunk = waiting.shift();
        if (chunk) {
          bytes -= chunk.length;
          yield chunk;
        } else if (end[0]) {
          if (end[0].error) throw end[0].error;
          return;
        } else {
          const more = new Promise<void>((resolve) => {
            wake = resolve;
          });
          stream.resume();
          await more;
        }
      }
    } finally {
      stream.destroy();
    }
  })();
}
