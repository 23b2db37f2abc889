import type { IncomingMessage } from 'node:http';

/** The body is longer than allowed. */
export class TooLongError extends Error {
  override name = 'TooLongError';
}

/** The body of a request as it comes. Where it is not read to its end, the request can be answered all the same. */
export function bodyOf(request: IncomingMessage): AsyncIterable<Uint8Array> {
  return request.iterator({ destroyOnReturn: false });
}

/** @throws TooLongError */
export async function textOf(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new TooLongError();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** Closes the connection if the body was not read to its end, so that nothing waits for the rest. */
export function closing({ complete }: IncomingMessage): { readonly connection?: 'close' } {
  return complete ? {} : { connection: 'close' };
}
