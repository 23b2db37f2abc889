import { describe, expect, it } from 'vitest';
import { namedAsCalled } from '../../src/report/command-name.ts';

describe('the name of the program in sentences', () => {
  it.each([
    ['an option', 'No export was named. See port --help.', 'No export was named. See ./port --help.'],
    ['a command', 'run: port doctor --install-ffmpeg', 'run: ./port doctor --install-ffmpeg'],
    ['a command in quotes', 'Did you mean “port inspect”?', 'Did you mean “./port inspect”?'],
    ['an example', '  port TikTok_Data_1766000000.zip --to red', '  ./port TikTok_Data_1766000000.zip --to red'],
    ['twice', 'port fetch x, then port check y', './port fetch x, then ./port check y'],
    ['what begins an error', 'port: It is missing.', 'port: It is missing.'],
    ['a sentence about it', 'what an earlier port left there', 'what an earlier port left there'],
    ['the name of the package', 'npx content-port --to red', 'npx content-port --to red'],
    ['a path', '/opt/port --help', '/opt/port --help'],
    ['a number of a port', '--port takes a number', '--port takes a number'],
  ])('%s', (_odd, sentence, shown) => {
    expect(namedAsCalled(sentence, './port')).toBe(shown);
    expect(namedAsCalled(sentence, undefined)).toBe(sentence);
  });

  it.each(['/my files/port', '$(rm)', "it's", '', '\u001b[2J'])('%j is no name to be typed', (command) => {
    expect(namedAsCalled('See port --help.', command)).toBe('See port --help.');
  });
});
