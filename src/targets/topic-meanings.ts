/**
 * Hashtags with several meanings: each gets a topic only if other hashtags or words support that meaning, and none if
 * two are supported equally. Written by hand for this program in 2026-11. One line a meaning: `spellings = topics :
 * supporting words`. A supporting word matches the start of a word, and anywhere in a hashtag; with three letters or a
 * `$` it matches whole words only. `~name` is a group. `!` starts the words that contradict a default meaning.
 */
export const supportGroups: Readonly<Record<string, string>> = {
  travel:
    'travel trip$ trips$ holiday vacation flight hotel airport beach tour$ tours$ tourist itinerary passport backpack wanderlust roadtrip cruise sightseeing cappadocia viaje viagem voyage reise viaggio 旅行',
  food: 'recipe cook food dinner lunch breakfast kitchen delicious tasty bake$ baked baking restaurant meal chef yum receta receita rezept ricett recette resep gravy oven roast brine butter sauce eat eating flavour flavor dessert snack 美食',
  gym: 'gym workout fitness lifting$ lifts$ bench$ squat reps$ exercise muscle cardio training$ pushday legday athlet bodybuild deadlift press$ hypertrophy',
  music:
    'music song$ songs$ album band$ concert artist guitar piano lyric spotify songwriter singer indie producer gig gigs$ vinyl newmusic vocal stream ep',
  learn:
    'learn language study studying grammar vocab lesson speak$ speaking class$ classes$ duolingo polyglot phrase fluent beginner langblr',
  love: 'love$ dating$ boyfriend girlfriend relationship couple husband wife$ marry married wedding bride fiance romance romantic date$ partner$ singlelife heartbreak tinder hinge engaged shesaidyes isaidyes yes$ proposal diamond',
  beauty:
    'makeup beauty skincare concealer lipstick glam grwm mascara sephora mua cosmetic eyeliner eyeshadow blush$ foundation contour bronzer skin$ lips$',
  fashion:
    'fashion outfit ootd style$ styling wear$ wearing clothes wardrobe haul thrift shoes jewelry jewellery jeweller accessor streetwear menswear tailor silver gold$ handmade vintage luxury',
  nature:
    'nature hike hiking mountain forest outdoor camping landscape flower blossom bloom garden sunrise sunset wild sky$ lake$ meadow',
  tech: 'tech iphone ipad mac$ macbook laptop computer gadget coding code$ software programm developer phone$ data$ javascript',
  baby: 'baby toddler newborn kid kids$ child son$ daughter parent pregnan mom momlife mum mumlife motherhood fatherhood dadlife nursery infant bedtime diaper nappy schoolrun girldad boydad boymom girlmom family familytime',
  school:
    'school student study studying college university exam class$ classes$ homework campus semester professor lecture',
  game: 'gaming gamer videogame nintendo playstation xbox steam$ zelda mario$ pokemon joycon console animalcrossing',
  art: 'art artist paint drawing draw craft handmade diy ceramic pottery potter kiln wheel$ sculpt sketchbook illustrat watercolor ink',
  photo: 'photo camera lens$ shoot$ portrait photographer photography streetphotography 35mm analog',
  sea: 'sea$ ocean ship$ ships$ boat harbour harbor ferry sail coast beach dock$ marina mar praia playa plage spiaggia strand',
  autumn:
    'autumn leaves leaf pumpkin october november september halloween cozy cosy sweater foliage fashion outfit season nature thanksgiving',
};

