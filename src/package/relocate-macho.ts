/**
 * Replaces prefixes in the load commands of a Mach-O file: its own name, the libraries it loads and its run paths. Spack
 * has `install_name_tool` do this on macOS; here the bytes are changed, which works on any system. Afterwards the file
 * needs a new signature, which only macOS can check and make.
 */
import { BuildcacheError } from '../core/errors.ts';
import type { ByteFile } from './byte-file.ts';
import { type MachOImage, readMachO, withPath, writeLoadCommands } from './macho.ts';
import type { PrefixMatcher, Replacement } from './relocate-matcher.ts';

/**
 * Returns whether anything changed. Load commands grow into the padding behind them if they must. Where the padding is
 * too small it throws `unsupported`, with nothing written.
 */
export function relocateMachO(file: ByteFile, matcher: PrefixMatcher): boolean {
  // Only here Spack tries the longest prefix first, whatever the map's order, and replaces it anywhere in a path.
  const replacements = [...matcher.replacements].sort((a, b) => b.old.length - a.old.length);
  const edits = (readMachO(file) ?? []).map((image) => ({ image, commands: relocated(image, replacements) }));
  const changed = edits.filter(({ image, commands }) =>
    commands.some((bytes, i) => bytes !== image.commands[i]?.bytes),
  );
  for (const { image, commands } of changed) {
    const size = commands.reduce((sum, bytes) => sum + bytes.length, 0);
    if (size > image.room) {
      throw new BuildcacheError(
        'unsupported',
        'the load commands of a binary have no room for the new paths',
        {
          expected: `at most ${image.room} bytes`,
          found: `${size}`,
          hint: 'install below a shorter root, or rebuild with -headerpad_max_install_names',
        },
      );
    }
  }
  for (const { image, commands } of changed) writeLoadCommands(file, image, commands);
  return changed.length > 0;
}

/** The load commands, those that stay as they are being the same buffers. */
function relocated(image: MachOImage, replacements: readonly Replacement[]): Buffer[] {
  // dyld refuses a run path that is there twice. So a run path stays as it is where another one became the same already.
  const rpaths = new Map<string, string>();
  return image.commands.map((command) => {
    const { path } = command;
    const value = path === undefined ? undefined : relocatePath(path.value, replacements);
    if (path === undefined || value === undefined) return command.bytes;
    if (path.kind === 'rpath') {
      const [now, old] = [value.toString('latin1'), path.value.toString('latin1')];
      if ((rpaths.get(now) ?? old) !== old) return command.bytes;
      rpaths.set(now, old);
    }
    return withPath(image, command, value);
  });
}

function relocatePath(path: Buffer, replacements: readonly Replacement[]): Buffer | undefined {
  const replacement = replacements.find(({ old }) => path.subarray(0, old.length).equals(old));
  if (replacement === undefined) return undefined;
  const parts: Buffer[] = [];
  let kept = 0;
  for (let at = 0; at !== -1; at = path.indexOf(replacement.old, kept)) {
    parts.push(path.subarray(kept, at), replacement.new);
    kept = at + replacement.old.length;
  }
  return Buffer.concat([...parts, path.subarray(kept)]);
}
