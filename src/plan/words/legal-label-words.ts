/** The word for a paid post and for AI content in a language, as the law or the platforms there want to read it. */
interface Labels {
  readonly paid: string;
  /** null: no wording is common there, so the English one is used. */
  readonly ai: string | null;
}

/**
 * By language, as in `disclosure-words.ts`, which recognises each of them (test/plan/words/legal-labels.test.ts). After
 * the guides that are named there: 广告 (SAMR, Internet Advertising Rules 2023, article 9), 広告 (Consumer Affairs Agency
 * 2023), 광고 (KFTC 2020), Publicidad (Autocontrol), Publicité (law 2023-451, article 5), Werbung (Landesmedienanstalten),
 * Pubblicità (AGCM), Reklama (UOKiK 2022). AI生成 and its kin: CAC, Measures for Labelling AI-generated Content 2025.
 */
export const legalLabels: Readonly<Record<string, Labels>> = {
  ar: { paid: 'إعلان', ai: 'تم إنشاؤه بالذكاء الاصطناعي' },
  bg: { paid: 'Реклама', ai: null },
  cs: { paid: 'Reklama', ai: 'Vytvořeno pomocí AI' },
  da: { paid: 'Reklame', ai: 'Lavet med AI' },
  de: { paid: 'Werbung', ai: 'Mit KI erstellt' },
  el: { paid: 'Διαφήμιση', ai: null },
  en: { paid: 'Ad', ai: 'AI-generated' },
  es: { paid: 'Publicidad', ai: 'Creado con IA' },
  fa: { paid: 'تبلیغات', ai: 'ساخته شده با هوش مصنوعی' },
  fi: { paid: 'Mainos', ai: null },
  fr: { paid: 'Publicité', ai: 'Créé avec l’IA' },
  he: { paid: 'פרסומת', ai: 'נוצר באמצעות AI' },
  hi: { paid: 'विज्ञापन', ai: 'AI से बनाया गया' },
  hu: { paid: 'Hirdetés', ai: null },
  id: { paid: 'Iklan', ai: 'Dibuat dengan AI' },
  it: { paid: 'Pubblicità', ai: 'Creato con IA' },
  ja: { paid: '広告', ai: 'AI生成' },
  ko: { paid: '광고', ai: 'AI 생성' },
  ms: { paid: 'Iklan', ai: 'Dibuat dengan AI' },
  nb: { paid: 'Reklame', ai: 'Laget med AI' },
  nl: { paid: 'Advertentie', ai: 'Gemaakt met AI' },
  no: { paid: 'Reklame', ai: 'Laget med AI' },
  pl: { paid: 'Reklama', ai: 'Stworzone przez AI' },
  pt: { paid: 'Publicidade', ai: 'Criado com IA' },
  ro: { paid: 'Publicitate', ai: null },
  ru: { paid: 'Реклама', ai: 'Создано нейросетью' },
  sk: { paid: 'Reklama', ai: null },
  sv: { paid: 'Annons', ai: 'Skapad med AI' },
  th: { paid: 'โฆษณา', ai: 'สร้างด้วย AI' },
  tr: { paid: 'Reklam', ai: 'Yapay zeka ile yapıldı' },
  uk: { paid: 'Реклама', ai: 'Створено нейромережею' },
  vi: { paid: 'Quảng cáo', ai: 'Tạo bởi AI' },
  zh: { paid: '广告', ai: 'AI生成' },
  'zh-hant': { paid: '廣告', ai: 'AI生成' },
};
