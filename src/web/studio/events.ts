import type { ServerResponse } from 'node:http';
import { type EventStream, eventStream } from '../server/event-stream.ts';
import type { StudioEvent } from './api.ts';

/** Server-sent events to all open pages. */
export interface Events {
  /** Sends events on a response from now on, the first at once. */
  follow(response: ServerResponse, first: StudioEvent): void;
  send(event: StudioEvent): void;
  readonly count: () => number;
  close(): void;
}

const maxPages = 50;

/** @param onLeave called when a page disconnects */
export function createEvents(onLeave: () => void = () => {}): Events {
  const pages = new Set<EventStream>();
  return {
    follow(response, first) {
      for (const oldest of pages) {
        if (pages.size < maxPages) break;
        oldest.end();
        pages.delete(oldest);
      }
      const page = eventStream(response, 1000, () => {
        pages.delete(page);
        onLeave();
      });
      pages.add(page);
      page.write(textOf(first));
    },
    send(event) {
      const text = textOf(event);
      for (const page of pages) page.write(text);
    },
    count: () => pages.size,
    close() {
      for (const page of pages) page.end();
      pages.clear();
    },
  };
}

function textOf(event: StudioEvent): string {
  return `data: ${JSON.stringify(event)}\n\n`;
}
