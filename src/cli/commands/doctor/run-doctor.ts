import { checkDoctorOptions } from '../../../config/options.ts';
import { chooseRoute } from '../../../config/proxy.ts';
import { UsageError } from '../../../errors.ts';
import { safeJson } from '../../../report/safe-text.ts';
import { createDisk } from '../../../tools/disk.ts';
import { installFfmpeg, publisherFor } from '../../../tools/ffmpeg-release.ts';
import { createHttp } from '../../../tools/http.ts';
import type { ReleaseTools } from '../../../tools/release.ts';
import { installYtDlp, releases } from '../../../tools/yt-dlp-release.ts';
import { doctor } from './doctor.ts';
import { doctorPage } from './page.ts';

export interface DoctorFlags {
  readonly json?: true;
  readonly installYtDlp?: true;
  readonly installFfmpeg?: true;
  readonly out?: string;
  readonly proxy?: string;
  readonly translator?: string;
}

/**
 * `port doctor`. The only command that fetches programs, and only with `--install-ffmpeg` or `--install-yt-dlp`.
 * @param say called with a sentence before slow steps
 */
export async function runDoctor(
  flags: DoctorFlags,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<{ readonly text: string; readonly ok: boolean }> {
  const { proxy, translator } = checkDoctorOptions({
    ...(flags.proxy !== undefined && { proxy: flags.proxy }),
    ...(flags.translator !== undefined && { translator: flags.translator }),
  });
  const installers = [...(flags.installFfmpeg ? [fetchFfmpeg] : []), ...(flags.installYtDlp ? [fetchYtDlp] : [])];
  if (installers.length > 0) {
    const tools = { http: createHttp({ route: chooseRoute(proxy, process.env) }), disk: createDisk() };
    for (const install of installers) await install(tools, say, signal);
  }
  const columns = process.stdout.isTTY ? process.stdout.columns || 80 : null;
  const { diagnosis, ok } = await doctor(flags.out ?? 'ported', proxy, Date.now(), translator);
  return { text: flags.json ? safeJson(diagnosis, 2) : doctorPage(diagnosis, columns), ok };
}

type Installer = (tools: ReleaseTools, say: (line: string) => void, signal: AbortSignal) => Promise<void>;

const fetchYtDlp: Installer = async (tools, say, signal) => {
  const base = mirrorOf('PORT_YTDLP_RELEASES') ?? releases;
  say(`Fetching yt-dlp from ${withoutLogin(base)}`);
  const { path, version } = await installYtDlp(tools, { base, signal, environment: process.env });
  say(`yt-dlp ${version} is in ${path}; its SHA-256 is the published one.`);
};

const fetchFfmpeg: Installer = async (tools, say, signal) => {
  const base = mirrorOf('PORT_FFMPEG_RELEASES');
  const from = base ?? publisherFor(process)?.releases;
  if (from !== undefined) say(`Fetching ffmpeg and ffprobe from ${withoutLogin(from)}: 60 to 220 MB`);
  const [ffmpeg, ffprobe] = await installFfmpeg(tools, { base, signal, environment: process.env });
  for (const { name, version, path } of [ffmpeg, ffprobe]) say(`${name} ${version} is in ${path}`);
  say('Their SHA-256 is the published one. They are GPL: https://ffmpeg.org/legal.html');
};

/**
 * The mirror or stand-in of a release that an environment variable names, for networks without its publisher; null if it
 * names none.
 * @throws UsageError
 */
function mirrorOf(variable: string): string | null {
  const base = process.env[variable]?.replace(/\/+$/, '');
  if (!base) return null;
  if (URL.canParse(base)) return base;
  throw new UsageError(`${variable} is not an address: ${base}. Correct or unset it.`);
}

/** For messages: a mirror's address may contain a password. */
function withoutLogin(address: string): string {
  return address.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/]*@/i, '$1');
}
