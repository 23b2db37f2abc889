import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file system of its own in a file, as a drive that is plugged in. */
export interface Drive {
  /** Where it is mounted. */
  readonly path: string;
  unplug(): void;
  plugIn(): void;
}

export interface DriveKind {
  readonly name: string;
  /** Why it cannot be tested here; null where it can. */
  readonly whyNot: string | null;
  /** @param folder of the test, in which the image and the mount point are made */
  make(folder: string): Drive;
}

const megabytes = 24;

function run(program: string, ...args: readonly string[]): void {
  execFileSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
}

function unmount(path: string): void {
  try {
    run('umount', path);
  } catch {
    // Something still looks at it: it goes away with that.
    run('umount', '-l', path);
  }
}

function hasKernel(fileSystem: string): boolean {
  return new RegExp(`\\t${fileSystem}$`, 'm').test(readFileSync('/proc/filesystems', 'utf8'));
}

interface Recipe {
  readonly name: string;
  format(image: string): void;
  mount(image: string, at: string): void;
}

const recipes: readonly Recipe[] = [
  {
    name: 'NTFS by ntfs-3g',
    format: (image) => run('mkfs.ntfs', '-F', '-Q', '-q', image),
    mount: (image, at) => run('ntfs-3g', image, at),
  },
  {
    name: 'exFAT',
    format: (image) => run('mkfs.exfat', image),
    mount(image, at) {
      if (hasKernel('exfat')) return run('mount', '-t', 'exfat', '-o', 'loop', image, at);
      // It wants a device, which the system takes away once nobody has it open.
      const device = execFileSync('losetup', ['--find', '--show', image], { encoding: 'utf8' }).trim();
      try {
        run('mount.exfat-fuse', device, at);
      } finally {
        run('losetup', '--detach', device);
      }
    },
  },
];

function driveOf({ format, mount }: Recipe, folder: string): Drive {
  const image = join(folder, 'drive.img');
  const path = join(folder, 'drive');
  mkdirSync(path);
  writeFileSync(image, '');
  truncateSync(image, megabytes << 20);
  format(image);
  const plugIn = () => mount(image, path);
  plugIn();
  return { path, plugIn, unplug: () => unmount(path) };
}

/** Tries it out: programs may be missing, and root in a container may not mount. */
function whyNot(make: (folder: string) => Drive): string | null {
  if (process.platform !== 'linux') return 'Linux alone can mount a file';
  if (process.getuid?.() !== 0) return 'only root may mount';
  const folder = mkdtempSync(join(tmpdir(), 'port-drive-'));
  try {
    make(folder).unplug();
    return null;
  } catch (error) {
    const { message, code, path }: NodeJS.ErrnoException = error as Error;
    return code === 'ENOENT' ? `there is no ${path}` : (message.split('\n')[1] ?? message);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Kinds of drives, each tried out on this machine. */
export function driveKinds(): readonly DriveKind[] {
  return recipes.map((recipe) => {
    const make = (folder: string) => driveOf(recipe, folder);
    return { name: recipe.name, whyNot: whyNot(make), make };
  });
}

const memoryDisk = (size: string) => (folder: string) => {
  const path = join(folder, 'disk');
  mkdirSync(path);
  const plugIn = () => run('mount', '-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path);
  plugIn();
  return { path, plugIn, unplug: () => unmount(path) };
};

/** A disk in memory, with so much room. */
export function memoryDisks(size: string): DriveKind {
  return { name: `tmpfs of ${size}`, whyNot: whyNot(memoryDisk(size)), make: memoryDisk(size) };
}

/** What lies in `lower` is seen at `path`; what is written there goes elsewhere, as in a container. */
function overlay(folder: string): Drive & { readonly lower: string } {
  const disk = memoryDisk('48m')(folder);
  const [lower = '', upper, work, path = ''] = ['lower', 'upper', 'work', 'merged'].map((name) =>
    join(disk.path, name),
  );
  const plugIn = () => {
    for (const each of [lower, upper, work, path]) mkdirSync(each ?? '', { recursive: true });
    run('mount', '-t', 'overlay', '-o', `lowerdir=${lower},upperdir=${upper},workdir=${work}`, 'overlay', path);
  };
  const unplug = () => {
    unmount(path);
    disk.unplug();
  };
  try {
    plugIn();
  } catch (error) {
    disk.unplug();
    throw error;
  }
  return { path, lower, plugIn, unplug };
}

export const overlays: Omit<DriveKind, 'make'> & { readonly make: typeof overlay } = {
  name: 'overlay',
  whyNot: whyNot(overlay),
  make: overlay,
};
