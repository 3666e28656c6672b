/** Prefixes in an ELF file's run path and interpreter: in place where they fit, otherwise a job for patchelf. */
import type { ByteFile } from './byte-file.ts';
import { type ElfPaths, readElf, type StoredString } from './elf.ts';
import type { PrefixMatcher } from './relocate-matcher.ts';

export type ElfRelocation =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'patched' }
  /** Nothing was written; these are the paths to set. */
  | {
      readonly kind: 'too-long';
      readonly rpath: Buffer | undefined;
      readonly interpreter: Buffer | undefined;
    };

/**
 * Replaces either all prefixes or none. An entry of a run path is replaced where it begins with a whole prefix. Empty
 * entries are dropped once another entry changes. What Spack cannot read (see `readElf`) is left alone.
 */
export function relocateElf(file: ByteFile, matcher: PrefixMatcher): ElfRelocation {
  const paths = readElf(file);
  if (paths === undefined) return { kind: 'unchanged' };
  const { rpath, interpreter } = relocatedPaths(paths, matcher);
  const edits = [
    { stored: paths.rpath, value: rpath },
    { stored: paths.interpreter, value: interpreter },
  ].flatMap(({ stored, value }) => (stored === undefined || value === undefined ? [] : [{ stored, value }]));
  if (edits.length === 0) return { kind: 'unchanged' };
  if (edits.some(({ stored, value }) => value.length > stored.value.length)) {
    return { kind: 'too-long', rpath, interpreter };
  }
  for (const { stored, value } of edits) writePadded(file, stored, value);
  return { kind: 'patched' };
}

/** The new values, each `undefined` where it stays as it is. */
function relocatedPaths(
  { rpath, interpreter }: ElfPaths,
  matcher: PrefixMatcher,
): { rpath: Buffer | undefined; interpreter: Buffer | undefined } {
  const entries = rpathEntries(rpath);
  const replaced = entries.map((entry) => relocateBeginning(entry, matcher));
  const parts = entries.flatMap((entry, i) => [COLON, replaced[i] ?? entry]).slice(1);
  return {
    rpath: replaced.some((entry) => entry !== undefined) ? Buffer.concat(parts) : undefined,
    interpreter: interpreter === undefined ? undefined : relocateBeginning(interpreter.value, matcher),
  };
}

/** The directories of a run path. Padding with colons is a habit of some builds. */
export function rpathEntries(rpath: StoredString | undefined): Buffer[] {
  const text = rpath?.value.toString('latin1') ?? '';
  return text
    .split(':')
    .filter((entry) => entry !== '')
    .map((entry) => Buffer.from(entry, 'latin1'));
}

/** The path with the prefix it begins with replaced, `undefined` where it begins with none. */
export function relocateBeginning(path: Buffer, matcher: PrefixMatcher): Buffer | undefined {
  const replacement = matcher.matchAt(path, 0);
  if (replacement === undefined) return undefined;
  return Buffer.concat([replacement.new, path.subarray(replacement.old.length)]);
}

const COLON = Buffer.from(':');

function writePadded(file: ByteFile, stored: StoredString, value: Buffer): void {
  file.write(stored.at, Buffer.concat([value, Buffer.alloc(stored.value.length - value.length)]));
}
