import type { PostDetail, PostOnPlatform } from '../../studio/api.ts';
import { mediaAddress } from './server.ts';
import { useSentences } from './store.ts';

interface MediaProps {
  readonly detail: PostDetail;
  readonly platform: PostOnPlatform | null;
}

/** The delivered video or photos; the original if nothing is delivered. */
export function PostMedia({ detail, platform }: MediaProps) {
  const s = useSentences();
  const { account, original } = detail;
  const files = (platform?.packages ?? []).flatMap((each) => each.files.map((file) => ({ ...file, part: each.part })));
  const cover = files.find(({ role }) => role === 'cover');
  const videos = files.filter(({ role }) => role === 'video');
  const photos = files.filter(({ role }) => role === 'photo');
  if (videos.length > 0) {
    return (
      <div class="media">
        {videos.map(({ path, version, part }, index) => (
          <figure key={path}>
            <Video
              address={mediaAddress(account, path, version)}
              poster={cover === undefined ? null : mediaAddress(account, cover.path, cover.version)}
            />
            {part !== null && <figcaption class="soft">{s.partOf(index + 1, videos.length)}</figcaption>}
          </figure>
        ))}
      </div>
    );
  }
  if (photos.length > 0) {
    return (
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, and needs the keyboard for that
      <section class="photos" aria-label={s.photosOf(photos.length)} tabIndex={0}>
        {photos.map(({ path, version }, index) => (
          <img
            key={path}
            src={mediaAddress(account, path, version)}
            alt={s.photo(index + 1, photos.length)}
            loading="lazy"
          />
        ))}
      </section>
    );
  }
  const isVideo = original !== null && detail.kind === 'video';
  return isVideo ? (
    <div class="media">
      <Video address={mediaAddress(account, original.path)} poster={null} />
    </div>
  ) : null;
}

export function Video({ address, poster }: { readonly address: string; readonly poster: string | null }) {
  const s = useSentences();
  return (
    <video
      src={address}
      {...(poster === null ? {} : { poster })}
      controls
      playsInline
      preload="metadata"
      aria-label={s.video}
    />
  );
}
