/** `port --help`, `port doctor ...`, `port TikTok_Data_1.zip`, but not `port: `, `content-port` or a path. */
const mention =
  /(?<![\w./\\-])port(?= (?:--[a-z]|(?:fetch|inspect|check|targets|doctor|studio|plan|posted|serve|worker|queue|completion|schema)\b|TikTok_))/g;

/** A path that needs no quotes in a shell. */
const plain = /^[\w.~/-]{1,200}$/;

/**
 * Names the program in a sentence as the person has to type it: the launcher of a bundle is no command that is found
 * everywhere, so that `port doctor` would not be found there.
 * @param command how the program was called, as its launcher says in `PORT_COMMAND`; undefined without a launcher
 */
export function namedAsCalled(sentence: string, command: string | undefined): string {
  return command === undefined || !plain.test(command) ? sentence : sentence.replace(mention, command);
}
