/**
 * Replaces prefixes in the load commands of a Mach-O file: its own name, the libraries it loads and its run paths. Spack
 * has `install_name_tool` do this on macOS; here the bytes are changed, which works on any system. Afterwards the file
 * needs a new signature, which only macOS can check and make.
 */
import { BuildcacheError } from '../core/errors.ts';
import type { ByteFile } from './byte-file.ts';
import { type LoadCommand, type MachOImage, readMachO, withPath, writeLoadCommands } from './macho.ts';
import type { PrefixMatcher } from './relocate-matcher.ts';

/**
 * Returns whether anything changed. Load commands grow into the padding behind them if they must. Where the padding is
 * too small it throws `unsupported`, with nothing written; `too-large` as the matcher does.
 */
export function relocateMachO(file: ByteFile, matcher: PrefixMatcher): boolean {
  const edits = (readMachO(file) ?? []).map((image) => ({ image, commands: relocated(image, matcher) }));
  const changed = edits.filter(({ image, commands }) =>
    commands.some((bytes, i) => bytes !== image.commands[i]?.bytes),
  );
  for (const { image, commands } of changed) writeLoadCommands(file, image, commands);
  return changed.length > 0;
}

/** What looking at a load command costs, in bytes compared: a file of a megabyte has fifty thousand, in each of nine slices. */
const COMMAND_COST = 256;

/** The load commands, those that stay as they are being the same buffers. */
function relocated(image: MachOImage, matcher: PrefixMatcher): Buffer[] {
  matcher.spend(image.commands.length * COMMAND_COST);
  // dyld refuses a run path that is there twice. So a run path stays as it is where another one became the same already.
  const rpaths = new Map<string, string>();
  const relocatedCommand = (command: LoadCommand): Buffer => {
    const { path } = command;
    const value = path === undefined ? undefined : relocatePath(path.value, matcher, image.room);
    if (path === undefined || value === undefined) return command.bytes;
    if (path.kind === 'rpath') {
      const [now, old] = [value.toString('latin1'), path.value.toString('latin1')];
      if ((rpaths.get(now) ?? old) !== old) return command.bytes;
      rpaths.set(now, old);
    }
    return withPath(image, command, value);
  };
  let size = 0;
  return image.commands.map((command) => {
    const bytes = relocatedCommand(command);
    size += bytes.length;
    // At once: what has no room in the file may have none in memory either.
    if (size > image.room) throw noRoom(image.room, size);
    return bytes;
  });
}

/**
 * Only here Spack tries the longest prefix first, whatever the map's order, and replaces it anywhere in a path.
 * @param most bytes that the path may get
 */
function relocatePath(path: Buffer, matcher: PrefixMatcher, most: number): Buffer | undefined {
  const replacement = matcher.longestAt(path, 0);
  if (replacement === undefined) return undefined;
  const { old, new: neu } = replacement;
  const places: number[] = [];
  for (let at = 0; at !== -1; at = path.indexOf(old, at + old.length)) {
    matcher.spend(COMMAND_COST);
    places.push(at);
  }
  const length = path.length + places.length * (neu.length - old.length);
  if (length > most) throw noRoom(most, length);
  matcher.spend(length);
  const result = Buffer.alloc(length);
  let kept = 0;
  let filled = 0;
  for (const at of places) {
    filled += path.copy(result, filled, kept, at);
    filled += neu.copy(result, filled);
    kept = at + old.length;
  }
  path.copy(result, filled, kept);
  return result;
}

function noRoom(room: number, found: number): BuildcacheError {
  return new BuildcacheError('unsupported', 'the load commands of a binary have no room for the new paths', {
    expected: `at most ${room} bytes`,
    found: `${found} or more`,
    hint: 'install below a shorter root, or rebuild with -headerpad_max_install_names',
  });
}
