import { mkdtemp, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { chooseRoute } from '../../../config/proxy.ts';
import { PortError } from '../../../errors.ts';
import { type ChosenEngine, openEngineTools } from '../../../language/contract.ts';
import { hardwareTrials } from '../../../render/encoders.ts';
import { createBergamot } from '../../../tools/bergamot.ts';
import { createCommands } from '../../../tools/commands.ts';
import { createDisk } from '../../../tools/disk.ts';
import { createFfmpeg } from '../../../tools/ffmpeg.ts';
import { ffmpegAbilities } from '../../../tools/ffmpeg-abilities.ts';
import { createHttp } from '../../../tools/http.ts';
import { loadSharp } from '../../../tools/image-library.ts';
import { findProgram, type Program, type ProgramName } from '../../../tools/programs.ts';
import type { ProxyServer } from '../../../tools/proxy.ts';
import { findYtDlp, ytDlpVersion } from '../../../tools/yt-dlp.ts';
import type { BuildAbilities, Diagnosis, ProxyState, TranslatorState, YtDlpState } from './diagnosis.ts';
import { managersOn, remediesFor } from './remedies.ts';

/**
 * Checks everything that a run needs on this machine, and says what to do about what is missing. `ok`: a run can start.
 * @param out the folder that a run would write into
 * @param proxy what `--proxy` says
 * @param translator an engine that is asked for one word
 */
export async function doctor(
  out: string,
  proxy?: ProxyServer | null,
  now = Date.now(),
  translator?: ChosenEngine,
): Promise<{ readonly diagnosis: Diagnosis; ok: boolean }> {
  const programs = await Promise.all((['ffmpeg', 'ffprobe'] as const).map(look));
  const ffmpegPath = programs.find((program): program is Program => program.name === 'ffmpeg' && 'path' in program);
  const found = {
    node: process.versions.node,
    programs,
    ffmpeg: ffmpegPath ? await checkBuild(ffmpegPath.path).catch(() => null) : null,
    images: await checkImages(),
    ytDlp: await checkYtDlp(now),
    proxy: checkProxy(proxy),
    ...(translator && { translator: await tryTranslator(translator, proxy) }),
    output: await checkFolder(resolve(out)),
  };
  const remedies = remediesFor(found, await managersOn(process.env));
  const ok = remedies.every(({ needed }) => !needed);
  return { diagnosis: { schemaVersion: 1, ...found, remedies }, ok };
}

/** A language model is loaded first. */
const translatorMilliseconds = 120_000;

async function look(name: ProgramName): Promise<Diagnosis['programs'][number]> {
  try {
    return await findProgram(name);
  } catch (error) {
    if (error instanceof PortError) return { name, missing: error.message };
    throw error;
  }
}

/** Tried in the same way as in a run, so that the results agree. */
async function checkBuild(path: string): Promise<BuildAbilities> {
  const hardware: BuildAbilities['hardware'][number][] = [];
  const trials = hardwareTrials(createFfmpeg(path), new AbortController().signal);
  for await (const each of trials) hardware.push(each);
  return { ...(await ffmpegAbilities(path)), hardware };
}

async function checkImages(): Promise<Diagnosis['images']> {
  try {
    return (await loadSharp()).imageAbilities();
  } catch (error) {
    if (error instanceof PortError) return { missing: error.message };
    throw error;
  }
}

async function checkYtDlp(now: number): Promise<YtDlpState | null> {
  try {
    const program = await findYtDlp();
    if (program === null) return null;
    const version = await ytDlpVersion(program.path).catch((error: Error) => error);
    if (version instanceof Error) return { ...program, version: null, trouble: version.message };
    const released = Date.parse(`${version.slice(0, 10).replaceAll('.', '-')}T00:00:00Z`);
    return { ...program, version, ageDays: Math.max(0, Math.floor((now - released) / 86_400_000)) };
  } catch (error) {
    if (error instanceof PortError) return { path: null, trouble: error.message };
    throw error;
  }
}

/** Asks for the translation of one word, which is not from any post. */
async function tryTranslator(engine: ChosenEngine, proxy?: ProxyServer | null): Promise<TranslatorState> {
  const about = { engine: engine.written, place: engine.place };
  const http = createHttp({ route: chooseRoute(proxy, process.env) });
  const tools = { http, commands: createCommands(), bergamot: createBergamot() };
  const translator = engine.open(openEngineTools(tools, [], process.env));
  let answer: string | null = null;
  const trouble = await translator
    .translate(
      [{ id: '1', ...((await translator.languages?.()) ?? { from: 'en', to: 'es' }), text: 'Good morning' }],
      (_, text) => {
        answer = text;
      },
      AbortSignal.timeout(translatorMilliseconds),
    )
    .catch((error: unknown) => ({
      reason: error instanceof PortError ? error.message : 'it took longer than two minutes',
    }));
  if (trouble !== null) return { ...about, trouble: trouble.reason };
  return { ...about, trouble: answer === null ? 'it answered without a translation' : null };
}

function checkProxy(written: ProxyServer | null | undefined): ProxyState | null {
  try {
    const { proxy, from, noProxy } = chooseRoute(written, process.env);
    if (proxy === null || from === null) return null;
    return { address: proxy.shown, from, login: proxy.credentials() !== null, exceptions: noProxy || null };
  } catch (error) {
    if (error instanceof PortError) return { address: null, trouble: error.message };
    throw error;
  }
}

/** Tests by writing a file, which is deleted again: permissions are unreliable on Windows and on network drives. */
async function checkFolder(folder: string): Promise<Diagnosis['output']> {
  let there = folder;
  while (!(await stat(there).catch(() => null)) && dirname(there) !== there) there = dirname(there);
  const free = await createDisk().free(there);
  const freeBytes = Number.isFinite(free) ? free : null;
  try {
    await rm(await mkdtemp(join(there, '.port-doctor-')), { recursive: true });
    return { folder, writable: true, freeBytes };
  } catch {
    return { folder, writable: false, freeBytes };
  }
}
