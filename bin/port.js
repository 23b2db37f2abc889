#!/usr/bin/env node
import('../dist/cli.js').catch((error) => {
  // What is not there, by Node's words: a file of dist, or a library.
  const isOurs = error?.code === 'ENOENT' && /[\\/](?:package\.json|dist[\\/][^\\/]+)$/.test(error.path ?? '');
  if (!isOurs && error?.code !== 'ERR_MODULE_NOT_FOUND' && error?.code !== 'MODULE_NOT_FOUND') throw error;
  const [said] = String(error.message).split('\n');
  process.stderr.write(
    `port: this installation is not whole (${said}). Install it again: npm install -g content-port\n`,
  );
  process.exitCode = 2;
});
