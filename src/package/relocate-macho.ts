/**
 * Prefixes in the load commands of a Mach-O file: its own name, the libraries it loads and its run paths. What
 * Spack has `install_name_tool` do on macOS, done to the bytes, and so on any system. The file needs a new
 * signature afterwards, which only macOS can tell and make.
 */
import { BuildcacheError } from '../core/errors.ts';
import type { ByteFile } from './byte-file.ts';
import { type MachOImage, readMachO, withPath, writeLoadCommands } from './macho.ts';
import type { PrefixMatcher, Replacement } from './relocate-matcher.ts';

/**
 * Whether anything changed. Load commands grow into the padding behind them if they must; where that is too
 * little throws `unsupported`, with nothing written.
 */
export function relocateMachO(file: ByteFile, matcher: PrefixMatcher): boolean {
  // Longest first, whatever the map's order, and everywhere in a path: as Spack does it here and only here.
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
  // A run path that another one has already become would be there twice, which dyld refuses.
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
