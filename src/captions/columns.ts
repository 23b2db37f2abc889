/** The meaning of a column in a spreadsheet of captions. */
export type Meaning = 'key' | 'createdAt' | 'tiktokUrl' | 'caption' | 'title' | 'hashtags';

/**
 * Column names that programs use, in lower case with letters and digits only; the most reliable first. From
 * captions.csv, TikTok Studio, schedulers (Buffer, Later, Metricool) and scrapers (Apify, Bright Data), 2026-11.
 */
const names: Readonly<Record<Meaning, readonly string[]>> = {
  key: ['key'],
  createdAt: [
    ...['createdat', 'createtimeiso', 'createtime', 'createdtime', 'created', 'creationdate', 'createdate'],
    ...['publishedat', 'publishdate', 'publishtime', 'publisheddate', 'posttime', 'postdate', 'postedat', 'posted'],
    ...['dateposted', 'timeposted', 'uploaddate', 'uploadtime', 'uploadedat', 'datetime', 'timestamp', 'date', 'time'],
  ],
  tiktokUrl: [
    ...['tiktokurl', 'tiktoklink', 'tiktokvideourl', 'webvideourl', 'videourl', 'videolink', 'posturl', 'postlink'],
    ...['shareurl', 'sharelink', 'webpageurl', 'permalink', 'url', 'link', 'address'],
    ...['videoid', 'tiktokid', 'awemeid', 'postid', 'itemid', 'mediaid', 'id'],
  ],
  caption: [
    ...['caption', 'captions', 'captiontext', 'postcaption', 'videocaption', 'text', 'posttext', 'videotext'],
    ...['description', 'videodescription', 'desc', 'content', 'postcontent', 'message', 'videotitle', 'posttitle'],
  ],
  title: ['title'],
  hashtags: ['hashtags', 'tags'],
};

const plain = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** The columns of a header by meaning, the most reliable first. */
export type Columns = Readonly<Record<Meaning, readonly number[]>>;

export function columnsOf(header: readonly string[]): Columns {
  const found = header.map(plain);
  const of = (meaning: Meaning) =>
    names[meaning].flatMap((name) => found.flatMap((each, index) => (each === name ? [index] : [])));
  return {
    key: of('key'),
    createdAt: of('createdAt'),
    tiktokUrl: of('tiktokUrl'),
    caption: of('caption'),
    title: of('title'),
    hashtags: of('hashtags'),
  };
}

/** Whether rows below this header can contain captions of identifiable posts. */
export function isHeader(header: readonly string[]): boolean {
  return whyNoHeader(header) === null;
}

/** Which columns have to be renamed, as half a sentence; null if none. */
export function whyNoHeader(header: readonly string[]): string | null {
  const columns = columnsOf(header);
  const listed = header.filter(Boolean).slice(0, 8).join(', ');
  const has = listed === '' ? '' : ` (it has: ${listed})`;
  if (columns.caption.length === 0) return `it has no column “caption”${has}: call the column with the captions so`;
  if ([...columns.key, ...columns.createdAt, ...columns.tiktokUrl].length > 0) return null;
  return `it has no column “key”, “createdAt” or “tiktokUrl”${has}: call the one with the posts’ times or addresses so`;
}
