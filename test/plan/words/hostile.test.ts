import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const run = promisify(execFile);
const child = fileURLToPath(new URL('hostile-child.mjs', import.meta.url));

/**
 * Generous: each takes a second or two. What is quadratic takes hours for 100,000 tokens, and what keeps each token's own
 * text in memory needs gigabytes.
 */
const deadline = 60_000;
const megabytes = 400;

async function sized(token: string, ...times: readonly number[]): Promise<string> {
  try {
    const { stdout } = await run(
      process.execPath,
      [`--max-old-space-size=${megabytes}`, child, token, ...times.map(String)],
      {
        timeout: deadline,
        killSignal: 'SIGKILL',
      },
    );
    return stdout;
  } catch (error) {
    const { killed, code, stderr } = error as { killed?: boolean; code?: number; stderr?: string };
    const why = killed ? `not done in ${deadline / 1000} s` : `ended with ${code}: ${stderr?.slice(-500)}`;
    throw new Error(`${JSON.stringify(token)}, ${times.join(' or ')} times: ${why}`);
  }
}

/** Each test starts the built code: `npm run build` first. */
describe('a repeated token takes linear time and memory', () => {
  it.each<[string, string]>([
    ['the start of an address', 'www.'],
    ['a hashtag without a name', '#'],
    ['a mention without a name', '@'],
    ['a letter and a full stop', 'a.'],
    ['a zero-width space', '\u200b'],
    ['a combining mark', '\u0301'],
    ['an emoji that is never joined', '👨\u200d'],
    ['a hashtag', '#a '],
    ['glued hashtags', '#a'],
    ['a spelled dot', 'a(dot)'],
    ['a disclosing hashtag', '#ad'],
    ['a disclosing line', ' ad\n'],
    ['a messenger', 'wechat:'],
    ['a digit and a space', '0 '],
    ['half of a character', '\ud800'],
    ['a letter of a font', '𝐚'],
    ['a name in another script', '例.'],
  ])(
    '%s',
    async (_, token) => {
      // An argument of a program may have 128 kB on Linux, so the child repeats it.
      expect(await sized(token, 5_000, 100_000)).toBe('done');
    },
    deadline + 5_000,
  );
});
