import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Behaviour, type FaultServer, startServer } from './fault-server.ts';

/** Stand-ins for the services of `--translator`, on loopback. */

export interface AskedText {
  readonly id: string;
  readonly text: string;
}

/** What a service answers to a list of texts: other texts, or anything at all. */
export type Answering = (texts: readonly AskedText[]) => unknown;

export interface Translators extends FaultServer {
  /** The bodies of all requests, in their order. */
  readonly bodies: readonly Readonly<Record<string, unknown>>[];
}

/** Each word becomes another one; what is no word stays. */
export const spanish = (text: string) => {
  const words = ['calle', 'bonita', 'mañana', 'tranquila', 'cerca', 'mar'];
  let count = 0;
  return text.replace(/[\p{L}\p{M}'’]+/gu, () => words[count++ % words.length] ?? '');
};

export const well: Answering = (texts) => texts.map(({ id, text }) => ({ id, text: spanish(text) }));

/** `openai`: answers are the content of a message, as JSON unless they are a string. */
export async function startOpenAi(answering: Answering = well, before?: Behaviour): Promise<Translators> {
  return await start('/v1/chat/completions', before, (body) => {
    const messages = body['messages'] as { content: string }[];
    const content = answering(JSON.parse(messages.at(-1)?.content ?? '[]') as AskedText[]);
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    return { choices: [{ message: { role: 'assistant', content: text }, finish_reason: 'stop' }] };
  });
}

export async function startLibreTranslate(answering: Answering = well, before?: Behaviour): Promise<Translators> {
  return await start('/translate', before, (body) => {
    const texts = (body['q'] as string[]).map((text, id) => ({ id: String(id), text }));
    const answers = answering(texts);
    return Array.isArray(answers) ? { translatedText: answers.map((each) => (each as AskedText).text) } : answers;
  });
}

export async function startDeepl(answering: Answering = well, before?: Behaviour): Promise<Translators> {
  return await start('/v2/translate', before, (body) => {
    const texts = (body['text'] as string[]).map((text, id) => ({ id: String(id), text }));
    const answers = answering(texts);
    return Array.isArray(answers)
      ? { translations: answers.map((each) => ({ text: (each as AskedText).text })) }
      : answers;
  });
}

/** @param before answers a request itself, or leaves it to `answer` by doing nothing */
async function start(
  path: string,
  before: Behaviour | undefined,
  answer: (body: Readonly<Record<string, unknown>>) => unknown,
): Promise<Translators> {
  const bodies: Readonly<Record<string, unknown>>[] = [];
  const server = await startServer({
    [path]: async (request, response, count) => {
      const body = JSON.parse(await textOf(request)) as Readonly<Record<string, unknown>>;
      bodies.push(body);
      before?.(request, response, count);
      if (!response.headersSent && !response.destroyed && before?.length !== 0) send(response, answer(body));
    },
  });
  return { ...server, bodies };
}

function send(response: ServerResponse, answer: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
