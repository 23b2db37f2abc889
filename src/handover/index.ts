import type { HandOver } from './contract.ts';
import { csv } from './csv.ts';
import { postiz } from './postiz.ts';
import { sau } from './sau.ts';
import { xhsMcp } from './xhs-mcp.ts';
import { youtubeuploader } from './youtubeuploader.ts';

/** All publishing tools. `--for`, help, completion and the contract suite follow from this list. */
export const handOvers: readonly HandOver[] = [sau, xhsMcp, youtubeuploader, postiz, csv];
