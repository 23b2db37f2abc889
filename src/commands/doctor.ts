import { PortError } from '../errors.ts';
import { findProgram, type Program, type ProgramName } from '../tools/programs.ts';

export interface Diagnosis {
  readonly schemaVersion: 1;
  readonly node: string;
  readonly programs: readonly (Program | { readonly name: ProgramName; readonly missing: string })[];
}

/** Which programs a run would use, and what to do about one that is missing. */
export async function doctor(json: boolean): Promise<{ readonly text: string; readonly ok: boolean }> {
  const programs = await Promise.all((['ffmpeg', 'ffprobe'] as const).map(look));
  const diagnosis: Diagnosis = { schemaVersion: 1, node: process.versions.node, programs };
  const ok = programs.every((program) => !('missing' in program));
  return { text: json ? JSON.stringify(diagnosis, null, 2) : page(diagnosis), ok };
}

async function look(name: ProgramName): Promise<Diagnosis['programs'][number]> {
  try {
    return await findProgram(name);
  } catch (error) {
    if (error instanceof PortError) return { name, missing: error.message };
    throw error;
  }
}

const origin = { environment: 'named by the environment', path: 'found on PATH', npm: 'came with npm' } as const;

function page({ node, programs }: Diagnosis): string {
  const lines = programs.map((program) =>
    'missing' in program
      ? `${program.name.padEnd(8)} missing. ${program.missing}`
      : `${program.name.padEnd(8)} ${program.version} (libavcodec ${program.libavcodec.join('.')}), ${origin[program.from]}\n         ${program.path}`,
  );
  return [`node     ${node}`, ...lines].join('\n');
}
