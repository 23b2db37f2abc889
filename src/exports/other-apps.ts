import type { ExportFile } from '../model/export-file.ts';
import type { Issue } from '../model/issue.ts';

/** Other apps by ByteDance whose data can come in the same ZIP (2025-26). */
const APPS: readonly (readonly [RegExp, string])[] = [
  [/lemon8/, 'Lemon8'],
  [/capcut/, 'CapCut'],
  [/resso/, 'Resso'],
];

/**
 * The app that a file belongs to, if it is not TikTok: JSON by its file name (`user_data_lemon8.json`), TXT also by its
 * folder (`Lemon8/Posts/Posts.txt`). Null if nothing indicates another app.
 */
export function otherAppOf({ name }: Pick<ExportFile, 'name'>): string | null {
  const ending = /\.(?:json|txt)$/i.exec(name)?.[0].toLowerCase();
  if (ending === undefined) return null;
  const nearestFirst = name
    .toLowerCase()
    .split('/')
    .slice(ending === '.json' ? -1 : -3)
    .reverse();
  for (const part of nearestFirst) {
    if (part.includes('tiktok')) return null;
    const app = APPS.find(([pattern]) => pattern.test(part));
    if (app) return app[1];
  }
  return null;
}

/** Separates TikTok's files and returns an issue for each other app. */
export function withoutOtherApps(files: readonly ExportFile[]): {
  readonly own: readonly ExportFile[];
  readonly issues: readonly Issue[];
} {
  const others = new Map<string, string[]>();
  const own = files.filter((file) => {
    const app = otherAppOf(file);
    if (app !== null && !others.get(app)?.push(file.name)) others.set(app, [file.name]);
    return app === null;
  });
  const issues = [...others].map(([app, [first = '', ...more]]): Issue => {
    const rest = more.length > 0 ? ` and ${more.length} more` : '';
    return { code: 'other-app', severity: 'warning', actual: `${first}${rest}`, limit: app };
  });
  return { own, issues };
}
