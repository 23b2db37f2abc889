import { useState } from 'preact/hooks';
import type { PostDetail, PostOnPlatform } from '../../studio/api.ts';
import { choose, giveCover } from './actions.ts';
import { ChoiceConflicts } from './choice-conflicts.tsx';
import { useDragOver } from './drop.tsx';
import { formatClock } from './format.ts';
import { usePlanner } from './planner.ts';
import { frameAddress, mediaAddress } from './server.ts';
import { useSentences } from './store.ts';

const framesInStrip = 7;

interface CoverProps {
  readonly detail: PostDetail;
  readonly target: string;
  readonly platform: PostOnPlatform | null;
}

/** The cover as the platform crops it: a frame of the video, or the person's own picture. */
export function Cover({ detail, target, platform }: CoverProps) {
  const s = useSentences();
  const planner = usePlanner();
  const { account, key, choices, original } = detail;
  const place = { account, key };
  const seconds = detail.kind === 'video' ? (original?.seconds ?? null) : null;
  const chosen = momentOf(choices.cover);
  const [slid, setSlid] = useState<number | null>(null);
  const { isOver, handlers } = useDragOver();
  const aspect = planner?.platformFacts(target).aspect ?? 3 / 4;
  const made = platform?.packages[0]?.files.find(({ role }) => role === 'cover') ?? null;
  const moment = slid ?? chosen;
  const take = (files: FileList | null | undefined) => {
    const [file] = files ?? [];
    if (file !== undefined) void giveCover(place, file);
  };
  const select = (at: number) => {
    setSlid(null);
    void choose(place, 'cover', String(at));
  };
  const frames =
    seconds === null
      ? []
      : Array.from({ length: framesInStrip }, (_, index) => rounded(((index + 0.5) / framesInStrip) * seconds));
  // A held post has no cover yet: its first frame is shown instead.
  const still = moment ?? (made === null ? (frames[0] ?? null) : null);
  // The person's own picture is shown at once, before the cover is made from it.
  const picture = /^(?:covers|originals)\//.test(choices.cover) ? choices.cover : null;
  const shown =
    picture !== null
      ? mediaAddress(account, picture)
      : still !== null
        ? frameAddress(place, still)
        : made === null
          ? null
          : mediaAddress(account, made.path, made.version);
  const nearest =
    chosen === null
      ? null
      : frames.reduce((best, at) => (Math.abs(at - chosen) < Math.abs(best - chosen) ? at : best), frames[0] ?? 0);
  return (
    <section
      class={`cover ${isOver ? 'over' : ''}`}
      aria-labelledby="cover-title"
      {...handlers}
      onDrop={(event) => {
        event.preventDefault();
        event.stopPropagation();
        handlers.onDrop();
        take(event.dataTransfer?.files);
      }}
    >
      <h3 id="cover-title">{s.cover}</h3>
      <ChoiceConflicts detail={detail} columns={['cover']} />
      <div class="cover-part">
        <div class="crop" style={{ aspectRatio: String(aspect) }}>
          {shown !== null && <img src={shown} alt={s.coverNow} />}
        </div>
        <div class="cover-choice">
          <p class="soft">{detail.kind === 'photos' ? s.coverHintPhotos : s.coverHint}</p>
          {frames.length > 0 && (
            <>
              <fieldset class="strip" aria-label={s.frames}>
                {frames.map((at) => (
                  <button
                    key={at}
                    type="button"
                    data-studio="cover"
                    data-at={at}
                    aria-pressed={at === nearest}
                    aria-label={s.frameAt(formatClock(at))}
                    onClick={() => select(at)}
                  >
                    <img src={frameAddress(place, at)} alt="" loading="lazy" />
                  </button>
                ))}
              </fieldset>
              <input
                type="range"
                min={0}
                max={seconds ?? 0}
                step={0.1}
                value={moment ?? 0}
                aria-label={s.coverMoment}
                aria-valuetext={formatClock(moment ?? 0)}
                onInput={(event) => setSlid(Number(event.currentTarget.value))}
                onChange={(event) => select(rounded(Number(event.currentTarget.value)))}
              />
            </>
          )}
          <div class="row">
            <label class="button file">
              {s.ownCover}
              <input type="file" accept="image/*" onChange={(event) => take(event.currentTarget.files)} />
            </label>
            {choices.cover !== '' && (
              <button type="button" class="plain" onClick={() => void choose(place, 'cover', '')}>
                {s.coverByPort}
              </button>
            )}
          </div>
          {choices.cover !== '' && (
            <p class="soft">
              {chosen === null ? s.coverIsPicture(choices.cover) : s.coverIsFrame(formatClock(chosen))}
            </p>
          )}
        </div>
      </div>
    </section>
  );
}

/** The moment that the cell says; null for a picture and for none. */
function momentOf(cell: string): number | null {
  const number = /^(\d{1,6}(?:[.,]\d{1,9})?)\s*s?$/i.exec(cell.trim())?.[1];
  return number === undefined ? null : Number(number.replace(',', '.'));
}

function rounded(at: number): number {
  return Math.round(at * 100) / 100;
}
