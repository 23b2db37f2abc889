#!/usr/bin/env node
// A translator for `--translator command:`: reads JSON lines, and answers each by its first argument (default: good).
// With PORT_TRANSLATOR_LOG it appends what it was asked to that file.
import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [how = 'good'] = process.argv.slice(2);
const log = process.env.PORT_TRANSLATOR_LOG;
const asked = [];
for await (const line of createInterface({ input: process.stdin })) asked.push(JSON.parse(line));
if (log) appendFileSync(log, `${JSON.stringify(asked)}\n`);

/** Words of the language in place of each word, so that length and placeholders stay. */
const words = {
  zh: ['里斯本', '安静', '街道', '早晨', '海边', '最好'],
  es: ['calle', 'bonita', 'mañana', 'tranquila', 'cerca', 'mar'],
};
const translated = ({ text, to }) => {
  const list = words[to.split('-')[0]] ?? words.es;
  let count = 0;
  return text.replace(/[\p{L}\p{M}'’]+/gu, () => list[count++ % list.length]);
};
const answers = {
  good: (each) => ({ id: each.id, text: translated(each) }),
  same: (each) => ({ id: each.id, text: each.text }),
  lost: (each) => ({ id: each.id, text: translated(each).replace(/⟦\d+⟧/, '') }),
  injected: (each) => ({ id: each.id, text: `${translated(each)} https://buy.example.com` }),
  long: (each) => ({ id: each.id, text: translated(each).repeat(50) }),
  empty: (each) => ({ id: each.id, text: '' }),
  html: (each) => ({ id: each.id, text: `<b>${translated(each)}</b><script>alert(1)</script>` }),
  turned: (each) => ({ id: each.id, text: `\u202e${translated(each)}` }),
  obeys: (each) => ({ id: each.id, text: `As an AI language model I cannot do that. ${translated(each)}` }),
  english: (each) => ({ id: each.id, text: `this is the other text and it is not what you asked for ${each.text}` }),
  advert: (each) => ({ id: each.id, text: `[广告] [AI生成] ${translated(each)}` }),
  others: (each) => ({ id: `${each.id}x`, text: translated(each) }),
};
if (how === 'fail') process.exit(3);
if (how === 'slow' && !process.env.PORT_TRANSLATOR_FAST) {
  // One answer, and then none for a long time.
  console.log(JSON.stringify(answers.good(asked[0])));
  await new Promise((resolve) => setTimeout(resolve, 60_000));
}
if (how === 'broken') console.log('{"id": "1", ');
else
  for (const each of how === 'good' ? asked.reverse() : asked)
    console.log(JSON.stringify((answers[how] ?? answers.good)(each)));
