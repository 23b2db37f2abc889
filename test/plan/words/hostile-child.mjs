/**
 * Sizes one text for all platforms and looks for its disclosures, in a process of its own, so that a test can give it little
 * memory and an end: node hostile-child.mjs <token> <times>...
 */
import { sizeCaption } from '../../../build/plan/caption.js';
import { disclosedBy } from '../../../build/plan/words/caption-disclosures.js';
import { targets } from '../../../build/targets/index.js';

const [token = '', ...numbers] = process.argv.slice(2);
const post = { time: 1_740_906_904, location: null, sound: null };
for (const times of numbers) {
  const text = `My mop ${token.repeat(Number(times))} is clean`;
  const caption = { text, source: 'csv', title: null, hashtags: null };
  for (const { words } of targets) sizeCaption(post, caption, words, null);
  disclosedBy(caption, [], '');
}
process.stdout.write('done');
