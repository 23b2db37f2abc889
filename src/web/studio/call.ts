import type { IncomingMessage, ServerResponse } from 'node:http';
import type * as z from 'zod';
import type { Role } from './access.ts';

/** A request to the API. */
export interface Call {
  readonly query: (name: string) => string | undefined;
  /** The body as JSON. @throws RefusedError if it does not match the schema */
  json<S extends z.ZodType>(schema: S): Promise<z.output<S>>;
  /** The body as it comes. Where it is not read to its end, the request can be answered all the same. */
  readonly body: AsyncIterable<Uint8Array>;
  readonly role: Role;
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  /** The path below `/api/`, still encoded. */
  readonly path: string;
}

/** Returned by a handler that wrote its answer to `outgoing`. */
export const sent = Symbol('sent');

/** An answer that is a picture instead of JSON. */
export class Picture {
  readonly type: 'image/jpeg' | 'image/svg+xml';
  readonly bytes: Uint8Array<ArrayBuffer>;

  constructor(type: Picture['type'], bytes: Uint8Array<ArrayBuffer>) {
    this.type = type;
    this.bytes = bytes;
  }
}
