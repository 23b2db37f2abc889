/**
 * A message without its sentences about options of the command line (`Add --include private.`): the page has buttons for
 * them. The whole message where nothing else would be left.
 */
export function plainSentence(message: string): string {
  const sentences = message.split(/(?<=[.!?])\s+/u);
  const plain = sentences.filter((each) => !/(?:^|\s)--[a-z]/u.test(each));
  return plain.length === 0 ? message : plain.join(' ');
}

/** What is wrong, without what to do about it. A dot within a file name or an address ends no sentence. */
export function firstSentence(text: string): string {
  return text.split(/(?<=[.!?])\s+|(?<=。)/u)[0] ?? text;
}
