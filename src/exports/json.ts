/** The position at which a text stops being valid JSON. Lines and columns count from 1. */
export interface JsonFault {
  readonly line: number;
  readonly column: number;
  readonly problem: string;
}

/** Parses strict JSON. `JSON.parse` gives no position for most syntax errors, so our own scanner finds it. */
export function parseJson(text: string): { readonly value: unknown } | { readonly fault: JsonFault } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    const { offset, problem } = findFault(text) ?? { offset: text.length, problem: String(error) };
    const before = text.slice(0, offset);
    const lineStart = before.lastIndexOf('\n') + 1;
    let line = 1;
    for (let at = before.indexOf('\n'); at >= 0; at = before.indexOf('\n', at + 1)) line++;
    return { fault: { line, column: offset - lineStart + 1, problem } };
  }
}

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/**
 * The offset of the first syntax error, or null. Keeps an explicit stack, so that deep nesting cannot overflow the call
 * stack.
 */
function findFault(text: string): { readonly offset: number; readonly problem: string } | null {
  const open: ('{' | '[')[] = [];
  let at = 0;
  /** The expected token: a value, a key, or what follows a value. In the `first-` states the container may also end. */
  let next: 'value' | 'first-value' | 'key' | 'first-key' | 'after' = 'value';

  function match(pattern: RegExp): boolean {
    pattern.lastIndex = at;
    if (!pattern.test(text)) return false;
    at = pattern.lastIndex;
    return true;
  }
  /** Skips a string; returns false with `at` on the error. */
  function string(): boolean {
    for (at++; at < text.length; ) {
      const code = text.charCodeAt(at);
      if (code === 0x22) {
        at++;
        return true;
      }
      if (code < 0x20) return false;
      if (code !== 0x5c) at++;
      else if (!match(ESCAPE)) return false;
    }
    return false;
  }
  const fault = (wanted: string) => ({
    offset: at,
    problem: at >= text.length ? 'the file ends too early' : `expected ${wanted}`,
  });

  for (;;) {
    match(SPACE);
    const char = text[at];
    const inside = open.at(-1);
    if (next === 'after' && inside === undefined) return at === text.length ? null : fault('the end of the file');
    if (next === 'after') {
      if (char === ',') next = inside === '{' ? 'key' : 'value';
      else if (char === (inside === '{' ? '}' : ']')) open.pop();
      else return fault(inside === '{' ? '"," or "}"' : '"," or "]"');
      at++;
    } else if (next === 'key' || next === 'first-key') {
      if (char === '}' && next === 'first-key') {
        open.pop();
        at++;
        next = 'after';
        continue;
      }
      if (char !== '"') return fault('a name in double quotes');
      if (!string()) return fault('a closing double quote, or a known escape');
      match(SPACE);
      if (text[at] !== ':') return fault('":"');
      at++;
      next = 'value';
    } else if (char === ']' && next === 'first-value') {
      open.pop();
      at++;
      next = 'after';
    } else if (char === '{' || char === '[') {
      open.push(char);
      at++;
      next = char === '{' ? 'first-key' : 'first-value';
    } else {
      if (char === '"' ? !string() : !match(NUMBER) && !match(WORD)) {
        return fault(char === '"' ? 'a closing double quote, or a known escape' : 'a value');
      }
      next = 'after';
    }
  }
}
