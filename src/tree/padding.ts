/** Padding of an install tree's root, so that what is built there can be relocated to any shorter path. */

/** What padding is made of, as folders. */
export const PLACEHOLDER = '__spack_path_placeholder__';

/**
 * A root with folders below it until it is so long, as Spack adds them.
 * @param length characters; when not given the longest path a system takes, less what Spack keeps for what is below
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
  // A single character could only be a slash, which does not stay.
  if (missing <= 1) return { root, note };
  const text = `${PLACEHOLDER}/`.repeat(Math.ceil(missing / (PLACEHOLDER.length + 1))).slice(0, missing - 1);
  return { root: `${root}/${text.replace(/\/$/, '_')}`, note };
}

/** Of Linux; of macOS less. */
export const PATH_MAX = process.platform === 'darwin' ? 1024 : 4096;

const LONGEST = PATH_MAX - 300;
