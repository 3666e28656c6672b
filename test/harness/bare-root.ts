/**
 * A root folder with some of this machine's programs, what they load and nothing else; and processes that have it as
 * theirs, no network at all, and end with the test. Wants root, and Debian's perl.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

/** @param programs by name: they come to lie in its `/usr/bin` */
export function makeBareRoot(root: string, programs: readonly string[]): void {
  for (const folder of ['dev', 'proc', 'tmp', 'etc', 'usr/bin'])
    mkdirSync(join(root, folder), { recursive: true });
  execFileSync('mknod', ['-m', '666', join(root, 'dev/null'), 'c', '1', '3']);
  bring(root, '/etc/os-release', '/etc/os-release');
  for (const name of programs) {
    const file = execFileSync('sh', ['-c', 'command -v "$0"', name], { encoding: 'utf8' }).trim();
    bringProgram(root, file, join('/usr/bin', name));
  }
  // What ldd does not see: the modules that perl itself is made of.
  if (!programs.includes('perl')) return;
  const folders = execFileSync('perl', ['-e', 'print join "\\n", grep { m{/perl-base$} } @INC'], {
    encoding: 'utf8',
  });
  for (const folder of folders.split('\n').filter((line) => line !== '')) bring(root, folder, folder);
}

/** @param to where it is to be below the root */
export function bringProgram(root: string, file: string, to: string): void {
  bring(root, file, to);
  const loaded = execFileSync('ldd', [file], { encoding: 'utf8' }).matchAll(/(\/\S+) \(0x/g);
  for (const [, library = ''] of loaded) bring(root, library, library);
}

export function bring(root: string, file: string, to: string): void {
  cpSync(realpathSync(file), join(root, to), { recursive: true });
}

/** @returns what it printed. @throws Error with that, when it fails */
export function runInRoot(root: string, command: readonly string[]): string {
  const inside =
    'mount -t proc proc "$0/proc" && exec env -i HOME=/tmp PATH=/usr/bin /usr/sbin/chroot "$0" "$@"';
  const apart = ['--net', '--mount', '--pid', '--fork', '--kill-child'];
  return execFileSync('unshare', [...apart, 'sh', '-c', inside, root, ...command], {
    encoding: 'utf8',
    stdio: 'pipe',
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
  });
}

/** Files below a folder of the root whose name matches, as paths that are good inside of it. */
export function filesInRoot(root: string, folder: string, name: RegExp): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && name.test(entry.name))
    .map((entry) => join(entry.parentPath.slice(root.length), entry.name));
}
