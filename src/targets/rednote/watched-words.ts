/**
 * Words that RedNote (小红书) demotes or removes, in simplified and traditional characters: from reports by creators, read
 * 2026-10. The patterns exclude the same characters in ordinary words, because users ignore a warning that is usually
 * wrong.
 */

/** Materials, drinks and fill levels with a percentage, which are not claims. */
const stuffs = [
  '纯?棉|純棉|[綿麻]|羊毛|羊[绒絨]|真丝|真絲|桑蚕丝|[亚亞]?麻|聚酯|[涤滌][纶綸]|果汁|果实|全[麦麥]|可可|黑巧|新疆棉',
  '[湿濕]度|[电電]量|[电電]池|充[电電]?到?|音量|亮度|[进進]度|同意|本気',
].join('|');

/**
 * Starts of words after `100%` that make it a claim. Elsewhere it only expresses agreement (`100% recommend`) or a
 * composition (`100% cotton`).
 */
const claims = [
  'effective|natural|safe|organic|pure|guarant|proven|works?(?!\\p{L})|working|success|satisf|cure|original|authentic|genuine|legit|certified|chemical|toxin|risk|money|refund|painless|permanent|results?|accurate|hypoallergenic|free (?:of|from)|worth|recyclable|biodegradable',
  'efectiv|eficaz|eficac|garant|org[aá]nic|pur[oa]s?(?!\\p{L})|aut[eé]ntic|comprobad|probado|comprovad|libre de|livre de|sin efectos|sin qu[ií]mic|sem qu[ií]mic|resultado|éxito|sucesso|satisf',
  'efficace|naturel|bio(?!\\p{L})|authenti|prouv|sans danger|sans risque|rembours|natürlich|wirksam|wirkt|garantiert|rein(?!\\p{L})|bewiesen|ohne nebenwirkung|erfolg|biologic|originale|provat|soddisf',
  'effectief|natuurlijk|gegarandeerd|veilig|puur|werkt|skuteczn|naturaln|bezpieczn|gwaran|czyst|oryginaln|etkili|doğal|güvenli|organik|saf(?!\\p{L})|orijinal',
  'эффектив|натуральн|безопасн|гарант|органическ|чист|оригинал|результат|успех|работает|ефектив|безпечн|оригінал|αποτελεσματικ|φυσικ|εγγύηση',
  'efektif|alami|aman(?!\\p{L})|dijamin|asli|ampuh|berhasil|terbukti|murni|garansi|hiệu quả|tự nhiên|thiên nhiên|an toàn|đảm bảo|cam kết|chính hãng|nguyên chất|hữu cơ|thành công',
  'ธรรมชาติ|ปลอดภัย|ได้ผล|เห็นผล|ของแท้|แท้|รับประกัน|การันตี|หายขาด|فعال|طبيعي|[آا]من|مضمون|[أا]صلي|نتيجة|نتائج|ضمان|مؤ?ثر|طبیعی|تضمینی|اصل|اورجینال|יעיל|טבעי|מובטח|אורגני|מקורי|असरदार|प्राकृतिक|नेचुरल|सुरक्षित|गारंटी|शुद्ध|असली|प्रभावी',
  'オーガニック|ナチュラル|ピュア|(?:の)?(?:効|天然|安全|保証|成功|満足|返金|無添加|純正|本物)|효과|천연|안전|보장|성공|환불|정품|자연|유기농|만족|순수|무첨가|당첨|완치',
].join('|');
const leading = 'all|totally|completely|clinically|fully|purely|plant|de|zu|con|mit|avec|de la|und|el|la';
const hundred = '(?:100|１００)\\s?[%％]';

