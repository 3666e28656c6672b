/**
 * `<root>/bin/sbang` runs scripts whose interpreter has a longer path than the system takes in a `#!` line. The first
 * line of such a script names `sbang`, the second line names the interpreter. This file has a small `sbang` of our own,
 * and rewrites scripts whose first line became too long by relocation.
 */
import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, lstat, open, readFile, rm } from 'node:fs/promises';
import { release } from 'node:os';
import path from 'node:path';
import { BuildcacheError, fileError, systemCode } from '../core/errors.ts';
import { clearLeftovers } from '../core/leftovers.ts';
import { makeFolder } from '../core/make-folder.ts';
import { renamePath } from '../core/rename.ts';
import type { OpenByteFile } from '../package/byte-file.ts';
import { byteStringOf } from '../package/byte-string.ts';
import { PLAIN_MODE, type PrefixMode } from './permissions.ts';

/** Bytes of a `#!` line, its newline included, that every Linux takes. */
export const LINUX_SHEBANG_LIMIT = 127;

/** The same for this machine. Longer lines are rewritten, also where the kernel would take them: others may use the tree. */
const SHEBANG_LIMIT = process.platform === 'darwin' ? 511 : LINUX_SHEBANG_LIMIT;

/** Bytes of the path of `sbang`. As in Spack, the limit of a line is taken for its own; the longer one is for the whole line. */
const PATH_LIMIT = process.platform === 'linux' ? pathLimit(release()) : SHEBANG_LIMIT;

/** @param kernel Linux takes lines of 255 bytes, their newline not included, since 5.1 */
export function pathLimit(kernel: string): number {
  const [major = 0, minor = 0] = kernel.split('.').map(Number);
  return major > 5 || (major === 5 && minor >= 1) ? 255 - '#!/bin/sh '.length : LINUX_SHEBANG_LIMIT;
}

/** The longest first line that is looked at, as in Spack. */
const LONGEST_LINE = 4096;

/** Bytes that are moved at once. */
const PIECE = 4 * 1024 * 1024;

/**
 * Where `sbang` is in a store.
 * @param unpaddedRoot of the install tree
 * @param limit bytes of its path; else as many as this machine takes
 * @throws BuildcacheError `unsupported` for a root so long that no script could name it, as in Spack
 */
export function sbangPath(unpaddedRoot: string, limit = PATH_LIMIT): string {
  const file = path.join(unpaddedRoot, 'bin', 'sbang');
  if (Buffer.byteLength(file) <= limit) return file;
  throw new BuildcacheError('unsupported', "the install tree's root is too long for scripts to name sbang", {
    file,
    expected: `at most ${limit} characters`,
    found: String(Buffer.byteLength(file)),
    hint: 'install into a tree with a shorter root, or let padded_length make it long',
  });
}

/**
 * Makes sure that a store has an `sbang`. An existing one is left alone, also Spack's own, unless it is an older version
 * of ours. Whatever the umask, all may run it who may run the packages: their scripts need it.
 * @param mode of packages for which nothing of their own is configured
 * @throws BuildcacheError as {@link sbangPath}; `denied` or `io` where it cannot be written
 */
