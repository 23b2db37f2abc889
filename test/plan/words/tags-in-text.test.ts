import { expect, it } from 'vitest';
import { tagWords } from '../../../src/plan/words/tags-in-text.ts';

it.each<[string, string, string[], string[], string, string[]]>([
  ['a word of a sentence', 'so much snow today', ['snow'], ['snow'], 'so much #snow today', []],
  ['one at the end of the caption', 'so much snow', ['snow', 'sea'], ['sea'], 'so much snow', ['snow', 'sea']],
  ['only the first of a word', 'snow on snow', ['snow'], ['snow'], '#snow on snow', []],
  ['not inside a word', 'snowman in snow', ['snow'], ['snow'], 'snowman in #snow', []],
  ['not in an address', 'snow.example.com', ['snow'], ['snow'], 'snow.example.com', ['snow']],
  ['before a full stop', 'so much snow.', ['snow'], ['snow'], 'so much #snow.', []],
  ['one that is not kept', 'so much snow', [], ['snow'], 'so much snow', []],
  ['not at the end of a word', 'resnow in snow', ['snow'], ['snow'], 'resnow in #snow', []],
  [
    'not as a hashtag, handle or part of an address',
    '#snow ＃snow @snow ＠snow &snow /snow .snow -snow',
    ['snow'],
    ['snow'],
    '#snow ＃snow @snow ＠snow &snow /snow .snow -snow',
    ['snow'],
  ],
  [
    'not before a sign of a longer name',
    'snow_1 snow2 snow@a snow＠a snow-man snow\u0301',
    ['snow'],
    ['snow'],
    'snow_1 snow2 snow@a snow＠a snow-man snow\u0301',
    ['snow'],
  ],
  ['in brackets and at a line’s end', '(snow)\nand ice-', ['snow', 'ice'], ['snow', 'ice'], '(#snow)\nand #ice-', []],
  ['one that was in a font', 'so much snow today', ['snow'], ['𝐬𝐧𝐨𝐰'], 'so much #snow today', []],
  ['in another script', '今天的 雪 很大', ['雪'], ['雪'], '今天的 #雪 很大', []],
])('%s', (_name, text, hashtags, inSentences, expected, rest) => {
  expect(tagWords(text, hashtags, inSentences)).toEqual({ text: expected, hashtags: rest });
});
