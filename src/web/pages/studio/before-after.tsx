import type { PostDetail, PostOnPlatform } from '../../studio/api.ts';
import { formatBytes } from './format.ts';
import { issueText } from './issue-text.ts';
import { Video } from './media.tsx';
import { mediaAddress } from './server.ts';
import { useSentences } from './store.ts';

interface BeforeAfterProps {
  readonly detail: PostDetail;
  readonly platform: PostOnPlatform;
}

/** What was changed and why, with original and result side by side; one line where nothing was. */
export function BeforeAndAfter({ detail, platform }: BeforeAfterProps) {
  const s = useSentences();
  const { account, original, kind } = detail;
  const files = platform.packages
    .flatMap((each) => each.files)
    .filter(({ role }) => role === 'video' || role === 'photo');
  const changed = files.filter(({ action }) => action !== 'copy');
  if (files.length === 0) return null;
  const why = [...new Set(changed.flatMap((each) => each.why.map((issue) => issueText(issue, s))))];
  return (
    <details class="before-after">
      <summary>{changed.length === 0 ? s.unchanged : s.changed(actionName(changed[0]?.action ?? ''))}</summary>
      {changed.length === 0 ? (
        <p class="soft">{s.bitForBit}</p>
      ) : (
        <>
          <ul>
            {why.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
          <div class="pair">
            {original !== null && kind === 'video' && (
              <figure>
                <figcaption>{s.before}</figcaption>
                <Video address={mediaAddress(account, original.path)} poster={null} />
              </figure>
            )}
            {changed.slice(0, 4).map(({ path, role, bytes }) => (
              <figure key={path}>
                <figcaption>
                  {s.after} <span class="soft">{formatBytes(bytes)}</span>
                </figcaption>
                {role === 'video' ? (
                  <Video address={mediaAddress(account, path)} poster={null} />
                ) : (
                  <img src={mediaAddress(account, path)} alt="" loading="lazy" />
                )}
              </figure>
            ))}
          </div>
        </>
      )}
    </details>
  );

  function actionName(action: string): string {
    return Object.hasOwn(s.actions, action) ? s.actions[action as keyof typeof s.actions] : action;
  }
}
