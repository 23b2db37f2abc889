import type { Command } from 'commander';
import { exitWith, interruption } from '../exit.ts';
import { print, printSentences, say } from '../output.ts';
import type { DoctorFlags } from './doctor/run-doctor.ts';

/** `port doctor` */
export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('which programs are used, what is missing')
    .option('--out <dir>', 'the output folder to look at (default: ported)')
    .option('--install-ffmpeg', 'fetch a current ffmpeg and ffprobe from their release page into your cache')
    .option('--install-yt-dlp', 'fetch yt-dlp from its release page into your cache')
    .option('--proxy <address>', 'as for a run (default: HTTPS_PROXY, ALL_PROXY, NO_PROXY)')
    .option('--translator <engine>', 'an engine of --translate to ask for one word')
    .option('--json', 'one JSON document')
    .action(async (flags: DoctorFlags) => {
      const { runDoctor } = await import('./doctor/run-doctor.ts');
      const { text, ok } = await runDoctor(flags, say, interruption());
      if (flags.json) print(text);
      else printSentences(text);
      if (!ok) exitWith(2);
    });
}
