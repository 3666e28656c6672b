/** What stands before and behind `--` on the command line. */
import type { Command } from 'commander';

/** The operands before and after `--`. Commander hands them over as one list, but keeps the original arguments. */
export function splitAtDashes(
  { parent }: Command,
  operands: readonly string[],
): readonly [readonly string[], readonly string[]] {
  const raw: unknown = parent === null ? undefined : Reflect.get(parent, 'rawArgs');
  const dashes = Array.isArray(raw) ? raw.indexOf('--') : -1;
  const after = Array.isArray(raw) && dashes >= 0 ? raw.length - dashes - 1 : 0;
  const at = Math.max(0, operands.length - after);
  return [operands.slice(0, at), operands.slice(at)];
}

/** Whether the command line ends with `--`: a command was to follow. */
export function endsInDashes({ parent }: Command): boolean {
  const raw: unknown = parent === null ? undefined : Reflect.get(parent, 'rawArgs');
  return Array.isArray(raw) && raw.at(-1) === '--';
}
