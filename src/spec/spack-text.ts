/**
 * Texts of nodes that Spack parses when it reads an index or a database. One that it cannot parse costs it the whole
 * document, and so all specs of a mirror or a tree, whoever brought the one spec.
 */

/** Whether Spack reads the text as the version of a concrete spec. */
export function isVersion(text: string): boolean {
  if (PLAIN_VERSION.test(text)) return text.length <= MOST;
  if (text.length > MOST || NO_CHARACTERS.test(text)) return false;
  if (!text.startsWith('git.') && !text.includes('=', 1)) return false;
  // A git reference, which may be any, and what version that is.
  const [, version = '', ...more] = text.replace(/^git\./, '').split('=');
  return more.length === 0 && (version === '' || PLAIN_VERSION.test(version));
}

/** Room for a hash beside it in a file's name is made by whoever makes one. */
const MOST = 512;
const PLAIN_VERSION = /^[A-Za-z0-9_.-]+$/;
/** Halves of surrogate pairs are no characters: no URL and no file's name can hold them. */
const NO_CHARACTERS = /[\s\p{Cc}\p{Cs}]/u;

/** Whether a compiler of before format 5 may have that version: Spack reads `name@version` as a spec. */
export function isCompilerVersion(text: string): boolean {
  return text.length <= MOST && COMPILER_VERSION.test(text);
}

const COMPILER_VERSION = /^\w(?:[\w.-]*\w)?$/;

/** Whether a newer Spack reads the text as the compiler of a spec that it has rewritten. Python's `None` is a name, too. */
export function isCompilerNote(text: string): boolean {
  const at = text.indexOf('@');
  if (at < 0) return COMPILER_NAME.test(text);
  return COMPILER_NAME.test(text.slice(0, at)) && isCompilerVersion(text.slice(at + 1).replace(/^=/, ''));
}

const COMPILER_NAME = /^\w[\w-]{0,127}$/;
