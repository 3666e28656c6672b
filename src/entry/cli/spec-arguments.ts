/** SPEC arguments as Spack reads them: joined, so that `hdf5 @1.12 %gcc` is one spec and `'hdf5 zlib'` are two. */
import { isGlob } from '../../plan/selection.ts';

/**
 * The arguments, each of them one spec or one pattern of names, as a selection takes them.
 * @throws BuildcacheError `usage` for an argument that cannot be parsed
 */
export async function specArguments(args: readonly string[]): Promise<readonly string[]> {
  // Most arguments are names only, and these need no parser.
  if (!args.some((argument, i) => /\s/.test(argument) || (i > 0 && CONTINUES.test(argument)))) return args;
  const [{ parseSpecArguments }, { formatConstraint }] = await Promise.all([
    import('../../spec/constraint/parse.ts'),
    import('../../spec/constraint/format.ts'),
  ]);
  const specs = parseSpecArguments(args.filter((argument) => !isGlob(argument)));
  return [...args.filter(isGlob), ...specs.map(formatConstraint)];
}

/** How an argument starts that continues the one before: with a sigil, a hash, or a pair. */
const CONTINUES = /^(?:[@%^+~/-]|[\w.-]+:?=)/;
