import { fingerprintOptions } from '../config/options.ts';
import { isOfSizing } from '../deliver/own-words.ts';
import { issuesNow, readWords } from '../deliver/package-words.ts';
import { stillDelivered } from '../deliver/present.ts';
import { mixtureOf } from '../exports/row.ts';
import type { Issue } from '../model/issue.ts';
import type { Original, OriginalFile } from '../model/original.ts';
import type { Post } from '../model/post.ts';
import type { Fetched } from '../originals/index.ts';
import { sizeCaption } from '../plan/caption.ts';
import type { Plan, SizedCaption } from '../plan/plan.ts';
import type { Material, PlanOptions } from '../plan/post.ts';
import { judgeOwnWords } from '../plan/words/own.ts';
import { decodeErrors } from '../render/decode-errors.ts';
import type { Stills } from '../render/stills.ts';
import { message } from '../report/messages.ts';
import type { Entry } from '../state/documents.ts';
import type { Subtitles } from '../state/transcripts.ts';
import type { Target } from '../targets/target.ts';
import { type LeftOut, type PostChoices, withoutMessage } from './choices.ts';
import { type ChosenCover, withinVideo } from './chosen-cover.ts';
import type { Delivery, PostRun, PostWords } from './context.ts';
import { jobOf } from './deliver-post.ts';
import { presenceCheckOf } from './make-renditions.ts';
import { judgePackage } from './own-media.ts';
import { type Measuring, planForAll } from './plan-with-measurements.ts';
import { frozen, frozenRow } from './posted.ts';
import { probeOriginal } from './probe-original.ts';

/** What becomes of a post on one platform: decided once, for a run, a worker, a dry run and a forecast alike. */
export type Decision =
  | { readonly kind: 'deliver'; readonly target: Target; readonly plan: Plan; readonly delivery: Delivery }
  /** It was delivered before, and is out or its original is no longer available: the delivery stays. */
  | { readonly kind: 'stay'; readonly target: Target; readonly plan: null; readonly row: Entry }
  | {
      readonly kind: 'not';
      readonly target: Target;
      /** null if there was no original to plan with. */
      readonly plan: Plan | null;
      readonly status: 'rejected' | 'failed';
      readonly issues: readonly Issue[];
      readonly previous: Entry | null;
    };

interface Deciding {
  /**
   * The targets to decide for. All targets of the run that are not left out are planned, because shared renditions depend
   * on all of them.
   */
  readonly targets: readonly Target[];
  /** Which measurements of a plan may be made. */
  readonly measuring: Measuring;
  /** Nothing is written in a forecast. */
  readonly writes: boolean;
  /** Gets the frames that measurements decode, for covers. */
  readonly stills?: Stills;
}

/** A platform to which a person does not want the post to go. The post is neither probed nor planned for it. */
export interface HeldBack {
  readonly target: Target;
  readonly issues: readonly Issue[];
}

/** The platforms on which a post is held back by choice, which is decided before anything else. */
export function decideHeldBack(
  { issues }: Pick<Fetched, 'issues'>,
  leftOut: LeftOut,
  targets: readonly Target[],
): HeldBack[] {
  const missing = issues.map((issue): Issue => ({ ...issue, severity: 'info' }));
  return targets.flatMap((target) => {
    const why = leftOut.get(target.name);
    return why === undefined ? [] : [{ target, issues: [...why, ...missing] }];
  });
}

/** What becomes on one platform of a post that a rule holds back: a package that is out stays there. */
export type HeldByRule =
  | { readonly kind: 'stay'; readonly target: Target; readonly row: Entry; readonly issues: readonly Issue[] }
  | {
      readonly kind: 'held';
      readonly target: Target;
      readonly issues: readonly Issue[];
      readonly previous: Entry | null;
    };

/** Decides for all platforms of the run. @param issue the rule */
export async function decideHeldByRule(
  { key }: Post,
  issue: Issue,
  { issues: missing }: Pick<Fetched, 'issues'>,
  { options, manifest, isPosted }: Pick<PostRun, 'options' | 'manifest' | 'isPosted'>,
): Promise<readonly HeldByRule[]> {
  const issues = [issue, ...missing.map((each): Issue => ({ ...each, severity: 'info' }))];
  const decide = async (target: Target): Promise<HeldByRule> => {
    const previous = await manifest.get(key, target.name);
    const isOut = previous?.status === 'delivered' && isPosted(key, target.name);
    return isOut && issue.code !== 'not-selected'
      ? { kind: 'stay', target, row: previous, issues: [frozen('be held')] }
      : { kind: 'held', target, issues, previous };
  };
  return await Promise.all(options.to.map(decide));
}

