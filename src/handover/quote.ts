/**
 * Quoting for shells, each by the one rule of its grammar without exceptions: inside single quotes, only the quote itself is
 * special.
 */

/** One word for a POSIX shell. */
export function posixWord(text: string): string {
  return `'${passable(text).replaceAll("'", `'\\''`)}'`;
}

/**
 * One string for PowerShell. It takes typographic quotes for the plain one, inside of strings too; a doubled one stands
 * for the first of the two.
 */
export function powershellString(text: string): string {
  return `'${passable(text).replace(/['\u2018-\u201b]/g, '$&$&')}'`;
}

/**
 * One argument of a Windows command line as the C runtime and .NET parse it: backslashes are special only before a
 * quotation mark. Windows PowerShell 5 does not do this itself, so the scripts hand over whole command lines.
 */
export function windowsArgument(text: string): string {
  const escaped = passable(text)
    .replace(/(\\*)"/g, '$1$1\\"')
    .replace(/\\+$/, '$&$&');
  return `"${escaped}"`;
}

const halves = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** No program can be given a NUL, and half a surrogate pair is no character in any encoding. */
export function passable(text: string): string {
  return text.replaceAll('\0', '').replace(halves, '\ufffd');
}

/** A comment of one line. */
export function comment(text: string): string {
  return `# ${text.replace(/[\p{Cc}\u2028\u2029]/gu, ' ')}`;
}
