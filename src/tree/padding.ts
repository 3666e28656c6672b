/** Padding of an install tree's root, so that what is built there can be relocated to any shorter path. */

/** What padding is made of, as folders. */
export const PLACEHOLDER = '__spack_path_placeholder__';

/**
 * A root with as many padding folders below it as make it this long, as Spack adds them.
 * @param length characters. Not given: the longest path the system takes, less what Spack reserves for files below it
 */
export function addPadding(
  root: string,
  length: number = LONGEST,
): { readonly root: string; readonly note: string | undefined } {
  const missing = length - root.length;
  const note =
    missing === 0 || missing > 1
      ? undefined
      : `cannot pad ${root} to ${length} characters: it is ${root.length} long`;
  // A single character could only be a slash, and a slash at the end is not kept.
  if (missing <= 1) return { root, note };
  const text = `${PLACEHOLDER}/`.repeat(Math.ceil(missing / (PLACEHOLDER.length + 1))).slice(0, missing - 1);
  return { root: `${root}/${text.replace(/\/$/, '_')}`, note };
}

/** The longest path of the system: 4096 on Linux, 1024 on macOS. */
export const PATH_MAX = process.platform === 'darwin' ? 1024 : 4096;

const LONGEST = PATH_MAX - 300;
