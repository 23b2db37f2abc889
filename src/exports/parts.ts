/**
 * File names of the parts of a split export: `06_posts_p01_of_03.json`, `posts part 2.json`,
 * `user_data_tiktok_2of3.json`.
 */
const PART = /(?:^|[^a-z])(?:p|pt|part|parte|partie|teil|deel|del|parça|часть)[\s._-]?0*(\d{1,4})(?!\d)/i;
const OF = /(?<!\d)0*(\d{1,4})[\s._-]*(?:of|von|van|de|di|sur|из)[\s._-]*0*\d{1,4}(?!\d)/i;

/** The common name of all parts of one export, without part numbers; null for a name without a part number. */
export function seriesOf(name: string): string | null {
  return PART.test(name) || OF.test(name) ? withoutNumbers(name) : null;
}

/** `posts_1` and `posts_2` may be parts of one export; `user_data (1)` is a second download, as browsers number it. */
export function looseSeriesOf(name: string): string | null {
  if (/\(\d+\)|copy|copia|kopie/i.test(name) || !/\d/.test(name)) return null;
  return withoutNumbers(name);
}

function withoutNumbers(name: string): string {
  return name.toLowerCase().replace(/\d+/g, '#');
}
