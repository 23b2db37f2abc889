import { safeText } from '../../../report/safe-text.ts';
import { wrapped } from '../../../report/wrap.ts';
import type { Diagnosis } from './diagnosis.ts';
import { gigabytes } from './remedies.ts';

const origin = {
  environment: 'named by the environment',
  path: 'found on PATH',
  npm: 'came with port',
  cache: 'fetched by port',
} as const;

/**
 * The diagnosis for people: what there is, then what to do.
 * @param columns of the terminal; null where there is none
 */
export function doctorPage(diagnosis: Diagnosis, columns: number | null = null): string {
  const { node, remedies, output } = diagnosis;
  const free = output.freeBytes === null ? '' : `, ${gigabytes(output.freeBytes)} free`;
  const lines = [
    row('node', node),
    ...programRows(diagnosis),
    ...abilityRows(diagnosis),
    ...imageRows(diagnosis),
    ...ytDlpRows(diagnosis),
    ...proxyRows(diagnosis),
    ...translatorRows(diagnosis),
    row('output', `${output.writable ? 'can' : 'cannot'} be written${free}`),
    row('', output.folder),
    '',
    ...(remedies.length === 0 ? ['Nothing is missing.'] : remedies.flatMap(remedyRows)),
  ];
  return lines.map((line) => (isAdvice(line) ? wrapped(safeText(line), columns) : safeText(line))).join('\n');
}

/** Only advice is wrapped: paths and commands stay whole, to be copied. */
const isAdvice = (line: string) => /^(?:needed|advice) /.test(line);

function remedyRows({ what, command, needed }: Diagnosis['remedies'][number]): string[] {
  const line = `${needed ? 'needed' : 'advice'}   ${what}`;
  return command === null ? [line] : [line, row('', `run: ${command}`)];
}

function programRows({ programs }: Diagnosis): string[] {
  return programs.flatMap((program) =>
    'missing' in program
      ? [row(program.name, 'missing')]
      : [
          row(program.name, `${program.version} (libavcodec ${program.libavcodec.join('.')}), ${origin[program.from]}`),
          row('', program.path),
        ],
  );
}

function abilityRows({ ffmpeg }: Diagnosis): string[] {
  if (ffmpeg === null) return [];
  const able = (wanted: boolean) =>
    ffmpeg.hardware.filter(({ works }) => works === wanted).map(({ encoder }) => encoder);
  const [works, idle] = [able(true), able(false)];
  return [
    row('encoders', ffmpeg.encoders.join(', ')),
    row('filters', ffmpeg.filters.join(', ')),
    row('hardware', works.length > 0 ? works.join(', ') : 'no encoder of a graphics card works here'),
    ...(idle.length > 0 ? [row('', `without a card: ${idle.join(', ')}`)] : []),
  ];
}

function imageRows({ images }: Diagnosis): string[] {
  if ('missing' in images) return [row('images', 'sharp cannot be loaded')];
  return [
    row('images', `sharp ${images.sharp} (libvips ${images.libvips})`),
    row('', `reads ${images.reads.join(', ')}`),
    row('', `writes ${images.writes.join(', ')}`),
  ];
}

function ytDlpRows({ ytDlp }: Diagnosis): string[] {
  if (ytDlp === null) return [row('yt-dlp', 'missing')];
  if (ytDlp.path === null) return [row('yt-dlp', 'cannot be run')];
  const state = 'trouble' in ytDlp ? 'cannot be run' : `${ytDlp.version}, ${ytDlp.ageDays} days old`;
  return [row('yt-dlp', `${state}, ${origin[ytDlp.from]}`), row('', ytDlp.path)];
}

function proxyRows({ proxy }: Diagnosis): string[] {
  if (proxy === null) return [];
  if (proxy.address === null) return [row('proxy', 'cannot be used')];
  const login = proxy.login ? ', with a user name' : '';
  return [
    row('proxy', `${proxy.address}, from ${proxy.from}${login}`),
    ...(proxy.exceptions === null ? [] : [row('', `not for ${proxy.exceptions}`)]),
  ];
}

function translatorRows({ translator }: Diagnosis): string[] {
  if (translator === undefined) return [];
  const { engine, place, trouble } = translator;
  return [row('words', trouble === null ? `${place} translates` : `${place}: ${trouble}`), row('', engine)];
}

function row(name: string, words: string): string {
  return `${name.padEnd(8)} ${words}`;
}
