/** Which of its two scripts a Chinese text is in. */

/** Common characters that differ, simplified and traditional. Those that are in use in both scripts are left out. */
const pairs =
  '这這个個们們来來时時说說国國会會对對学學过過还還开開关關见見现現点點无無电電动動话話让讓给給为為么麼样樣进進长長间間问問门門东東车車马馬鱼魚鸟鳥风風飞飛饭飯饮飲馆館书書买買卖賣读讀写寫听聽爱愛观觀视視频頻图圖网網线線红紅绿綠蓝藍颜顏难難欢歡乐樂头頭气氣热熱号號钱錢钟鐘错錯觉覺谁誰谢謝请請认認识識试試该該语語边邊远遠连連运運选選带帶应應当當层層岁歲师師报報换換显顯条條标標楼樓欧歐满滿灯燈独獨环環画畫离離笔筆节節约約级級纪紀纸紙细細经經结結统統继繼续續习習职職联聯脑腦脸臉艺藝药藥虽雖补補装裝从從两兩热熱单單团團园園场場块塊坏壞声聲够夠实實宝寶将將岛島币幣广廣强強归歸总總战戰护護拥擁数數旧舊晓曉样樣桥橋历歷录錄随隨静靜页頁题題饿餓骑騎鸡雞麦麥龙龍';

const [simplified, traditional] = [0, 1].map((side) => new Set([...pairs].filter((_, at) => at % 2 === side)));

/** One such character may be a name. */
const minToReport = 2;

/**
 * Whether a text is in the other script: traditional where `zh`, `zh-CN` or `zh-Hans` is wanted, simplified where
 * `zh-TW`, `zh-HK` or `zh-Hant` is. Texts in other languages are in neither.
 * @param language a BCP 47 tag
 */
export function isInOtherChinese(text: string, language: string): boolean {
  const wanted = new Intl.Locale(language).maximize();
  if (wanted.language !== 'zh') return false;
  const count = (set: ReadonlySet<string> | undefined) => [...text].filter((each) => set?.has(each)).length;
  const counts = [count(simplified), count(traditional)];
  const [own = 0, other = 0] = wanted.script === 'Hant' ? counts.reverse() : counts;
  return other >= minToReport && other > own;
}
