/** Loaded before the program (`node --import`): a disk without hard links, as those of cameras and many shares are. */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

fs.linkSync = (from) => {
  throw Object.assign(new Error(`EPERM: operation not permitted, link '${from}'`), { code: 'EPERM', syscall: 'link' });
};
fs.promises.link = async (from) => fs.linkSync(from);
syncBuiltinESMExports();
