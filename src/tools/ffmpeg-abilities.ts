import { runProgram } from './run-program.ts';

/** What a build of ffmpeg can do of all that a run may want. */
export interface FfmpegAbilities {
  /** Of those that matter here, in the order of preference. */
  readonly encoders: readonly string[];
  readonly filters: readonly string[];
  /** H.264 encoders of graphics cards that this build names; whether one works only a trial tells. */
  readonly hardware: readonly { readonly encoder: string; readonly works: boolean }[];
}

const wantedEncoders = ['libx264', 'aac', 'mjpeg', 'png'];
const wantedFilters = ['zscale', 'tonemap', 'loudnorm', 'ebur128', 'boxblur', 'bwdif', 'yadif'];

/** With what each needs before a picture can be handed to it. */
const hardwareEncoders: Readonly<Record<string, readonly string[]>> = {
  h264_videotoolbox: [],
  h264_nvenc: [],
  h264_qsv: [],
  h264_amf: [],
  h264_mf: [],
  h264_vaapi: ['-vaapi_device', '/dev/dri/renderD128', '-vf', 'format=nv12,hwupload'],
  h264_v4l2m2m: [],
};

/** Asks a build what is in it, and tries each hardware encoder on one small picture. */
export async function ffmpegAbilities(path: string): Promise<FfmpegAbilities> {
  const [encoders, filters] = await Promise.all([listed(path, '-encoders'), listed(path, '-filters')]);
  const hardware: { encoder: string; works: boolean }[] = [];
  for (const encoder of Object.keys(hardwareEncoders)) {
    if (encoders.has(encoder)) hardware.push({ encoder, works: await works(path, encoder) });
  }
  return {
    encoders: wantedEncoders.filter((name) => encoders.has(name)),
    filters: wantedFilters.filter((name) => filters.has(name)),
    hardware,
  };
}

/** Lines such as ` V....D libx264   words` and ` ... zscale   V->V   words`: flags, then the name. */
async function listed(path: string, list: '-encoders' | '-filters'): Promise<ReadonlySet<string>> {
  const text = await runProgram(path, ['-hide_banner', list], { seconds: 20, outputBytes: 1_000_000 });
  return new Set([...text.matchAll(/^ [A-Z.|]{2,6} +([\w-]+) /gm)].map(([, name = '']) => name));
}

async function works(path: string, encoder: string): Promise<boolean> {
  const source = ['-f', 'lavfi', '-i', 'color=size=256x256:rate=25:duration=0.2'];
  const args = ['-hide_banner', '-v', 'error', '-nostdin', ...source, ...(hardwareEncoders[encoder] ?? [])];
  try {
    await runProgram(path, [...args, '-c:v', encoder, '-f', 'null', '-'], { seconds: 15, outputBytes: 100_000 });
    return true;
  } catch {
    return false;
  }
}
