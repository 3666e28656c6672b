/**
 * DAG hashes: lower-case base32 of SHA-1 over the JSON of the node dictionary without its `hash` (Spack's `spec_hash`). It
 * is compact since Spack 0.21. The stored hash is always kept; this says where it must equal the recomputed one.
 */
import { hash as digest } from 'node:crypto';
import { BuildcacheError } from '../core/errors.ts';
import { entriesOf, isObject, isTooDeep, type JsonObject, objectOf, stringifyCompact } from '../core/json.ts';
import { commitOf, FLAG_NAMES, type SpecFormat, type SpecNode } from './node.ts';

/**
 * The hash of a node dictionary in Spack's key order. A spliced node keeps the last seven characters of its
 * build spec's hash, so that prefixes keep their length.
 */
export function dagHash(dict: Readonly<Record<string, unknown>>): string {
  const { hash: _, ...rest } = dict;
  return finish(stringifyCompact(rest), dict);
}

/**
 * Whether the stored hash must equal the recomputed one, which the readers of documents have made sure of. It normally does
 * not for:
 *
 * - external nodes that are reused from elsewhere;
 * - format 3 and older;
 * - nodes that an older Spack hashed and a newer one rewrote;
 * - nodes whose target is a microarchitecture object, which every Spack writes with its own data;
 * - spliced nodes: a splice may keep the hash of a state it passed through, which no content gives any more, in Spack
 *   either;
 * - nodes that a Spack has written again after it had reused them ({@link isRewritten}).
 */
export function hashMustHold(node: SpecNode): boolean {
  return isHashedAsWritten(node) && !isRewritten(node);
}

function isHashedAsWritten(node: SpecNode): boolean {
  const arch = node.dict['arch'];
  return (
    node.format >= 4 &&
    node.originalFormat === node.format &&
    node.external === undefined &&
    node.buildSpec === undefined &&
    isObject(arch) &&
    typeof arch['target'] === 'string'
  );
}

const rewritten = new WeakMap<SpecNode, boolean>();

/**
 * Whether a Spack may have changed the node and kept its hash, though the formats do not tell. Only a node of such a kind is
 * let off, and only if its hash does not hold:
 *
 * - 0.20 to 0.23 write the edges of a node of format 3 as those of format 4. Without their virtuals they give the hash.
 * - 1.1 and later add the variant `commit` to a node that they reuse. Without it the node gives the hash.
 * - 0.23 and later order the flags of a node that they reuse anew. The first order cannot be looked for: a dozen flags have
 *   as many orders as there are seconds in fifteen years.
 */
function isRewritten(node: SpecNode): boolean {
  const isReordered = [...node.flags.values()].some(({ length }) => length > 1);
  const hasOldEdges = node.format === 4 && node.dependencies.length > 0;
  const hasCommit = commitOf(node) !== undefined;
  if (!isReordered && !hasOldEdges && !hasCommit) return false;
  // One may be compared with a hundred thousand others.
  let is = rewritten.get(node);
  if (is === undefined) {
    const { dict, format, hash } = node;
    is =
      !hashHolds(node) &&
      (isReordered ||
        (hasOldEdges && gives(withOldEdges(dict), format, hash)) ||
        (hasCommit && gives(withoutCommit(dict), format, hash)));
    rewritten.set(node, is);
  }
  return is;
}

function withoutCommit(dict: JsonObject): JsonObject {
  const parameters = isObject(dict['parameters']) ? entriesOf(dict['parameters']) : [];
  return { ...dict, parameters: objectOf(parameters.filter(([name]) => name !== 'commit')) };
}

/** As format 3 had them. */
function withOldEdges(dict: JsonObject): JsonObject {
  const edges: readonly unknown[] = Array.isArray(dict['dependencies']) ? dict['dependencies'] : [];
  const old = edges.map((edge) => {
    const { name, hash, parameters } = isObject(edge) ? edge : {};
    return { name, hash, type: isObject(parameters) ? parameters['deptypes'] : undefined };
  });
  return { ...dict, dependencies: old };
}

/** Whether the node's content gives its hash. */
export function hashHolds({ dict, format, hash }: SpecNode): boolean {
  return gives(dict, format, hash);
}

/**
 * Whether a node dictionary gives a hash, in the document's key order or, for documents whose keys a tool has sorted, in
 * Spack's.
 */
export function gives(dict: JsonObject, format: SpecFormat, hash: string): boolean {
  return [() => dict, () => inSpackOrder(dict)].some((of) => {
    const { hash: _, ...rest } = of();
    const json = stringifyCompact(rest);
    if (finish(json, dict) === hash) return true;
    const indented = format > 4 ? undefined : indentedJson(json);
    return indented !== undefined && finish(indented, dict) === hash;
  });
}

/**
 * @param hashed the compact JSON of its dictionary without its `hash`, where that is at hand
 * @throws `corrupt`, naming the node, where the hash must hold and does not; `bad-input` where it is nested too deep
 */
export function verifyHash(node: SpecNode, source: string, hashed?: string): void {
  // A node that is nested too deep could not be written later.
  if (isNestedTooDeep(node)) {
    throw new BuildcacheError('bad-input', `${node.name}@${node.version}/${node.hash} is nested too deep`, {
      file: source,
    });
  }
  if (!isHashedAsWritten(node) || (hashed !== undefined && finish(hashed, node.dict) === node.hash)) return;
  if (hashHolds(node) || isRewritten(node)) return;
  throw new BuildcacheError(
    'corrupt',
    `the content of ${node.name}@${node.version} does not give its DAG hash`,
    {
      file: source,
      expected: node.hash,
      found: dagHash(node.dict),
      hint: 'the file was changed after Spack wrote it; concretize again or restore it',
    },
  );
}

