import { availableParallelism } from 'node:os';
import type { Settings } from '../config/config-file.ts';
import type { PortOptions } from '../config/options.ts';
import type { RunEvent, Totals } from '../model/event.ts';
import type { Music } from '../model/original.ts';
import type { Post } from '../model/post.ts';
import { isUnexpired } from '../originals/order.ts';
import { checkEncoder, softwareOnly } from '../render/encoders.ts';
import type { Tools } from '../tools/tools.ts';
import { foldersOfCovers, withoutCovers } from './chosen-cover.ts';
import { concurrencyFor } from './concurrency.ts';
import type { AccountWork, RunContext } from './context.ts';
import { decideHeldByRule } from './decide-post.ts';
import { forecast } from './forecast.ts';
import { forecastHeldByRule, type PostForecast } from './forecast-post.ts';
import { resolveCaptions } from './load-captions.ts';
import { openAccount } from './open-account.ts';
import { openPosted } from './posted.ts';
import { openMusicOf } from './probe-music.ts';
import type { Account } from './read-accounts.ts';
import { type AccountDone, type RunResult, runAccounts } from './run-accounts.ts';
import { countToTranscribe } from './speech.ts';
import { openTranslations, type Translations, wantedLanguages } from './translations.ts';
import { computeRunHash } from './up-to-date.ts';
import { checkCover, checkOneCover } from './validate-cover.ts';

/**
 * The main job without rendering: reads, joins captions, probes available originals, plans, and reports each outcome.
 * @param tools tools that write only into `scratch` and have no network
 * @param hasPages whether the run itself can ask yt-dlp for a post's page
 * @param onPost called for each post, with the files to make for it
 * @throws PortError as the main job does
 */
export async function dryRun(
  paths: readonly string[],
  settings: Settings<PortOptions>,
  tools: Tools,
  scratch: string,
  tell: (event: RunEvent) => void,
  signal: AbortSignal,
  hasPages: boolean,
  onPost: (post: Post, found: Pick<PostForecast, 'rows'>) => void = () => {},
): Promise<RunResult> {
  const context = { tools, tell, signal, scratch };
  await checkEncoder(settings.common.encoder, tools, signal);
  const musicOf = await openMusicOf(settings.all, tools, tell, signal);
  const work = async (each: AccountWork) => {
    const requested = settings.for(each.account.name);
    const options = { ...requested, offline: true };
    const willFetch = !requested.offline;
    return dryAccount(
      each,
      options,
      musicOf(options),
      { ...context, signal: each.signal },
      { willFetch, hasPages, onPost },
    );
  };
  const check = (accounts: readonly Account[]) => checkOneCover(accounts, settings);
  return { ...(await runAccounts(paths, settings, [], context, work, { check })), folders: [] };
}

interface DryMode {
  readonly willFetch: boolean;
  readonly hasPages: boolean;
  readonly onPost: (post: Post, found: Pick<PostForecast, 'rows'>) => void;
}

async function dryAccount(
  work: AccountWork,
  options: PortOptions,
  music: Music | null,
  context: RunContext,
  { willFetch, hasPages, onPost }: DryMode,
): Promise<AccountDone> {
  const targets = options.to.map(({ name }) => name);
  const found = await openAccount(work, options, targets, context, wantedLanguages(options));
  const translations = openTranslations(found, options, { readOnly: true });
  const opened = translations === null ? found : { ...found, loadedCaptions: translations.loadedCaptions };
  const { jobs, share } = concurrencyFor(options.jobs, availableParallelism());
  const runHash = computeRunHash({ ...opened, options, music });
  const coverFolders = foldersOfCovers(opened, options);
  const { isPosted } = await openPosted(opened, options);
  const run = { ...opened, options, music, encoders: softwareOnly, runHash, threads: share, coverFolders, isPosted };
  await checkCover(run);
  const { selected, held } = opened.selection;
  const totals = Object.fromEntries(targets.map((name) => [name, none()]));
  const tellPost = (post: Post, found: Pick<PostForecast, 'rows'>) => {
    const { rows } = found;
    onPost(post, found);
    for (const { target, actions, expected } of rows) {
      const total = totals[target.name];
      if (total) total[expected.status]++;
      context.tell({ type: 'plan', account: opened.account, key: post.key, target: target.name, actions, expected });
    }
  };
  for (const { post, issue } of held) {
    const decisions = await decideHeldByRule(post, issue, { issues: [] }, run);
    tellPost(post, { rows: decisions.map(forecastHeldByRule) });
  }
  const captions = await resolveCaptions(opened);
  await translations?.useStored(selected, run);
  const delivered = new Map<Post, readonly string[]>();
  const onForecast = (post: Post, forecast: PostForecast) => {
    const { rows } = forecast;
    const to = rows.filter(({ expected }) => expected.status === 'delivered').map(({ target }) => target.name);
    if (translations !== null || options.transcribe !== undefined) delivered.set(post, to);
    tellPost(post, forecast);
  };
  const maxSeconds = Number.POSITIVE_INFINITY;
  const { tools } = context;
  const fetches = ({ links }: Post) =>
    willFetch && (hasPages || links.some((link) => link.kind !== 'page' && isUnexpired(link, tools.now())));
  const depth = { measuring: 'decisive', fetches } as const;
  const locate = async (post: Post) => run.originals.get(post, run.signal);
  const expected = await forecast(selected, captions, run, { jobs, maxSeconds, locate, depth, onPost: onForecast });
  const translation = translations && (await toTranslate(delivered, translations, run));
  const more = translation && { translation: { ...translation, to: options.translator?.place ?? '' } };
  const { transcribe } = options;
  const going = [...delivered].filter(([, to]) => to.length > 0).map(([post]) => post);
  const transcription = transcribe && {
    transcription: { videos: await countToTranscribe(going, opened, run), by: transcribe.place },
  };
  context.tell({ type: 'forecast', account: opened.account, ...expected, ...more, ...transcription });
  const leftOver = await withoutCovers(run.originals.unusedFiles(), selected, captions, run);
  return { totals, missing: null, leftOver };
}

/** How much of the posts that would be delivered would be sent to the translator. */
async function toTranslate(
  delivered: ReadonlyMap<Post, readonly string[]>,
  translations: Translations,
  run: Parameters<Translations['characters']>[2],
): Promise<{ readonly posts: number; readonly characters: number }> {
  let [posts, characters] = [0, 0];
  for (const [post, to] of delivered) {
    const more = await translations.characters(post, to, run);
    if (more > 0) posts++;
    characters += more;
  }
  return { posts, characters };
}

function none(): Totals {
  return { delivered: 0, held: 0, rejected: 0, failed: 0 };
}