export async function ensureSbang(unpaddedRoot: string, mode: PrefixMode = PLAIN_MODE): Promise<void> {
  const file = sbangPath(unpaddedRoot);
  const found = await contentOf(file);
  if (found !== undefined && (found === SBANG || !found.includes(MARK))) return;
  // Each call has its own temporary name: packages are installed side by side, and each makes sure of the `sbang`.
  const temporary = path.join(path.dirname(file), `.sbang.${randomUUID()}.tmp`);
  try {
    if (await makeFolder(path.dirname(file))) await letIntoFolder(path.dirname(file), mode);
    const handle = await open(temporary, 'wx', 0o700);
    try {
      await handle.writeFile(SBANG);
      await letIn(handle, mode.file, mode.gid);
    } finally {
      await handle.close();
    }
    await renamePath(temporary, file);
    await clearLeftovers(path.dirname(file), (name) => /^\.sbang\.[0-9a-f-]{36}\.tmp$/.test(name));
  } catch (error) {
    throw fileError(error, file, 'install sbang');
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

async function letIntoFolder(folder: string, { directory, gid }: PrefixMode): Promise<void> {
  const { O_DIRECTORY = 0, O_NOFOLLOW = 0 } = constants;
  const handle = await open(folder, O_DIRECTORY | O_NOFOLLOW);
  try {
    // Made below a folder that passes its group on, it does so, too.
    await letIn(handle, directory | ((await handle.stat()).mode & 0o2000), gid);
  } finally {
    await handle.close();
  }
}

/** The group first: changing it may take the set-group bit away. */
async function letIn(handle: FileHandle, mode: number, gid: number | undefined): Promise<void> {
  const stats = await handle.stat();
  if (gid !== undefined && stats.gid !== gid) await handle.chown(stats.uid, gid);
  await handle.chmod(mode);
}

/**
 * Puts a line that names `sbang` before the first line of a script where that is too long, as Spack does after
 * installing. Only files that were relocated can have become so.
 * @param limit bytes of a first line that the system takes on which it will run
 * @returns whether it was changed
 */
export function useSbang(script: OpenByteFile, sbang: string, limit = SHEBANG_LIMIT): boolean {
  const start = script.read(0, LONGEST_LINE);
  if (!script.isExecutable || start.toString('latin1', 0, 2) !== '#!') return false;
  const newline = start.indexOf(0x0a);
  const end = newline === -1 ? start.length : newline + 1;
  if (end <= limit || (newline === -1 && start.length === LONGEST_LINE)) return false;
  const line = start.toString('latin1', 0, end);
  const interpreter = /^#![ \t]*([^ \t\0\n]+)/.exec(line)?.[1];
  const first = `#!/bin/sh ${byteStringOf(sbang)}\n`;
  if (interpreter === undefined || line === first) return false;
  const head = Buffer.from(first + secondLine(line, interpreter), 'latin1');
  // From its end on, since it moves up: a script may be too large for memory.
  for (let at = script.size; at > end; ) {
    const length = Math.min(PIECE, at - end);
    at -= length;
    script.write(at + head.length - end, script.read(at, length));
  }
  script.write(0, head);
  return true;
}

/** The interpreter's line in a form that the language takes: as a comment of its own where `#` does not begin one. */
function secondLine(line: string, interpreter: string): string {
  const program = interpreter.slice(interpreter.lastIndexOf('/') + 1);
  if (!interpreter.includes('/')) return line;
  if (program === 'lua' || program === 'luajit') return `--!${line.slice(2)}`;
  if (program === 'node') return `//!${line.slice(2)}`;
  return program === 'php' ? `<?php ${line} ?>` : line;
}

/** Bytes. Ours has two thousand, and Spack's six. Something longer is left alone, unread. */
const LONGEST_SCRIPT = 1024 * 1024;

async function contentOf(file: string): Promise<string | undefined> {
  try {
    const found = await lstat(file);
    return found.isFile() && found.size <= LONGEST_SCRIPT ? await readFile(file, 'utf8') : '';
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw fileError(error, file, 'look for sbang');
  }
}

/** A text that all of our versions have, and none of Spack's. */
const MARK = 'buildcache-action sbang';

/** The whole script, for an image's own layer. */
export const sbangScript = (): Buffer => Buffer.from(SBANG);

/**
 * POSIX sh. The interpreter's line of a script is split into words and is never evaluated; `set -f` keeps a `*` in it
 * from being replaced by file names. perl and ruby need `-x` to skip the lines before their own.
 */
const SBANG = `#!/bin/sh
# ${MARK} 1
# Runs a script by the interpreter that its second line names: #!, or //!, --!, <?php #! where # is no comment.

fail() {
  echo "sbang: $1" >&2
  exit 127
}

[ $# -gt 0 ] || fail "which script?"
[ -f "$1" ] && [ -r "$1" ] || fail "cannot read $1"

{
  IFS= read -r first
  IFS= read -r second
} <"$1"

command=
for line in "$second" "$first"; do
  case $line in
    '#!'* | '//!'* | '--!'*) command=\${line#??} command=\${command#!} ;;
    '<?php #!'*) command=\${line#'<?php #!'} command=\${command%' ?>'} ;;
  esac
  [ -z "$command" ] || break
done
[ -n "$command" ] || fail "no interpreter in the first two lines of $1"

set -f
interpreter=
program=
for word in $command; do
  case $interpreter in
    '') interpreter=$word program=\${word##*/} ;;
    */env) program=\${word##*/} && break ;;
    *) break ;;
  esac
done

case $program in
  sbang) fail "$1 names sbang itself as its interpreter" ;;
  perl | ruby) exec $command -x "$@" ;;
  *) exec $command "$@" ;;
esac
`;
