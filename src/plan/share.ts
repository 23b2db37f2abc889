import type { Post } from '../model/post.ts';
import type { Target, VideoAccept } from '../targets/target.ts';
import type { Operation, PictureSettings, Plan, PlannedFile } from './plan.ts';
import { planned } from './planned-file.ts';
import { canonical } from './rendition-key.ts';

/**
 * Two thirds of the bit rate look equally good: YouTube recommends 8 Mb/s where it recommends 12 for twice the frame
 * rate (https://support.google.com/youtube/answer/1722171, 2026-10).
 */
const sameToTheEye = 2 / 3;

/** An encoding that several platforms can share. */
interface Shared {
  /** All settings except frame rate and bit rate cap, as a comparable string. */
  readonly alike: string;
  readonly accepts: readonly VideoAccept[];
  readonly fps: number;
  readonly maxKbps: number;
  /** The highest cap among the platforms. */
  readonly best: number;
}

/**
 * Lets platforms share one encoding of a video if theirs differ only invisibly: in the bit rate cap, and in how often
 * each frame is repeated. A file that is copied for one platform stays copied, whatever another one needs.
 * @param plans the plans of one post, in the order of `targets`
 */
export function shareRenditions(post: Post, plans: readonly Plan[], targets: readonly Target[]): Plan[] {
  const shared: Shared[] = [];
  for (const [index, plan] of plans.entries()) {
    const accept = targets[index]?.video.accept;
    if (accept && plan.kind === 'deliver')
      for (const { files } of plan.parts) for (const file of files) join(file, accept);
  }
  return plans.map((plan, index) => {
    const accept = targets[index]?.video.accept;
    if (accept === undefined || plan.kind === 'reject') return plan;
    const parts = plan.parts.map((part) => ({ ...part, files: part.files.map((file) => replaced(file, accept)) }));
    return { ...plan, parts };
  });

  function join(file: PlannedFile, accept: VideoAccept): void {
    if (file.instead) join(file.instead, accept);
    const wanted = encoding(file.operation);
    if (wanted === null) return;
    const { fps, maxKbps } = wanted.picture;
    const own = { alike: alikeIn(file, wanted), accepts: [accept], fps, maxKbps, best: maxKbps };
    for (const [index, other] of shared.entries()) {
      const both = common(other, own);
      if (!both) continue;
      shared[index] = both;
      return;
    }
    shared.push(own);
  }

  /** Shares only what this platform accepts: another platform's encoding may have a higher frame rate than allowed. */
  function replaced({ instead, ...rest }: PlannedFile, accept: VideoAccept): PlannedFile {
    const file = instead ? { ...rest, instead: replaced(instead, accept) } : rest;
    const wanted = encoding(file.operation);
    if (wanted === null) return file;
    const alike = alikeIn(file, wanted);
    const { fps: ownFps, maxKbps: ownKbps } = wanted.picture;
    const has = (each: Shared) =>
      each.alike === alike &&
      each.accepts.includes(accept) &&
      each.maxKbps <= ownKbps &&
      each.best >= ownKbps &&
      isMultiple(each.fps, ownFps);
    const found = shared.find(has);
    if (!found) return file;
    const picture = { ...wanted.picture, fps: found.fps, maxKbps: found.maxKbps };
    const together = planned(post, file.source, { ...wanted, picture }, file);
    return together.key === file.key ? together : { ...together, unsharedKey: file.key };
  }
}

type Transcode = Extract<Operation, { readonly kind: 'transcode' }>;
type Encoding = Omit<Transcode, 'picture'> & { readonly picture: PictureSettings };

function encoding(operation: Operation): Encoding | null {
  if (operation.kind !== 'transcode' || operation.picture === 'copy') return null;
  return { ...operation, picture: operation.picture };
}

function alikeIn({ source }: PlannedFile, operation: Encoding): string {
  const { fps: _fps, maxKbps: _maxKbps, ...picture } = operation.picture;
  return canonical({ source: source.sha256, operation: { ...operation, picture } });
}

/** null if one of them would visibly lose quality. */
function common(a: Shared, b: Shared): Shared | null {
  const [slow, fast] = a.fps < b.fps ? [a.fps, b.fps] : [b.fps, a.fps];
  const accepts = [...a.accepts, ...b.accepts];
  const maxKbps = Math.min(a.maxKbps, b.maxKbps);
  const best = Math.max(a.best, b.best);
  const alike = a.alike === b.alike && isMultiple(fast, slow) && maxKbps >= best * sameToTheEye;
  const taken = accepts.every(({ maxFps }) => fast <= maxFps.value);
  return alike && taken ? { alike: a.alike, accepts, fps: fast, maxKbps, best } : null;
}

/** Whether `fast` is an integer multiple of `slow`, so that each frame is repeated equally often. */
function isMultiple(fast: number, slow: number): boolean {
  const times = fast / slow;
  return Math.abs(times - Math.round(times)) < 0.001;
}
