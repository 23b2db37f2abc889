/**
 * Loaded before the program (`node --import`): a disk that refuses what `PORT_TEST_REFUSES` names, as NTFS and exFAT under
 * Linux, shares and overlays do: `times modes links sync cross busy readonly leftover` and any of them.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const refused = (process.env.PORT_TEST_REFUSES ?? '').split(' ');
const fail = (code, syscall, path) => {
  throw Object.assign(new Error(`${code}: refused, ${syscall} '${path}'`), { code, syscall, path });
};
/** In a pair: the call that waits, and the one that promises. */
const both = (name, act) => {
  const [now, later] = [fs[`${name}Sync`], fs.promises[name]];
  fs[`${name}Sync`] = (...args) => act(...args) ?? now(...args);
  fs.promises[name] = async (...args) => act(...args) ?? later(...args);
};

if (refused.includes('times')) both('utimes', (path) => fail('EPERM', 'utime', path));
if (refused.includes('modes')) both('chmod', (path) => fail('EPERM', 'chmod', path));
if (refused.includes('links')) both('link', (path) => fail('ENOTSUP', 'link', path));
if (refused.includes('sync')) {
  const no = Object.assign(new Error('EINVAL: invalid argument, fsync'), { code: 'EINVAL', syscall: 'fsync' });
  fs.fsync = (_file, done) => queueMicrotask(() => done(no));
  fs.fsyncSync = () => fail('EINVAL', 'fsync', '');
  const handle = await fs.promises.open(process.execPath);
  Object.getPrototypeOf(handle).sync = async () => {
    throw no;
  };
  await handle.close();
}
if (refused.includes('cross')) {
  // From one folder to another, as an overlay refuses it.
  const folderOf = (path) => String(path).replace(/[^/\\]*$/, '');
  both('rename', (from, to) => {
    if (folderOf(from) !== folderOf(to)) fail('EXDEV', 'rename', from);
  });
}
if (refused.includes('busy')) {
  // Each name is held once, for a moment.
  const seen = new Set();
  both('rename', (_from, to) => {
    if (seen.has(to)) return;
    seen.add(to);
    fail('EBUSY', 'rename', to);
  });
}
if (refused.includes('readonly')) {
  // As Windows refuses to replace a file with the read-only attribute.
  const { lstatSync } = fs;
  both('rename', (_from, to) => {
    const found = lstatSync(to, { throwIfNoEntry: false });
    if (found?.isFile() && (found.mode & 0o222) === 0) fail('EPERM', 'rename', to);
  });
}
if (refused.includes('leftover')) {
  both('rm', (path) => {
    if (String(path).endsWith('.old.part')) fail('EACCES', 'unlink', path);
  });
}
syncBuiltinESMExports();
