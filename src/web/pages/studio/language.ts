import type { Sentences } from './sentences/en.ts';
import { loadTables } from './tables.ts';

export type LanguageName = 'en' | 'zh' | 'es';

/** A language: its own name, how it writes dates and numbers, and its sentences. */
export interface Language {
  readonly name: LanguageName;
  readonly title: string;
  /** BCP 47. */
  readonly tag: string;
  /** Each language is a script of its own: a page loads the one that it shows. */
  readonly load: () => Promise<Sentences>;
}

export const languages: readonly Language[] = [
  { name: 'en', title: 'English', tag: 'en', load: async () => (await import('./sentences/en.ts')).en },
  { name: 'zh', title: '中文', tag: 'zh-CN', load: loadChinese },
  { name: 'es', title: 'Español', tag: 'es', load: loadSpanish },
];

async function loadChinese(): Promise<Sentences> {
  await loadTables('zh');
  return (await import('./sentences/zh.ts')).zh;
}

async function loadSpanish(): Promise<Sentences> {
  await loadTables('es');
  return (await import('./sentences/es.ts')).es;
}

const stored = 'content-port language';

/** The language that was chosen here before, else the first of the browser's that is there, else English. */
export function chooseLanguage(wanted: readonly string[]): Language {
  let before: string | null = null;
  try {
    before = localStorage.getItem(stored);
  } catch {}
  const names = [before ?? '', ...wanted].map((tag) => tag.toLowerCase().split('-')[0]);
  const found = names.map((name) => languages.find((each) => each.name === name)).find((each) => each !== undefined);
  return found ?? languageNamed('en');
}

export function rememberLanguage(name: LanguageName): void {
  try {
    localStorage.setItem(stored, name);
  } catch {}
}

export function languageNamed(name: LanguageName): Language {
  return languages.find((each) => each.name === name) ?? (languages[0] as Language);
}