export const topicMeanings = `
turkey = 土耳其 : ~travel istanbul ankara antalya bodrum izmir turkish bosphorus ephesus pamukkale bazaar
turkey = 火鸡 : thanksgiving ~food christmas stuffing leftover
single = 单身 : ~love
single = 单曲 : ~music release out$
engagement proposal = 求婚 : ~love ring$
market markets mercado markt = 市集 夜市 : farmers vendor stall street flea nightmarket local produce food fruit vegetable christmas craft handmade weekend thrift bazaar artisan travel
train trains tren trem zug = 火车旅行 : ~travel railway railroad station$ interrail eurail locomotive journey carriage sleeper platform
korean = 韩语学习 : ~learn topik hangul
japanese = 日语学习 : ~learn jlpt kanji hiragana
chinese mandarin = 学中文 : ~learn hsk hanzi pinyin
spanish = 西班牙语 : ~learn dele espanol
french = 法语学习 : ~learn delf
german = 德语学习 : ~learn goethe deutschlernen
english = 英语学习 : ~learn ielts toefl
dad father = 奶爸 : ~baby
mom mama mum = 宝妈 : ~baby
baby babygirl babyboy bebe = 宝宝 : parent newborn mom momlife mum mumlife dad dadlife toddler nursery infant pregnan son$ daughter family motherhood fatherhood weeks$ months$
adventure aventura abenteuer = 户外 : ~nature climb kayak trail expedition outdoors
adventure aventura abenteuer = 旅行 : ~travel
foundation = 粉底液 : ~beauty
contour = 修容 : ~beauty
highlighter = 高光 : ~beauty
blush = 腮红 : ~beauty
bangs = 刘海 : hair haircut fringe salon hairstyle
ring rings = 戒指 : ~fashion ~love
watch watches = 手表 : ~fashion rolex seiko casio omega timepiece wrist dial
glasses = 眼镜 : ~fashion eyewear optic frames lenses specs
suit = 西装 : ~fashion wedding groom
coat = 外套 : ~fashion winter
boots = 靴子 : ~fashion winter
tea cha = 茶 : ~food teatime teapot brew matcha leaves cup$ cups$ chai oolong ceremony drink cosy cozy biscuit
fish = 鱼 : ~food seafood
toast = 吐司 : ~food avocado
grill grilling = 烧烤 : ~food bbq barbecue steak
juice = 果汁 : ~food fruit healthy detox drink orange
spring = 春天 : nature flower season blossom bloom fashion outfit easter april march$ garden weather sunshine summer sakura tulip
fall = 秋天 : ~autumn
present presente regalo = 礼物 : birthday christmas gift wrap xmas navidad cumple natal
bridge bridges = 桥 : ~travel river architecture city walk sunset
port puerto hafen = 港口 : ~travel ~sea
porto = 波尔图 : ~travel portugal wine douro lisbon lisboa
rainbow = 彩虹 : !pride lgbt gay queer bridge loom
aurora = 极光 : northern norway iceland finland lapland tromso alaska arctic ~nature night
safari = 非洲旅行 : ~travel africa kenya tanzania wildlife lion serengeti elephant
china = 中国 : !porcelain teacup tableware crockery antique plate$ plates$ vase bone dish cabinet doll
chile = 智利 : !~food pepper spicy salsa hot$
roma = 罗马 : ~travel italia italy colosseo colosseum vaticano
florence = 佛罗伦萨 : italy italia tuscany toscana firenze duomo ~travel
venice = 威尼斯 : !california losangeles beach la$ skate muscle
milan milano = 米兰 : !acmilan inter$ calcio seriea sansiro
holland = 荷兰 : !tomholland spiderman marvel zendaya tom$ uncharted
switch = Switch : ~game
apple = 苹果 : ~tech
canon = 佳能 : ~photo eos
python = Python : ~tech
fuji = 富士相机 : ~photo fujifilm xt
fuji = 富士山 : ~travel japan tokyo mount
space = 天文 : astronomy nasa planet star$ stars$ galaxy rocket telescope cosmos moon$ spacex universe
magic = 魔术 : magician trick illusion card$ cards$ sleight
edit editing = 视频剪辑 : video capcut premiere editor aftereffects davinci reel$ footage
pilot = 飞行员 : aviation plane cockpit airline aircraft flying flight captain
doctor doctors = 医生 : medic hospital nurse patient clinic surgery
interview = 面试 : job career hiring resume recruiter hr
notes = 笔记分享 : ~school
reading = 读书 阅读 : !uk berkshire festival fc readingfc madejski thames$ universityofreading tarot tarotreading palm psychic cards$ astrology
library = 图书馆 : book ~school reading
finals = 考试 : ~school
uni = 大学生活 : ~school
nursing = 护士 : nurse hospital rn medic scrubs
vinyl = 黑胶唱片 : ~music record turntable
clay = 陶艺 : ~art
film = 电影 : movie cinema director actor netflix scene oscar filmmaking cinephile
film = 胶片 : ~photo kodak
series = 追剧 : tv netflix episode show$ hbo drama kdrama binge
collection collector = 收藏 : collecting collectible figure stamp coin funko cards$ vintage toys
abs = 腹肌 : ~gym core$ sixpack
muscle = 健美 : ~gym
lifting = 举铁 : gym workout fitness bench$ squat reps$ deadlift barbell powerlift weight
stretch = 拉伸 : ~gym yoga flexib pilates mobility
surf = 冲浪 : wave ocean beach board$ surfing surfer swell
football futebol = 足球 : soccer premierleague goal fifa worldcup messi ronaldo uefa laliga striker fc club
football = 橄榄球 : nfl superbowl touchdown quarterback americanfootball
boxing = 拳击 : boxer fight spar punch glove mma ~gym
golf = 高尔夫 : golfer course$ swing pga putt fairway birdie caddie
therapy = 疗愈 : mental anxiety heal healing trauma mind selfcare burnout
moving = 搬家 : house home apartment boxes flat$ packing newhome
hacks = 生活小妙招 : life home clean kitchen tip$ tips$ diy laundry house
setup = 桌搭 桌面布置 : desk workspace gaming monitor keyboard pc
camp = 露营 : tent outdoor campfire camping forest ~nature
shiba husky ragdoll = 宠物 : dog cat puppy pet kitten paws
friends = 朋友 : friendship bestie bff girls together besties night party weekend
mango = 芒果 : ~food fruit
zara = ZARA : ~fashion
cena = 晚餐 : ~food receta ricett italia noche sera
mare = 大海 : ~travel ~sea estate italia sole
noel = 圣诞节 : christmas navidad decembre sapin fete cadeau hiver xmas
essen = 美食 : ~food kochen lecker rezept
vela = 帆船 : ~sea barco
vela = 香薰蜡烛 : aroma candle decor cera
run runner = 跑步 : running marathon km 5k 10k race$ jog strava miles parkrun pace$
draw sketch = 画画 : ~art pencil drawing
pose = 拍照姿势 : ~photo model
rap = 说唱 : ~music hiphop bars$ rapper
drums = 架子鼓 : ~music drummer
plants plant = 绿植 : houseplant garden green indoor monstera leaf leaves pot$ pots$ propagat plantlover plantmom
app apps = 好用的app : ~tech android ios download
auto autos = 汽车 : car$ cars$ coche drive motor engine bmw audi mercedes porsche
resume = 简历 : job career hiring interview cv
booty = 翘臀 : ~gym glute
story = 讲故事 : storytime tell narrat tale
ev = 新能源汽车 : tesla electric car$ cars$ charging battery
`;

/** A cheerful topic would be offensive on a post about mourning. */
export const mourning =
  /(?<!\p{L})(?:grief|griev|mourning|rip$|rest ?in ?peace|passed away|funeral|condolence|i miss (?:you|him|her)|miss(?:ing)? you|without you|gone too soon|in loving memory|loss of (?:my|our)|descansa en paz|luto|trauer|deuil|lutto)/u;
export const ofFamily =
  /^(?:宝妈|奶爸|育儿|宝宝|带娃日常|孕期|亲子|家庭|姐妹|兄弟姐妹|奶奶|爷爷奶奶|婚姻|情侣|恋爱|约会|父亲节|母亲节|搞笑|派对|励志)$/u;
