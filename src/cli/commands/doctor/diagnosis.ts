import type { FfmpegAbilities } from '../../../tools/ffmpeg-abilities.ts';
import type { Program, ProgramName } from '../../../tools/programs.ts';
import type { imageAbilities } from '../../../tools/sharp.ts';
import type { YtDlpProgram } from '../../../tools/yt-dlp.ts';

/** A problem and how to solve it. `needed`: no run can start with it. */
export interface Remedy {
  readonly what: string;
  /** For a shell; null where no one command does it. */
  readonly command: string | null;
  readonly needed: boolean;
}

/** The state of this machine for a run: the document of `port doctor --json`. */
export interface Diagnosis {
  readonly schemaVersion: 1;
  readonly node: string;
  readonly programs: readonly (Program | { readonly name: ProgramName; readonly missing: string })[];
  /** null where there is no ffmpeg, or it does not say. */
  readonly ffmpeg: BuildAbilities | null;
  readonly images: ReturnType<typeof imageAbilities> | { readonly missing: string };
  /** null if there is none: a run works without it. */
  readonly ytDlp: YtDlpState | null;
  /** null: the network is reached directly. */
  readonly proxy: ProxyState | null;
  /** Only with `--translator`. */
  readonly translator?: TranslatorState;
  readonly output: { readonly folder: string; readonly writable: boolean; readonly freeBytes: number | null };
  readonly remedies: readonly Remedy[];
}

/** With the hardware encoders that this build lists. Whether one works on this machine is known only after a trial. */
export type BuildAbilities = FfmpegAbilities & {
  readonly hardware: readonly { readonly encoder: string; readonly works: boolean }[];
};

/** `version` is null where it cannot be run: `trouble` says why. Its age in days is counted from the day in its version. */
export type YtDlpState =
  | (YtDlpProgram & { readonly version: string; readonly ageDays: number })
  | (YtDlpProgram & { readonly version: null; readonly trouble: string })
  | { readonly path: null; readonly trouble: string };

/** Never with its user name or password. `from`: `--proxy`, or the environment variable that names it. */
export type ProxyState =
  | { readonly address: string; readonly from: string; readonly login: boolean; readonly exceptions: string | null }
  | { readonly address: null; readonly trouble: string };

/** Whether an engine answers. `trouble`: why not; null: it does. */
export interface TranslatorState {
  /** As the user wrote it, which holds no key. */
  readonly engine: string;
  readonly place: string;
  readonly trouble: string | null;
}
