/**
 * Reads `.spack/binary_distribution`, what a tarball says about itself, in today's and in older forms. It is
 * attacker-controlled where the tarball is: paths in it are only ever looked for in the package's own files,
 * and file names in it are checked against the archive before one is opened.
 */
import * as v from 'valibot';
import { BuildcacheError } from '../core/errors.ts';
import { withoutEnd } from '../core/without-end.ts';
import { type ByteString, byteStringOf } from './byte-string.ts';
import { parseFlowYaml } from './flow-yaml.ts';

export interface BuildInfo {
  /** Root of the store the package was built in, absolute. */
  readonly buildPath: string;
  /** Prefix the package was built in, absolute. */
  readonly prefix: string;
  /** Prefixes by DAG hash: of the package itself, its link and its direct run dependencies. */
  readonly hashToPrefix: ReadonlyMap<string, string>;
  readonly sbangInstallPath: string | undefined;
  /** The tarball was packed with `--rel` (Spack < 0.20): its run paths start at `$ORIGIN`. */
  readonly relativeRpaths: boolean;
  /** What to relocate, relative to the prefix. */
  readonly textFiles: readonly ByteString[];
  readonly binaries: readonly ByteString[];
  readonly links: readonly ByteString[];
}

/** Bytes of a build info; a package of 300,000 files to relocate stays below. */
export const MAX_BUILD_INFO = 32 * 1024 * 1024;

/** Of what a package links to or runs. All of them are looked for at once, and real packages have hundreds. */
const MAX_PREFIXES = 10_000;

/**
 * Throws `bad-input` where the bytes are not a build info, `too-large` for too many prefixes. Throws `unsupported` for one
 * by an old Spack that did not write down which prefix belongs to which spec; Spack itself refuses those too.
 */
export function readBuildInfo(bytes: Buffer): BuildInfo {
  const raw = parse(bytes);
  const hashToPrefix = raw.hash_to_prefix ?? inverse(raw.prefix_to_hash);
  if (hashToPrefix === undefined) {
    throw new BuildcacheError('unsupported', 'the package was packed by a Spack too old to be relocated', {
      file: BUILD_INFO,
      expected: 'hash_to_prefix or prefix_to_hash',
      hint: 'push it again with a newer Spack',
    });
  }
  if (hashToPrefix.size > MAX_PREFIXES) {
    throw new BuildcacheError('too-large', 'the build info has too many prefixes', {
      file: BUILD_INFO,
      expected: `at most ${MAX_PREFIXES}`,
      found: String(hashToPrefix.size),
    });
  }
  for (const prefix of hashToPrefix.values()) {
    if (!isOldPath(prefix)) throw malformed('hash_to_prefix', 'absolute paths', JSON.stringify(prefix));
  }
  return {
    // A root may be configured with a slash at its end, and what is built in it has one slash after it.
    buildPath: withoutEnd(raw.buildpath, '/'),
    prefix: resolved(`${raw.buildpath}/${raw.relative_prefix}`),
    hashToPrefix,
    sbangInstallPath: raw.sbang_install_path,
    relativeRpaths: raw.relative_rpaths,
    textFiles: raw.relocate_textfiles,
    binaries: raw.relocate_binaries,
    links: raw.relocate_links,
  };
}

/**
 * Makes sure that the tarball is the package asked for: its own prefix must be the one it gives for this hash.
 * (Having the hash at all is not enough: a package names its dependencies as well.)
 * @param hash of the spec, or of the build spec where the spec is spliced
 * Throws `corrupt`.
 */
export function checkIdentity(info: BuildInfo, hash: string): void {
  const prefix = info.hashToPrefix.get(hash);
  if (prefix !== undefined && resolved(prefix) === info.prefix) return;
  const own = [...info.hashToPrefix].find(([, candidate]) => resolved(candidate) === info.prefix);
  throw new BuildcacheError('corrupt', 'the tarball holds another package', {
    expected: `hash ${hash}`,
    found: own === undefined ? `the prefix ${info.prefix}` : `hash ${own[0]}`,
    hint: 'do not use this mirror before its owner has looked into it',
  });
}

const BUILD_INFO = '.spack/binary_distribution';

/** Lexically, without a trailing slash: Spack computes `relative_prefix` with `os.path.relpath`. */
function resolved(path: string): string {
  const components: string[] = [];
  for (const component of path.split('/')) {
    if (component === '..') components.pop();
    else if (component !== '' && component !== '.') components.push(component);
  }
  return `/${components.join('/')}`;
}

/** A path that may be looked for: one that starts with a slash, is not all paths, and stays on its line. */
function isOldPath(path: string): boolean {
  return path.length <= 4096 && /^\/+[^/\n\0][^\n\0]*$/.test(path);
}

/**
 * Old Spacks did not leave externals out, so that several prefixes could have one hash. The last one counts, as in
 * Spack.
 */
function inverse(prefixToHash: Map<string, string> | undefined): Map<string, string> | undefined {
  return prefixToHash && new Map([...prefixToHash].map(([prefix, hash]) => [hash, prefix]));
}

const BOOLEAN = v.optional(
  v.pipe(
    v.string(),
    v.regex(/^(true|false)$/i),
    v.transform((text) => text.toLowerCase() === 'true'),
  ),
  'false',
);
const OLD_PATH = v.pipe(v.string(), v.check(isOldPath));
const FILES = v.array(v.pipe(v.string(), v.transform(byteStringOf)));
const MAP = v.map(v.string(), v.string());

const SCHEMA = v.object({
  buildpath: OLD_PATH,
  relative_prefix: v.string(),
  sbang_install_path: v.optional(OLD_PATH),
  hash_to_prefix: v.optional(MAP),
  prefix_to_hash: v.optional(MAP),
  relative_rpaths: BOOLEAN,
  relocate_textfiles: FILES,
  relocate_binaries: FILES,
  relocate_links: v.optional(FILES, []),
});

function parse(bytes: Buffer): v.InferOutput<typeof SCHEMA> {
  const result = v.safeParse(SCHEMA, parseYaml(bytes));
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw malformed(v.getDotPath(issue) ?? 'it', issue.expected ?? 'an absolute path', issue.received);
}

function parseYaml(bytes: Buffer): unknown {
  try {
    const value = parseFlowYaml(bytes.toString('utf8'));
    return value instanceof Map ? Object.fromEntries(value) : value;
  } catch (error) {
    if (!(error instanceof BuildcacheError)) throw error;
    throw new BuildcacheError(error.code, error.message, { ...error.facts, file: BUILD_INFO }, error);
  }
}

function malformed(where: string, expected: string, found: string): BuildcacheError {
  const message = `the build info is malformed: ${where}`;
  return new BuildcacheError('bad-input', message, { file: BUILD_INFO, expected, found });
}
