import { checkDoctorOptions } from '../../../config/options.ts';
import { chooseRoute } from '../../../config/proxy.ts';
import { UsageError } from '../../../errors.ts';
import { safeJson } from '../../../report/safe-text.ts';
import { createDisk } from '../../../tools/disk.ts';
import { createHttp } from '../../../tools/http.ts';
import { installYtDlp, releases } from '../../../tools/yt-dlp-release.ts';
import { doctor } from './doctor.ts';
import { doctorPage } from './page.ts';

export interface DoctorFlags {
  readonly json?: true;
  readonly installYtDlp?: true;
  readonly out?: string;
  readonly proxy?: string;
}

/**
 * `port doctor`. The only command that fetches a program, and only with `--install-yt-dlp`.
 * @param say tells of what takes long
 */
export async function runDoctor(
  flags: DoctorFlags,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<{ readonly text: string; readonly ok: boolean }> {
  const { proxy } = checkDoctorOptions({ ...(flags.proxy !== undefined && { proxy: flags.proxy }) });
  if (flags.installYtDlp) {
    const base = releaseBase(process.env);
    say(`Fetching yt-dlp from ${base}`);
    const world = { http: createHttp({ route: chooseRoute(proxy, process.env) }), disk: createDisk() };
    const { path, version } = await installYtDlp(world, { base, signal, environment: process.env });
    say(`yt-dlp ${version} is in ${path}; its SHA-256 is the published one.`);
  }
  const { diagnosis, ok } = await doctor(flags.out ?? 'ported', proxy);
  return { text: flags.json ? safeJson(diagnosis, 2) : doctorPage(diagnosis), ok };
}

/** `PORT_YTDLP_RELEASES` names a mirror of the release, for networks without GitHub. */
function releaseBase(environment: NodeJS.ProcessEnv): string {
  const base = environment['PORT_YTDLP_RELEASES']?.replace(/\/+$/, '');
  if (!base) return releases;
  if (URL.canParse(base)) return base;
  throw new UsageError(`PORT_YTDLP_RELEASES is not an address: ${base}. Correct or unset it.`);
}
