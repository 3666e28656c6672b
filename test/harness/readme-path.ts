/**
 * The `PATH` of the unit tests: a folder of links to what the README says a machine must have, and nothing else. So a
 * test that needs more fails on every machine, and not only on one that lacks it.
 */
import { accessSync, constants, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

/** What the README's "Try it" names, program by program. Node itself is the one that runs the tests. */
const TOOLS =
  'basename cat chmod cmp cp cut date dirname echo env false find grep head id kill ln ls mkdir mkfifo mktemp mv ' +
  'printf pwd readlink rm rmdir sed sleep sort tail touch tr true uname wc xargs';
const PROGRAMS = ['sh', 'bash', 'perl', 'git', 'tar', 'gzip', ...TOOLS.split(' ')];
/** GitHub's cache is unpacked with GNU tar, which macOS does not have; GitHub's runners do. */
if (process.platform === 'darwin') PROGRAMS.push('gtar');

/** @returns what puts the `PATH` back. Throws where a program is missing, by name. */
export function setup(): () => void {
  const before = process.env['PATH'] ?? '';
  const folder = mkdtempSync(join(tmpdir(), 'readme-path-'));
  const missing: string[] = [];
  for (const name of PROGRAMS) {
    const program = find(name, before.split(delimiter));
    if (program === undefined) missing.push(name);
    else symlinkSync(program, join(folder, name));
  }
  symlinkSync(process.execPath, join(folder, 'node'));
  const undo = () => {
    process.env['PATH'] = before;
    rmSync(folder, { recursive: true, force: true });
  };
  if (missing.length > 0) {
    undo();
    throw new Error(`the unit tests need ${missing.join(', ')} on the PATH, as the README says`);
  }
  process.env['PATH'] = folder;
  return undo;
}

function find(name: string, folders: readonly string[]): string | undefined {
  return folders
    .map((folder) => join(folder, name))
    .find((path) => {
      // npm puts folders of the project first, and what a package calls `sh` is not the system's.
      if (dirname(path).includes('node_modules')) return false;
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
