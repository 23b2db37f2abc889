/**
 * What sizing words costs, against segmenting the same captions once, which is the least that any cut between graphemes
 * by way of Intl.Segmenter takes. Run by hand after a build: node test/bench/words.mjs [captions]
 */
import { sizeCaption } from '../../build/plan/caption.js';
import { targets } from '../../build/targets/index.js';

const captions = Number(process.argv[2] ?? 10_000);
const length = 2200;
const tags = ' #travel #lisbon #fyp #ootd #slowliving';
const sentences = [
  'Morning light over the harbour, and the early ferry to the other side with @ana. ',
  '今天我们一起去了东京的海边看日落，然后回家吃饭了。',
  'วันนี้เราไปเที่ยวทะเลกับเพื่อนๆ สนุกมาก ',
  'صباح الخير من الميناء، كان يوماً جميلاً جداً مع الأصدقاء. ',
  'So good 😍👨‍👩‍👧‍👦🇵🇹 more at https://example.com/page ',
];
const post = { time: 1_740_906_904, location: null, sound: null };
const texts = Array.from({ length: captions }, (_, index) => {
  const sentence = sentences[index % sentences.length];
  return `${index} ${sentence.repeat(Math.ceil(length / sentence.length))}`.slice(0, length - tags.length) + tags;
});

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });
const segmenting = cpu(() => {
  let graphemes = 0;
  for (const text of texts) for (const _ of segmenter.segment(text)) graphemes++;
  return graphemes;
});
const sizing = cpu(() => {
  for (const text of texts) {
    const caption = { text, source: 'sidecar', title: null, hashtags: null };
    for (const { words } of targets) sizeCaption(post, caption, words, null);
  }
});
console.log(`${captions} captions of ${length} characters for ${targets.length} targets, in CPU time`);
console.log(
  `segmenting them once ${segmenting} ms, sizing them ${sizing} ms: ${(sizing / segmenting).toFixed(2)} times`,
);

/** Milliseconds of the processor: others on the machine do not count. */
function cpu(work) {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return Math.round((user + system) / 1000);
}
