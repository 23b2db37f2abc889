import { en, type Sentences } from './sentences/en.ts';
import { es } from './sentences/es.ts';
import { zh } from './sentences/zh.ts';

export type LanguageName = 'en' | 'zh' | 'es';

/** A language: its own name, its sentences, and how it writes dates and numbers. */
export interface Language {
  readonly name: LanguageName;
  readonly title: string;
  /** BCP 47. */
  readonly tag: string;
  readonly sentences: Sentences;
}

export const languages: readonly Language[] = [
  { name: 'en', title: 'English', tag: 'en', sentences: en },
  { name: 'zh', title: '中文', tag: 'zh-CN', sentences: zh },
  { name: 'es', title: 'Español', tag: 'es', sentences: es },
];

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
