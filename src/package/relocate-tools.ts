/** Programs of the system that relocation needs in rare cases: patchelf, and codesign on macOS. */
import { execFile } from 'node:child_process';
import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { childEnvironment } from '../core/child-environment.ts';
import { BuildcacheError, systemCode } from '../core/errors.ts';

export interface RelocationTools {
  /** Name or path; looked up in `PATH`. */
  readonly patchelf: string;
  /** `undefined` where binaries need no signature, which is everywhere but on macOS. */
  readonly codesign: string | undefined;
  /** How long one of them may take for one file; default {@link PATIENCE_MS}. A file can be made to keep it busy. */
  readonly patienceMs?: number;
}

/** Two minutes: patchelf writes the whole file anew, and some binaries have gigabytes. */
const PATIENCE_MS = 120_000;

/** Characters of what goes into an error: a run path may have a megabyte, and Node's words quote the command. */
const FOUND_MOST = 1_000;

export function systemTools(): RelocationTools {
  return { patchelf: 'patchelf', codesign: process.platform === 'darwin' ? 'codesign' : undefined };
}

export interface ElfPathsToSet {
  readonly rpath: Buffer | undefined;
  readonly interpreter: Buffer | undefined;
}

/**
 * Sets a run path or interpreter that does not fit in the old one's place. Unlike Spack it does not remove the
 * run path when only the interpreter changes, and does not go on when patchelf fails, which would leave a
 * binary that loads from the old store.
 * @param file absolute path
 * Throws `unsupported` where there is no patchelf, where it fails or does not end, or for a path that it would read as
 * something else.
 */
export async function patchElf(
  tools: RelocationTools,
  file: string | Buffer,
  paths: ElfPathsToSet,
  signal: AbortSignal | undefined,
): Promise<void> {
  const options = [
    ...(paths.rpath === undefined ? [] : ['--force-rpath', '--set-rpath', argument(paths.rpath)]),
    ...(paths.interpreter === undefined ? [] : ['--set-interpreter', argument(paths.interpreter)]),
  ];
  await run(tools, tools.patchelf, [...options, argument(Buffer.from(file))], signal, {
    missing: 'a binary has no room for a longer path, and there is no patchelf to make some',
    hint: 'install patchelf, or install below a shorter root',
  });
}

/**
 * Signs a changed Mach-O file for this machine. codesign replaces the file, so it works on a copy: the hard
 * links of the file stay.
 * @param scratch path of a file that may be overwritten
 */
export async function signMachO(
  tools: RelocationTools,
  file: string | Buffer,
  scratch: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (tools.codesign === undefined) return;
  await copyFile(file, scratch);
  await run(tools, tools.codesign, ['-fs-', scratch], signal, {
    missing: 'a changed binary cannot be signed without codesign',
    hint: 'install the command line tools: xcode-select --install',
  });
  await writeFile(file, await readFile(scratch));
  await rm(scratch, { force: true });
}

/** patchelf takes only text, and reads the value from a file where an argument starts with an @. */
function argument(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  if (!text.startsWith('@') && Buffer.from(text, 'utf8').equals(bytes)) return text;
  throw new BuildcacheError('unsupported', 'a path cannot be handed to patchelf', {
    expected: 'UTF-8 that does not start with "@"',
    found: text.slice(0, FOUND_MOST),
  });
}

function run(
  { patienceMs = PATIENCE_MS }: RelocationTools,
  program: string,
  args: readonly string[],
  signal: AbortSignal | undefined,
  missing: { readonly missing: string; readonly hint: string },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const options = {
      env: childEnvironment(),
      timeout: patienceMs,
      killSignal: 'SIGKILL' as const,
      ...(signal === undefined ? {} : { signal }),
    };
    execFile(program, args, options, (error, _stdout, stderr) => {
      if (error === null) resolve();
      else if (signal?.aborted === true) reject(error);
      else if (systemCode(error) === 'ENOENT') {
        reject(new BuildcacheError('unsupported', missing.missing, { hint: missing.hint }, error));
      } else {
        const late = `it was ended after ${patienceMs / 1000} s`;
        const said = stderr.trim() === '' ? error.message : stderr.trim();
        const found = error.killed === true ? late : said.slice(0, FOUND_MOST);
        reject(new BuildcacheError('unsupported', `${program} failed`, { found }, error));
      }
    });
  });
}
