import { useState } from 'preact/hooks';
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

type MadeFile = PostOnPlatform['packages'][number]['files'][number];

/** What was changed and why, with original and result side by side; one line where nothing was. */
export function BeforeAndAfter({ detail, platform }: BeforeAfterProps) {
  const s = useSentences();
  const { original } = detail;
  const files = platform.packages
    .flatMap((each) => each.files)
    .filter(({ role }) => role === 'video' || role === 'photo');
  const changed = files.filter(({ action }) => action !== 'copy');
  if (files.length === 0) return null;
  const actions = [...new Set(changed.map(({ action }) => action))].map(actionName);
  // Photos are made one by one; a video of photos is made of them all.
  const photos = original?.photos ?? [];
  const isOneByOne = photos.length === files.length;
  const pairs = changed.map((file) => ({ file, before: isOneByOne ? (photos[files.indexOf(file)] ?? null) : null }));
  return (
    <details class="before-after">
      <summary>{changed.length === 0 ? s.unchanged : s.changed(actions.join(', '))}</summary>
      {changed.length === 0 && <p class="soft">{s.bitForBit}</p>}
      {changed.length > 0 && original === null && <p class="soft">{s.originalElsewhere}</p>}
      {changed.length > 0 && !isOneByOne && original !== null && (
        <Before account={detail.account} original={original} />
      )}
      {pairs.map(({ file, before }) => (
        <Pair
          key={file.path}
          account={detail.account}
          name={files.length > 1 ? nameOf(file) : null}
          file={file}
          before={before}
        />
      ))}
    </details>
  );

  function nameOf(file: MadeFile): string {
    const at = files.indexOf(file) + 1;
    return file.role === 'photo' ? s.photo(at, files.length) : s.partOf(at, files.length);
  }

  function actionName(action: string): string {
    return Object.hasOwn(s.actions, action) ? s.actions[action as keyof typeof s.actions] : action;
  }
}

/** The whole original, where it is not one photo for one photo. */
function Before({
  account,
  original,
}: {
  readonly account: string;
  readonly original: NonNullable<PostDetail['original']>;
}) {
  const s = useSentences();
  const { path, photos } = original;
  return (
    <figure class="before">
      <figcaption>{s.before}</figcaption>
      {photos.length === 0 ? (
        <Video address={mediaAddress(account, path)} poster={null} />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, and needs the keyboard for that
        <section class="photos" aria-label={s.photosOf(photos.length)} tabIndex={0}>
          {photos.map((each, index) => (
            <Picture key={each} account={account} path={each} alt={s.photo(index + 1, photos.length)} />
          ))}
        </section>
      )}
    </figure>
  );
}

interface PairProps {
  readonly account: string;
  readonly name: string | null;
  readonly file: MadeFile;
  /** The original of a photo. */
  readonly before: string | null;
}

function Pair({ account, name, file, before }: PairProps) {
  const s = useSentences();
  const { path, version, role, bytes } = file;
  const why = [...new Set(file.why.map((issue) => issueText(issue, s)))];
  return (
    <div class="pair-part">
      {name !== null && <h4>{name}</h4>}
      {why.length > 0 && (
        <ul>
          {why.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      )}
      <div class="pair">
        {before !== null && (
          <figure>
            <figcaption>{s.before}</figcaption>
            <Picture account={account} path={before} alt={`${s.before}: ${name ?? s.photo(1, 1)}`} />
          </figure>
        )}
        <figure>
          <figcaption>
            {s.after} <span class="soft">{formatBytes(bytes)}</span>
          </figcaption>
          {role === 'video' ? (
            <Video address={mediaAddress(account, path, version)} poster={null} />
          ) : (
            <Picture account={account} path={path} version={version} alt={`${s.after}: ${name ?? s.photo(1, 1)}`} />
          )}
        </figure>
      </div>
    </div>
  );
}

interface PictureProps {
  readonly account: string;
  readonly path: string;
  readonly version?: string;
  readonly alt: string;
}

/** Most browsers do not show some pictures that phones make, such as HEIC. */
function Picture({ account, path, version = '', alt }: PictureProps) {
  const s = useSentences();
  const [isShown, setShown] = useState(true);
  return isShown ? (
    <img src={mediaAddress(account, path, version)} alt={alt} loading="lazy" onError={() => setShown(false)} />
  ) : (
    <p class="soft">{s.notShown(path.split('/').at(-1) ?? '')}</p>
  );
}
