/** Captions as people type them, by the encodings that their spreadsheets save. */
export const typed: readonly (readonly [
  language: string,
  encodings: readonly string[],
  captions: readonly string[],
])[] = [
  [
    'Chinese',
    ['gb18030', 'gbk'],
    [
      '今天去海边散步，风很大，心情很好',
      '周末早餐：豆浆和油条',
      '第一次自己做红烧肉，太好吃了',
      '雨后的城市夜景真美 #摄影',
      '谢谢大家的支持，我们下期见',
    ],
  ],
  [
    'Taiwanese',
    ['big5'],
    [
      '今天去海邊散步，風很大，心情很好',
      '週末早餐：豆漿和油條',
      '第一次自己做滷肉飯，太好吃了',
      '雨後的城市夜景真美 #攝影',
      '謝謝大家的支持，我們下次見',
    ],
  ],
  [
    'Japanese',
    ['shift_jis'],
    [
      '今日は海まで散歩しました。風が強かったです',
      '週末の朝ごはんはパンケーキ',
      'はじめて味噌汁を作りました',
      '雨上がりの夜景がきれい #写真',
      'いつも応援ありがとうございます',
    ],
  ],
  [
    'Korean',
    ['cp949'],
    [
      '오늘은 바닷가를 산책했어요 바람이 많이 불었어요',
      '주말 아침은 토스트와 커피',
      '처음으로 김치찌개를 만들었어요',
      '비 온 뒤의 도시 야경이 예뻐요 #사진',
      '항상 응원해 주셔서 감사합니다',
    ],
  ],
  [
    'Russian',
    ['windows-1251', 'maccyrillic', 'cp866', 'koi8-r'],
    [
      'Прогулка по набережной сегодня утром',
      'Завтрак в выходной: блины и кофе',
      'Впервые сама приготовила борщ, очень вкусно',
      'Ночной город после дождя #фото',
      'Спасибо всем за поддержку, до встречи',
    ],
  ],
  [
    'Ukrainian',
    ['windows-1251'],
    [
      'Прогулянка набережною сьогодні вранці',
      'Сніданок у вихідний: млинці та кава',
      'Вперше сама зварила борщ, дуже смачно',
      'Нічне місто після дощу #фото',
      'Дякую всім за підтримку, до зустрічі',
    ],
  ],
  [
    'Greek',
    ['windows-1253'],
    [
      'Βόλτα στην παραλία σήμερα το πρωί',
      'Πρωινό του σαββατοκύριακου: καφές και κουλούρι',
      'Πρώτη φορά έφτιαξα μουσακά μόνη μου',
      'Η πόλη τη νύχτα μετά τη βροχή #φωτογραφία',
      'Ευχαριστώ όλους για την υποστήριξη',
    ],
  ],
  [
    'Hebrew',
    ['windows-1255'],
    [
      'הליכה על החוף הבוקר, היה נהדר',
      'ארוחת בוקר של שבת: שקשוקה וקפה',
      'בפעם הראשונה הכנתי חומוס לבד',
      'העיר בלילה אחרי הגשם #צילום',
      'תודה לכולם על התמיכה',
    ],
  ],
  [
    'Arabic',
    ['windows-1256'],
    [
      'نزهة على شاطئ البحر هذا الصباح',
      'فطور نهاية الأسبوع: فول وشاي',
      'أول مرة أطبخ المقلوبة بنفسي',
      'المدينة ليلا بعد المطر #تصوير',
      'شكرا لكم جميعا على الدعم',
    ],
  ],
  [
    'Thai',
    ['windows-874'],
    [
      'วันนี้ไปเดินเล่นริมทะเล ลมแรงมาก',
      'อาหารเช้าวันหยุด ข้าวต้มกับกาแฟ',
      'ทำต้มยำกุ้งเองครั้งแรก อร่อยมาก',
      'เมืองยามค่ำคืนหลังฝนตก #ถ่ายรูป',
      'ขอบคุณทุกคนที่ติดตาม',
    ],
  ],
  [
    'Vietnamese',
    ['windows-1258'],
    [
      'Hôm nay đi dạo bên bờ biển, gió rất mạnh',
      'Bữa sáng cuối tuần: phở và cà phê',
      'Lần đầu tự nấu bún bò, ngon lắm',
      'Thành phố về đêm sau cơn mưa #ảnh',
      'Cảm ơn mọi người đã ủng hộ',
    ],
  ],
  [
    'Polish',
    ['windows-1250', 'maccenteuro', 'cp852'],
    [
      'Spacer po plaży dziś rano, wiał silny wiatr',
      'Weekendowe śniadanie: jajecznica i kawa',
      'Pierwszy raz sama zrobiłam żurek, pyszny',
      'Nocne miasto po deszczu, piękne światła #zdjęcia',
      'Dziękuję wszystkim za wsparcie, do następnego',
    ],
  ],
  [
    'Czech',
    ['windows-1250', 'maccenteuro'],
    [
      'Dnes ráno procházka u řeky, foukal silný vítr',
      'Víkendová snídaně: vajíčka a káva',
      'Poprvé jsem si sama uvařila svíčkovou',
      'Noční město po dešti, krásná světla #fotky',
      'Děkuji všem za podporu, příště na viděnou',
    ],
  ],
  [
    'Hungarian',
    ['windows-1250'],
    [
      'Ma reggel séta a tóparton, erős szél fújt',
      'Hétvégi reggeli: rántotta és kávé',
      'Először főztem egyedül gulyást, nagyon finom lett',
      'A város éjjel, eső után #fotó',
      'Köszönöm mindenkinek a támogatást, őszintén',
    ],
  ],
  [
    'Turkish',
    ['windows-1254', 'macturkish'],
    [
      'Bugün sahilde yürüyüş yaptık, rüzgâr çok güçlüydü',
      'Hafta sonu kahvaltısı: menemen ve çay',
      'İlk defa kendim mantı yaptım, çok güzel oldu',
      'Yağmurdan sonra gece şehir ışıkları #fotoğraf',
      'Desteğiniz için hepinize teşekkürler',
    ],
  ],
  [
    'Lithuanian',
    ['windows-1257'],
    [
      'Šiandien ryte pasivaikščiojome prie jūros, pūtė stiprus vėjas',
      'Savaitgalio pusryčiai: kiaušinienė ir kava',
      'Pirmą kartą pati išviriau šaltibarščius',
      'Naktinis miestas po lietaus, gražios šviesos',
      'Ačiū visiems už palaikymą',
    ],
  ],
  [
    'German',
    ['windows-1252', 'macintosh', 'cp850'],
    [
      'Heute früh am See spazieren, schöner Nebel',
      'Frühstück am Wochenende: Brötchen und Käse',
      'Zum ersten Mal selbst Spätzle gemacht, sehr köstlich',
      'Die Stadt nachts nach dem Regen, großartige Lichter',
      'Danke für eure Unterstützung, bis nächste Woche',
    ],
  ],
  [
    'French',
    ['windows-1252', 'macintosh'],
    [
      'Promenade à la plage ce matin, le vent était très fort',
      'Petit déjeuner du week-end : crêpes et café',
      'Première fois que je prépare un cassoulet, délicieux',
      'La ville de nuit après la pluie, de très belles lumières',
      'Merci à tous pour votre soutien, à bientôt',
    ],
  ],
  [
    'Spanish',
    ['windows-1252', 'macintosh'],
    [
      'Paseo por la playa esta mañana, hacía mucho viento',
      'Desayuno de fin de semana: café y churros',
      'La primera vez que cocino paella yo sola, qué rica',
      'La ciudad de noche después de la lluvia #fotografía',
      'Gracias a todos por el apoyo, nos vemos el próximo día',
    ],
  ],
  [
    'Portuguese',
    ['windows-1252'],
    [
      'Passeio na praia hoje de manhã, o vento estava forte',
      'Pequeno-almoço de fim de semana: pão e café',
      'Fiz feijoada sozinha pela primeira vez, que delícia',
      'A cidade à noite depois da chuva, luzes tão bonitas',
      'Obrigada a todos pelo apoio, até à próxima publicação',
    ],
  ],
  [
    'Swedish',
    ['windows-1252', 'macintosh'],
    [
      'Promenad vid sjön i morse, det blåste ganska hårt',
      'Helgens frukost: ägg och kaffe på balkongen',
      'Första gången jag lagar köttbullar själv, så gott',
      'Staden på natten efter regnet, så många ljus',
      'Tack för allt stöd, vi ses nästa vecka på sjön',
    ],
  ],
  [
    'Albanian',
    ['windows-1250', 'windows-1252'],
    [
      'Shëtitje në breg të detit këtë mëngjes',
      'Mëngjesi i fundjavës: byrek dhe kafe',
      'Për herë të parë gatova vetë tavë kosi',
      'Qyteti natën pas shiut',
      'Faleminderit të gjithëve për mbështetjen',
    ],
  ],
];

/** A sheet of so many rows, as a spreadsheet exports it, before it is stored in an encoding. */
export function sheetOf(captions: readonly string[], rows: number, first = 0): string {
  const header = 'key,createdAt,kind,sound,location,likes,tiktokUrl,caption,title,hashtags,source';
  const lines = Array.from({ length: rows }, (_, index) => {
    const day = String((index % 28) + 1).padStart(2, '0');
    const hour = String(Math.floor(index / 28)).padStart(2, '0');
    const caption = captions[(first + index) % captions.length] ?? '';
    return `2025-03-${day}_${hour}-15-04,2025-03-${day}T${hour}:15:04Z,video,original sound - maya,,7,,"${caption}",,,none`;
  });
  return `${[header, ...lines].join('\r\n')}\r\n`;
}
