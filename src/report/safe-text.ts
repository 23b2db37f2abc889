/**
 * Text of an export, made safe for a terminal: no control sequence, no line break, no mark that turns the direction of
 * what follows can reach it.
 */
export function safeText(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, '�');
}
