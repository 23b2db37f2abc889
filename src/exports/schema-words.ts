import { plainName } from './row.ts';

/** Words that occur in TikTok's keys, labels and file names (exports of 2021-25). */
const WORDS = new Set(
  `account activity added add adds ad ads advertiser ai aigenerated alternate allow allowed and app apps attempt auto berichten bio block blocked bound
browsing cache calls can cap chat comment comments contact contacts content count cover created creator d data datum date day dedicated deleted
description direct disclosure download duets effect effects email entry facebook fav favorite favourite favorites favourites favorited feed follower followers following for friend friends
generated group hash hashtag hashtags history id image in income info information instagram interaction interest interests ip item items language last lead like liked likes link linked links list lists
live location locatie login map message messages method mode name network nickname notification of on option options order orders others photo platform play playlist playlists
post posts poll polls privacy private profile purchase purchases push read received recently reminder repost reposts s save search searches section sent settings share shared sharing shop
shopping shows sound sounds source star status stickers stitches story style subscription suggest sync system tag tags term text theme tik tok tiktok time title titel to token transaction type
type types update url usage use used user userdata username value video videos view views visibility vote voucher wallet watch web when who with your yours
utc expires address advanced alt audience author birth carousel category city code collection collections copy country currency device devices draft drafts duration
event events expiry extra field file files flag footage format gift gifts group groups hash height highlight index key keys label language level license limit main media meta metadata mime
model music new note notes number object original origin owner page parent part parts path phone pin pinned postal quality rating reaction reason region register registered related reply report
resolution review role root rules score self series service services short size slide slides song stat stats state still store stories stream studio summary target team template thumbnail
ticket timestamp title titles topic total track type upload uploaded uploads version vertical volume width year bounce birthdate gps other`.split(
    /\s+/,
  ),
);

/**
 * Whether a key, label or file name consists only of TikTok's words and so cannot name a person. `VideoList`, `Who can
 * view` and `user_data_tiktok` do; `Chat History with anna:` does not.
 */
export function isSchemaWord(name: string): boolean {
  if (name.length > 60 || /[^\p{L} _()-]/u.test(name)) return false;
  const words = name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .split(/[ _()-]+/)
    .map(plainName)
    .filter((word) => word !== '');
  return words.length > 0 && words.every((word) => WORDS.has(word));
}