/**
 * Decides the outcome of a post on each target: probes its original, and plans it for all targets together except those
 * that are left out.
 * @throws InterruptedError
 */
export async function decidePost(
  post: Post,
  { original, issues: missing }: Fetched,
  captions: PostWords,
  { cells, fit, leftOut, ...chosen }: PostChoices,
  run: Omit<PostRun, 'onProgress'>,
  { targets, measuring, writes, stills }: Deciding,
): Promise<readonly Decision[]> {
  const { options, manifest, probeCache, tools, signal } = run;
  const probed = original ? await probeOriginal(post, original, probeCache, tools, signal) : null;
  const subtitles = captions.subtitlesOf(post.key);
  const material = withSubtitles(probed?.material ?? null, subtitles);
  const cover = material === null ? chosen.cover : withinVideo(chosen.cover, material);
  const caption = captions.get(post.key);
  const known = [
    ...exportNotes(post),
    ...captions.issuesOf(post.key),
    ...missing,
    ...(probed?.issues ?? []),
    ...chosen.issues,
    ...cover.issues,
    ...(original ? damageMet(post, original, manifest) : []),
    ...(original ? staleSubtitles(post, original, subtitles) : []),
  ];
  const to = options.to.filter(({ name }) => !leftOut.has(name));
  const planning = planOptions(run, fit, cover);
  const plans =
    material === null
      ? []
      : await planForAll(post, material, caption, to, planning, probeCache, tools, signal, measuring, stills);
  if ('code' in plans) known.push(plans);

  const decide = async (target: Target, plan: Plan | null): Promise<Decision> => {
    const previous = await manifest.get(post.key, target.name);
    const { media, issues: ofOwn } = await judgePackage(post, target, previous, run);
    const isBroken = ofOwn.some(({ severity }) => severity === 'error');
    const isUnwanted = (issues: readonly Issue[]) =>
      options.strict && issues.some(({ severity }) => severity === 'warning');
    if (previous?.status === 'delivered' && run.isPosted(post.key, target.name)) {
      const about = { target, caption, keepsWords: captions.isUnsure(post.key), previous, media };
      const stillThere = async (row: Entry, issues: readonly Issue[]) =>
        stillDelivered(row, post, media, [...ofOwn, ...issues], wordingOf(target), presenceCheckOf(run), { writes });
      return { kind: 'stay', target, plan: null, row: await frozenRow(post, plan, about, stillThere, run, { writes }) };
    }
    if (!original || plan === null) {
      const looking = presenceCheckOf(run);
      const still =
        previous && (await stillDelivered(previous, post, media, ofOwn, wordingOf(target), looking, { writes }));
      if (still && !isBroken) return { kind: 'stay', target, plan: null, row: still };
      return { kind: 'not', target, plan: null, status: 'failed', issues: [...known, ...ofOwn], previous };
    }
    const keepsWords = captions.isUnsure(post.key) && previous?.status === 'delivered';
    const ofPlan =
      keepsWords && previous.caption?.source !== 'none' ? withSizingOf(previous, plan.issues) : plan.issues;
    const planned = [...known, ...ofPlan, ...ofOwn];
    if (plan.kind === 'reject') return { kind: 'not', target, plan, status: 'rejected', issues: planned, previous };
    const about = { target, plan, caption, keepsWords, previous, media };
    const job = jobOf(post, about, run);
    const words = await readWords(job, tools.files);
    const issues = issuesNow(job, planned, words);
    if (isBroken || isUnwanted(issues)) return { kind: 'not', target, plan, status: 'failed', issues, previous };
    return { kind: 'deliver', target, plan, delivery: { ...about, words, original, issues, choices: cells } };
  };
  const planOf = (target: Target) => ('code' in plans ? null : (plans[to.indexOf(target)] ?? null));
  return await Promise.all(targets.map(async (target) => decide(target, planOf(target))));
}

