import type { Readable } from 'node:stream';

const waitAbove = 1 << 20;

/**
 * The chunks of a stream, all that arrived before an error too: the stream's own iterator drops what it holds when the
 * connection is cut, and a download that goes on from there would not get ahead. Listens from the moment of the call.
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
