/**
 * The build info: what a tarball says about the place it was built in, and which of its files mention that
 * place. Spack writes it as the archive's last file, `.spack/binary_distribution`, one line of flow YAML.
 */

/** Where the build info lies in a prefix. */
export const BUILD_INFO_PATH = '.spack/binary_distribution';

/** Paths as text; bytes that are not UTF-8 as lone surrogates (see path-bytes.ts). Files relative to the prefix. */
export interface BuildInfo {
  readonly sbangInstallPath: string;
  /** Root of the install tree, padding included. */
  readonly buildpath: string;
  readonly spackprefix: string;
  readonly relativePrefix: string;
  readonly hashToPrefix: ReadonlyArray<readonly [hash: string, prefix: string]>;
  readonly relocateBinaries: readonly string[];
  readonly relocateLinks: readonly string[];
  readonly relocateTextfiles: readonly string[];
}

/** The file's contents, its newline included, as Spack 1.x writes them. */
export function buildInfoLine(info: BuildInfo): string {
  const prefixes = info.hashToPrefix.map(([hash, prefix]): Pair => [yamlScalar(hash), yamlScalar(prefix)]);
  return `${mapping([
    ['sbang_install_path', yamlScalar(info.sbangInstallPath)],
    ['buildpath', yamlScalar(info.buildpath)],
    ['spackprefix', yamlScalar(info.spackprefix)],
    ['relative_prefix', yamlScalar(info.relativePrefix)],
    ['hardlinks_deduped', 'true'],
    ['hash_to_prefix', mapping(prefixes)],
    ['relocate_binaries', sequence(info.relocateBinaries)],
    ['relocate_links', sequence(info.relocateLinks)],
    ['relocate_textfiles', sequence(info.relocateTextfiles)],
  ])}\n`;
}

/**
 * A string as a scalar of flow YAML on one line: plain, else in single quotes, else in double quotes, chosen as
 * Spack's emitter does. Two of its choices would not read back and are not followed: it leaves `: x` and `? x`
 * plain, and breaks a single-quoted scalar at U+0085, U+2028 and U+2029.
 */
export function yamlScalar(text: string): string {
  if (UNPRINTABLE.test(text)) return doubleQuoted(text);
  if (isPlain(text)) return text;
  return text.includes("'") ? doubleQuoted(text) : `'${text}'`;
}

type Pair = readonly [key: string, value: string];

function mapping(pairs: readonly Pair[]): string {
  return `{${pairs.map(([key, value]) => `${key}: ${value}`).join(', ')}}`;
}

function sequence(texts: readonly string[]): string {
  return `[${texts.map(yamlScalar).join(', ')}]`;
}

/** Controls, breaks, lone surrogates, the byte order mark and U+FFFE, U+FFFF. */
const UNPRINTABLE =
  /[^\u0020-\u007e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u;

/** What means something else when it is not quoted. */
const NOT_PLAIN: readonly RegExp[] = [
  /^$|^ | $/,
  /^[#&*!|>'"%@`]|^[-?:](?: |$)|^(?:---|\.\.\.)/,
  /[,[\]{}]|:(?: |$)| #/,
  // The types YAML 1.2 gives a plain scalar, in the reading of Spack's library: bool, null, merge, value,
  /^(?:true|True|TRUE|false|False|FALSE|~|null|Null|NULL|<<|=)$/,
  // integer,
  /^(?=[-+\d])[-+]?(?:0b[01_]+|0o?[0-7_]+|[0-9_]+|0x[0-9a-fA-F_]+)$/,
  // float,
  /^[-+]?[0-9][0-9_]*(?:\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[eE][-+]?[0-9]+)$/,
  /^[-+]?\.(?:[0-9_]+(?:[eE][-+][0-9]+)?|inf|Inf|INF)$|^\.(?:nan|NaN|NAN)$/,
  // date, and date with time.
  /^\d{4}-\d\d-\d\d$/,
  /^\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?$/,
];

function isPlain(text: string): boolean {
  return !NOT_PLAIN.some((pattern) => pattern.test(text));
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\u0007': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\u001b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\u0085': '\\N',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

/** Everything outside the printable part of the basic plane is escaped, characters beyond it included. */
function doubleQuoted(text: string): string {
  const escaped = text.replace(
    /["\\]|[^\u0020-\u007e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/gu,
    escapeCharacter,
  );
  return `"${escaped}"`;
}

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16).toUpperCase();
  if (code <= 0xff) return ESCAPES[character] ?? `\\x${hex.padStart(2, '0')}`;
  if (code <= 0xffff) return ESCAPES[character] ?? `\\u${hex.padStart(4, '0')}`;
  return `\\U${hex.padStart(8, '0')}`;
}
