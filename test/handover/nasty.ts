import fc from 'fast-check';

/** Texts in which a shell, a table or a document sees something else than letters. */
export const nasty: readonly string[] = [
  `It's "quoted" and 'single' and \`back\``,
  `$HOME \${PATH} $(touch pwned) $((1+1)) \`id\``,
  '100% %PATH% %% !important! ^caret & | ; < > * ? [a] {b,c} ~ # \\ \\\\ \\"',
  'first line\nsecond line\n\n  indented\ttab',
  'carriage\r\nreturn',
  '\u200fשלום \u202eabc\u202c \u200e‏ مرحبا',
  '👩‍👩‍👧‍👦🏳️‍🌈🇵🇹 ❤️ e\u0301 \u{1f9ff}',
  '-leading dash',
  '--title --file=x',
  '@maya +1 =SUM(A1) \t',
  '‘curly’ ‚low‛ “double” ’’',
  "'@\n@'\n'@ \"@",
  'ends with a backslash \\',
  'ends with two \\\\',
  '\\" \\\\" \\\\\\"',
  'trailing newlines\n\n',
  'EOF\nEOT\n)\n}\ndone',
  '\ufeffbyte order mark',
  '{"json": "\\u0041", \'single\': null}',
  '<p>tags &amp; entities</p> I <3 you',
];

const signs = [
  '"',
  "'",
  '`',
  '$',
  '\\',
  '%',
  '\n',
  '\r',
  ' ',
  '-',
  '(',
  ')',
  '!',
  '@',
  '‘',
  '’',
  '‚',
  '‛',
  '“',
  'é',
  '字',
  '👍',
];

/** Texts of such signs and of anything else, without NUL and without halves of characters. */
export const nastyText = fc.oneof(
  fc.array(fc.constantFrom(...signs), { maxLength: 24 }).map((each) => each.join('')),
  fc.string({ unit: 'binary', maxLength: 40 }).map((text) => text.replaceAll('\0', '')),
);