/**
 * Decides, for a dry run, whether a post will fail before its original is fetched: with `--strict`, a warning about the
 * export or the caption is enough.
 * @returns the reason; null if the outcome depends on the original
 */
export function failsBeforeFetch(
  post: Post,
  target: Target,
  captions: PostWords,
  { options, manifest }: Pick<PostRun, 'options' | 'manifest'>,
): readonly Issue[] | null {
  if (!options.strict) return null;
  const { tags, footer, thread: asThread } = options;
  const [previous] = manifest.rowsOf(post.key, [target.name]);
  // Texts that a person wrote, or that were delivered before, may replace these.
  const mayHaveOthers = previous !== undefined && previous.files.length > 0;
  const words = mayHaveOthers
    ? []
    : sizeCaption(post, captions.get(post.key), target.words, null, { tags, footer, asThread }).issues;
  const issues = [...exportNotes(post), ...captions.issuesOf(post.key), ...words];
  return issues.some(({ severity }) => severity === 'warning') ? issues : null;
}

/** The delivered words stay, so that what was said of them stays too, instead of issues of words that do not go out. */
function withSizingOf({ issues: before }: Entry, planned: readonly Issue[]): readonly Issue[] {
  return [...planned.filter((issue) => !isOfSizing(issue)), ...before.filter(isOfSizing).map(withoutMessage)];
}

/** Subtitles belong to the video that was transcribed; those that a person wrote, to any. */
function withSubtitles(material: Material | null, found: Subtitles | null): Material | null {
  if (material?.kind !== 'video' || found === null) return material;
  return isOfVideo(found, material.file) ? { ...material, subtitles: found.cues } : material;
}

function isOfVideo({ video }: Subtitles, { sha256 }: Pick<OriginalFile, 'sha256'>): boolean {
  return video === null || video === sha256;
}

function staleSubtitles({ key, kind }: Post, { files: [file] }: Original, found: Subtitles | null): Issue[] {
  if (kind !== 'video' || file === undefined || found === null || isOfVideo(found, file)) return [];
  return [{ code: 'subtitles-stale', severity: 'info', actual: key, limit: null }];
}

/** The plan options of a post: those of the run, and what was chosen for it. */
function planOptions(
  { options, names, music }: Pick<PostRun, 'options' | 'names' | 'music'>,
  fit: PostChoices['fit'],
  { at, picture }: ChosenCover,
): PlanOptions {
  const { loudness = null } = options;
  const chosen = { cover: at, coverPicture: picture, ...(fit !== null && { fit }) };
  return { ...fingerprintOptions(options), loudness, names, music, ...chosen };
}

function wordingOf(target: Target) {
  return {
    hasTitle: target.words.title !== null,
    hasThreads: target.words.thread !== undefined,
    pickedTags: target.words.pickedTags === true,
    judge: (words: Omit<SizedCaption, 'removed'>) => judgeOwnWords(words, target.words),
    describe: message,
  };
}

/** Damage that an earlier run found when it decoded the same file; a run that does not decode it could not know. */
function damageMet(
  { key, kind }: Post,
  { files: [file] }: Original,
  { rowsOf }: Pick<PostRun['manifest'], 'rowsOf'>,
): Issue[] {
  const isKnown =
    kind === 'video' &&
    rowsOf(key).some(
      ({ original, issues }) =>
        original?.sha256 === file?.sha256 && issues.some(({ code }) => code === decodeErrors.code),
    );
  return isKnown ? [decodeErrors] : [];
}

/** Issues from the export that are reported for a post in every case. */
export function exportNotes({ visibility, audience, included, leftOut, unreadDisclosure = [] }: Post): Issue[] {
  const issues: Issue[] = [];
  if (included !== undefined)
    issues.push({ code: 'included', severity: 'info', actual: included.slice(0, 10), limit: audience ?? visibility });
  if (visibility === 'unknown')
    issues.push({ code: 'visibility-unknown', severity: 'warning', actual: null, limit: null });
  for (const words of unreadDisclosure)
    issues.push({ code: 'disclosure-unread', severity: 'warning', actual: words, limit: null });
  if (leftOut) issues.push({ code: 'mixed-post', severity: 'warning', actual: mixtureOf(leftOut), limit: null });
  return issues;
}