export const absolutes: readonly (string | RegExp)[] = [
  // As a rank. In most words 第一 means `first` (第一次, 第一班船), and it starts lists (第一，早起).
  /(?<=全国|全國|全球|全网|全網|世界|中国|中國|国内|國內|亚洲|亞洲|行业|行業|业内|業內|史上|宇宙|地表|天下|[销銷]量|排名|人[气氣]|口碑|[评評]分)第一/u,
  /第一(?=[名好大美高强強的]|品牌|梯[队隊])/u,
  /(?<!安全|友[谊誼]|健康|家庭|身[体體])(?<=[\p{Script=Han}\p{L}\p{N}])第一(?![\p{L}\p{N}])|第一(?=[!！])/u,
  /(?<=\p{Script=Han}\s?)no\.?\s?1(?![\p{N}.])|(?<![\p{L}\p{N}])no\.?\s?1(?=\s?\p{Script=Han})/u,
  // Also `had better`: 最好提前预约.
  /最好(?=[吃看用喝玩听聽闻聞最]|的(?!朋友)|(?!\p{Script=Han}))/u,
  '最佳',
  /[顶頂][级級]/u,
  /[极極]致/u,
  /国家级|國家級/u,
  /世界[级級]/u,
  new RegExp(`(?<![\\p{N}.,])${hundred}(?=\\s?\\p{Script=Han})(?!\\s?(?:${stuffs}))`, 'iu'),
  new RegExp(`(?<=\\p{Script=Han}[:：]?\\s?)(?<!(?:${stuffs})[:：]?\\s?)${hundred}`, 'iu'),
  new RegExp(`(?<![\\p{N}.,])${hundred}(?=[\\s-]{0,2}(?:(?:${leading})[\\s-])?(?:${claims}))`, 'iu'),
  // `works 100%`, `success rate: 100%`
  new RegExp(
    `(?<=(?<!\\p{L})(?:effective|guaranteed|natural|safe|works?|working|success|success rate|satisfaction|efectiv[oa]|eficaz|natural(?:es)?|garantizado|garantid[oa]|efficace|naturel(?:le)?|garantie?|wirksam|natürlich|garantiert|skuteczn[aey]|naturaln[aey]|etkili|doğal|garanti|эффективность|гарантия|результат|натуральн\\p{L}{1,3}|efektif|alami|garansi|hiệu quả|tự nhiên|đảm bảo|ปลอดภัย|การันตี|ได้ผล|مضمون|طبيعي|فعال|효과|보장|만족도?|성공률)[:\\s]{0,2}(?:is |at |al |a |à |zu |do |na )?)${hundred}`,
    'iu',
  ),
  /百分之?百/u,
  /[绝絕][对對](?![值音])/u,
  /最低[价價]/u,
  /全[网網]最低/u,
  '史上最',
];

export const medical: readonly (string | RegExp)[] = [
  /(?<!不)治[疗療]/u,
  // 治愈系 and 被治愈了 are ordinary words of the platform for something soothing.
  /(?<![好很太超真最挺够夠级級别別分常自我给給]|被\p{Script=Han}{0,6})治[愈癒](?![系的风風感力心我你了时時瞬日又到小之]|人心|一切|自己|一下)/u,
  /(?<!被\p{Script=Han}{0,6})治[愈癒](?=的?(?:癌|病|失眠|抑[郁鬱]))/u,
  /[药藥]效/u,
  /[疗療]效/u,
  '根治',
  /特效[药藥]/u,
  '包治',
];

export const finance: readonly (string | RegExp)[] = [
  /[稳穩][赚賺]/u,
  /(?<![确確环環担擔])保本/u,
  /零[风風][险險]/u,
  /躺[赚賺]/u,
  /日入[过過][万萬]/u,
];

export const bait: readonly (string | RegExp)[] = [
  '白嫖',
  /(?<![\p{N}.,，．])[0０]元/u,
  /免[费費]/u,
  '互粉',
  /互[赞讚]/u,
  /[点點][赞讚]抽[奖獎]/u,
];

export const contact: readonly (string | RegExp)[] = [
  ...['微信', 'wechat', 'weixin', 'vx', 'v信', '加v', 'whatsapp', 'telegram', 'link in bio', 'linkinbio'],
  // 加微辣, 更加微妙, 参加我的婚礼.
  /(?<![参參增更])加微(?![辣糖量甜波火妙弱笑咸鹹热熱酸麻])/u,
  /(?<![参參增更外再])加我/u,
  // QQ also describes a chewy texture.
  /(?<![A-Za-z0-9])qq(?![A-Za-z0-9]|[的弹彈糖蛋软軟糯感])/u,
  /二[维維][码碼]/u,
  /手[机機][号號]/u,
  /(?<![打接个個通])[电電][话話](?![亭粥卡线線铃鈴])/u,
  '私信我',
  /主[页頁][链鏈連]接/u,
  '地址',
];

export const platforms: readonly (string | RegExp)[] = [
  ...['tiktok', 'tiktoker', 'tiktokers', 'tik tok', 'instagram', 'insta', 'youtube', 'youtuber', 'youtubers'],
  ...['facebook', 'twitter', 'snapchat', 'pinterest', 'lemon8', '抖音', '油管', '哔哩哔哩', '拼多多'],
  /(?<=(?<![\p{L}])on\s)threads(?!\p{L})/u,
  // `IG: maya`
  /(?<![\p{L}\p{N}])(?:ig|ins)(?=\s?[:：@])/u,
  /公[众眾][号號]/u,
  /[视視][频頻][号號]/u,
  /微博(?!物)/u,
  // 快手菜 is a quick dish.
  /快手(?![菜早午晚面麵汤湯料美食家小甜便饭飯餐点點懒懶煮煎炒])/u,
  /(?<![A-Za-z0-9])b站(?![台口点點])/u,
  /淘[宝寶]/u,
  /天[猫貓]/u,
  // 南京东路
  /(?<![北南东東])京[东東]/u,
  /[闲閒][鱼魚]/u,
];
