import { spawn } from 'node:child_process';

/** A program at a pseudo-terminal, which util-linux's `script` makes. */
export interface AtTerminal {
  /** What was shown so far, without colours. */
  readonly text: () => string;
  /** Types; `\x03` is Ctrl-C, `\x04` Ctrl-D. */
  type(keys: string): void;
  /** Its exit code, once it has ended. */
  readonly code: Promise<number | null>;
}

/** @param line a command line of one program. It replaces the shell, since a shell that waits ends by Ctrl-C itself. */
export function atTerminal(line: string, cwd: string, environment: NodeJS.ProcessEnv = {}): AtTerminal {
  const env = { ...process.env, SHELL: '/bin/sh', ...environment };
  const child = spawn('script', ['-qec', `exec ${line}`, '/dev/null'], { cwd, env });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  child.stdin.on('error', () => {});
  const code = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  return {
    text: () => text.replace(/\u001b\[[0-9;?]*[a-zA-Z]/g, ''),
    type: (keys) => void child.stdin.write(keys),
    code,
  };
}
