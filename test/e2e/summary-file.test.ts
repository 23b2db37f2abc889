import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runPort, workFolder } from './run-port.ts';

const work = await workFolder();
afterAll(work.remove);
const args = ['export.json', '--to', 'rednote', '--offline'];

/** One post of which nothing is at hand: captions.csv and manifest.json are written all the same. */
async function exportIn(folder: string): Promise<void> {
  const VideoList = [{ Date: '2025-06-01 10:00:00', Link: 'N/A', WhoCanView: 'Everyone' }];
  const Profile = { 'Profile Info': { ProfileMap: { userName: 'maya' } } };
  await writeFile(join(folder, 'export.json'), JSON.stringify({ Profile, Post: { Posts: { VideoList } } }));
}

it.each(['captions.csv', 'manifest.json'])(
  'a summary under the name of a file that the run itself makes does not replace it: %s',
  async (name) => {
    const place = join(work.path, name.replace('.', '-'));
    await mkdir(place);
    await exportIn(place);
    const path = join('ported/maya', name);
    const { code, stderr } = await runPort([...args, '--summary', path], place);
    expect(code).toBe(1);
    expect(stderr).toContain('is there already');
    expect(await readFile(join(place, path), 'utf8')).not.toContain('account,target,delivered');
  },
);
