import type { ServerResponse } from 'node:http';
import type { StudioEvent } from './api.ts';

/** Server-sent events to all open pages. */
export interface Events {
  /** Sends events on a response from now on, the first at once. */
  follow(response: ServerResponse, first: StudioEvent): void;
  send(event: StudioEvent): void;
  readonly count: () => number;
  close(): void;
}

/** A page that reads nothing, such as one of a machine that sleeps, is dropped. It asks for the state when it comes back. */
const mostWaiting = 4 << 20;
const mostPages = 50;
/** Proxies and sleeping machines break silent connections without a word. */
const beatMilliseconds = 15_000;

export function createEvents(): Events {
  const pages = new Set<ServerResponse>();
  const write = (page: ServerResponse, text: string) => {
    if (page.writableLength > mostWaiting) page.destroy();
    else page.write(text);
  };
  const beat = setInterval(() => {
    for (const page of pages) write(page, ': still here\n\n');
  }, beatMilliseconds);
  beat.unref();
  return {
    follow(response, first) {
      for (const oldest of pages) {
        if (pages.size < mostPages) break;
        oldest.destroy();
        pages.delete(oldest);
      }
      pages.add(response);
      response.on('close', () => pages.delete(response));
      write(response, `retry: 1000\n\n${textOf(first)}`);
    },
    send(event) {
      const text = textOf(event);
      for (const page of pages) write(page, text);
    },
    count: () => pages.size,
    close() {
      clearInterval(beat);
      for (const page of pages) page.end();
      pages.clear();
    },
  };
}

function textOf(event: StudioEvent): string {
  return `data: ${JSON.stringify(event)}\n\n`;
}