/**
 * `isTooDeep` of the dictionary. The parameters and the lists of edges are passed over: the decoder has seen that they are
 * flat, and they are nearly all that there is in a lockfile.
 */
function isNestedTooDeep({ dict, format }: SpecNode): boolean {
  if (format === 3) return isTooDeep(dict); // its edges are of another shape
  return someMember(dict, (key, value) => {
    if (key === 'parameters') return false;
    if (key !== 'dependencies' || !Array.isArray(value)) return isTooDeep(value, 1);
    return value.some((edge) =>
      someMember(edge, (name, member) =>
        name === 'parameters'
          ? someMember(member, (list, items) => !FLAT_LISTS.has(list) && isTooDeep(items, 4))
          : isTooDeep(member, 3),
      ),
    );
  });
}

const FLAT_LISTS: ReadonlySet<string> = new Set(['deptypes', 'virtuals']);

/** Whether it holds for one of the members that are objects or lists themselves. */
function someMember(object: unknown, holds: (key: string, value: unknown) => boolean): boolean {
  const members = object as JsonObject;
  for (const key in members) {
    const value = members[key];
    if (typeof value === 'object' && value !== null && holds(key, value)) return true;
  }
  return false;
}

const NODE_KEYS = [
  ...[
    'name',
    'version',
    'arch',
    'compiler',
    'namespace',
    'parameters',
    'external',
    'patches',
    'package_hash',
    'provided_virtuals',
  ],
  ...['dependencies', 'build_spec', 'annotations'],
];

/** A node dictionary with its keys in the order in which Spack hashes them; those we do not know come last. */
export function inSpackOrder(dict: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const node = ordered(dict, NODE_KEYS);
  node['arch'] = ordered(node['arch'], ['platform', 'platform_os', 'target']);
  if (isObject(node['compiler'])) node['compiler'] = ordered(node['compiler'], ['name', 'version']);
  if (isObject(node['external']))
    node['external'] = ordered(node['external'], ['path', 'module', 'extra_attributes']);
  if (isObject(node['build_spec'])) node['build_spec'] = ordered(node['build_spec'], ['name', 'hash']);
  if (isObject(node['annotations']))
    node['annotations'] = ordered(node['annotations'], ['original_specfile_version', 'compiler']);
  if (isObject(node['parameters'])) {
    const names = Object.keys(node['parameters']).sort();
    const flags = names.filter((name) => FLAG_NAMES.includes(name));
    node['parameters'] = ordered(node['parameters'], [
      ...names.filter((name) => !flags.includes(name)),
      ...flags,
    ]);
  }
  if (Array.isArray(node['dependencies'])) {
    node['dependencies'] = node['dependencies'].map((edge: unknown) => {
      const inOrder = ordered(edge, ['name', 'hash', 'parameters']);
      if (isObject(inOrder['parameters']))
        inOrder['parameters'] = ordered(inOrder['parameters'], ['deptypes', 'virtuals', 'direct']);
      return inOrder;
    });
  }
  return node;
}

function ordered(value: unknown, keys: readonly string[]): Record<string, unknown> {
  if (!isObject(value)) return {};
  const known = keys.filter((key) => Object.hasOwn(value, key)).map((key) => [key, value[key]] as const);
  // A set: a hostile document has names by the hundred thousand.
  const named = new Set(keys);
  return objectOf([...known, ...entriesOf(value).filter(([key]) => !named.has(key))]);
}

/** Levels of a node that Spack up to 0.20 wrote. Deeper ones would make a text many times as long. */
const MOST_LEVELS = 8;

/** Compact JSON with a line for each value, as Spack up to 0.20 hashed it; undefined for what is nested deeper. */
function indentedJson(json: string): string | undefined {
  let depth = 0;
  let deepest = 0;
  const line = () => `\n${'  '.repeat(Math.min(depth, MOST_LEVELS))}`;
  const text = json.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|\{\}|\[\]|[{}[\],:]/g, (token) => {
    switch (token) {
      case ':':
        return ': ';
      case ',':
        return `,${line()}`;
      case '{':
      case '[':
        depth++;
        deepest = Math.max(deepest, depth);
        return token + line();
      case '}':
      case ']':
        depth--;
        return line() + token;
      default:
        return token;
    }
  });
  return deepest > MOST_LEVELS ? undefined : text;
}

function finish(json: string, dict: Readonly<Record<string, unknown>>): string {
  // As text of a character a byte: a thousand buffers would take several times as long as the digests.
  const hash = base32(digest('sha1', json, 'binary'));
  const built = isObject(dict['build_spec']) ? dict['build_spec']['hash'] : undefined;
  return typeof built === 'string' ? hash.slice(0, -7) + built.slice(-7) : hash;
}

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/** Two characters each, for ten bits. */
const PAIRS = Array.from(
  { length: 1024 },
  (_, bits) => ALPHABET.charAt(bits >> 5) + ALPHABET.charAt(bits & 31),
);

/** RFC 4648 base32, lower case. A SHA-1's 160 bits are 32 characters exactly, so nothing is padded. */
function base32(bytes: string): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 5) {
    const a = bytes.charCodeAt(i);
    const b = bytes.charCodeAt(i + 1);
    const c = bytes.charCodeAt(i + 2);
    const d = bytes.charCodeAt(i + 3);
    const e = bytes.charCodeAt(i + 4);
    text += `${PAIRS[(a << 2) | (b >> 6)]}${PAIRS[((b & 63) << 4) | (c >> 4)]}`;
    text += `${PAIRS[((c & 15) << 6) | (d >> 2)]}${PAIRS[((d & 3) << 8) | e]}`;
  }
  return text;
}
