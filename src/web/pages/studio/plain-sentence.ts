/**
 * A message without its sentences about options of the command line (`Add --include private.`): the page has buttons for
 * them. The whole message where nothing else would be left.
 */
export function plainSentence(message: string): string {
  const sentences = message.split(/(?<=[.!?])\s+/u);
  const plain = sentences.filter((each) => !/(?:^|\s)--[a-z]/u.test(each));
  return plain.length === 0 ? message : plain.join(' ');
}

/** The first sentence, which says what is wrong. A dot in a file name or an address does not end it. */
export function firstSentence(text: string): string {
  return text.split(/(?<=[.!?])\s+|(?<=。)/u)[0] ?? text;
}
