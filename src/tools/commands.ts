import { StringDecoder } from 'node:string_decoder';
import { isSystemError, ProgramError } from '../errors.ts';
import { MachineError } from '../model/machine-errors.ts';
import { collectOutput } from './run-program.ts';

/** Runs programs that the user names, without a shell. */
export interface Commands {
  /**
   * Runs a program to its end.
   * @param words the program and its arguments
   * @throws InterruptedError; every other failure is returned
   */
  run(words: readonly [string, ...string[]], options: CommandOptions): Promise<CommandResult>;
}

export interface CommandOptions {
  /** What it reads on stdin. */
  readonly input?: string;
  readonly seconds: number;
  readonly outputBytes: number;
  /** Variables that it does not get. */
  readonly without?: readonly string[];
  /** Called with each line of its output as it is printed; the output is not collected then. */
  readonly onLine?: (line: string) => void;
  /** Called with the end of its stderr if it succeeded. */
  readonly onErrors?: (errors: string) => void;
  readonly signal: AbortSignal;
}

export interface CommandResult {
  readonly output: string;
  /** Why it failed, in half a sentence; null if it succeeded. */
  readonly failure: string | null;
}

export function createCommands(): Commands {
  return {
    async run([path, ...args], { input, seconds, outputBytes, without = [], onLine, onErrors, signal }) {
      const decoder = new StringDecoder('utf8');
      let rest = '';
      const onChunk = (chunk: Buffer) => {
        const text = rest + decoder.write(chunk);
        const lines = text.split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) onLine?.(line);
      };
      const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !without.includes(name)));
      const limits = { seconds, outputBytes, signal, env, ...(input !== undefined && { input }) };
      try {
        const { output, failure, errors } = await collectOutput(path, args, { ...limits, ...(onLine && { onChunk }) });
        const last = rest + decoder.end();
        if (last !== '') onLine?.(last);
        if (failure === null) onErrors?.(errors);
        return { output, failure: failure && `it failed (${failure})` };
      } catch (error) {
        if (isSystemError(error))
          return {
            output: '',
            failure: error.code === 'ENOENT' ? 'there is no such program' : `it cannot be started (${error.code})`,
          };
        if (error instanceof ProgramError || error instanceof MachineError)
          return { output: '', failure: error.message };
        throw error;
      }
    },
  };
}
