/**
 * One node dictionary of a spec document -> a {@link SpecNode}. Everything in it is attacker-controlled: names,
 * versions and hashes end up in paths and URLs, so their alphabets are checked here, once. A node that no Spack can read
 * is refused: in an index or a database that we write, it would cost Spack all the others.
 */
import { BuildcacheError } from '../core/errors.ts';
import { isObject, isTrue, type JsonObject, kindOf, NumberToken } from '../core/json.ts';
import {
  DEPTYPES,
  type Dependency,
  type DepType,
  FLAG_NAMES,
  type SpecFormat,
  type SpecNode,
  type VariantValue,
} from './node.ts';
import { isCompilerNote, isCompilerVersion, isVersion } from './spack-text.ts';

/** Whether text is a DAG hash: 32 characters of lower-case base32. */
export function isDagHash(text: unknown): text is string {
  return typeof text === 'string' && DAG_HASH.test(text);
}

/** Whether text can be the name of a package, or of a virtual one. */
export function isPackageName(text: unknown): text is string {
  return typeof text === 'string' && PACKAGE_NAME.test(text);
}

/**
 * @param dict the node as parsed JSON
 * @param format the document's format, which decides the shape of compilers and dependencies
 * @param source the document, for messages
 * @param at where in the document, for messages (`concrete_specs.<hash>`)
 * @throws `bad-input` naming the place, what was expected and what was found
 */
export function decodeNode(dict: unknown, format: SpecFormat, source: string, at: string): SpecNode {
  const doc = new Place(source, at);
  const node = doc.object(dict, 'a spec node');
  const arch = doc.object(node['arch'], 'an object', 'arch');
  requireConcrete(node, doc);
  const { variants, flags } = decodeParameters(node, doc);
  for (const list of LISTS) if (node[list] !== undefined) doc.strings(node[list], list);
  return {
    name: doc.matching(node['name'], PACKAGE_NAME, 'a package name', 'name'),
    version: doc.text(node['version'], isVersion, 'a concrete version', 'version'),
    hash: doc.matching(node['hash'], DAG_HASH, A_DAG_HASH, 'hash'),
    namespace: doc.optionalString(node['namespace'], 'namespace'),
    platform: doc.matching(arch['platform'], ARCH_PART, 'a platform', 'arch.platform'),
    os: doc.matching(arch['platform_os'], ARCH_PART, 'an operating system', 'arch.platform_os'),
    target: decodeTarget(arch['target'], doc),
    compiler: decodeCompiler(node['compiler'], doc),
    variants,
    flags,
    external: decodeExternal(node['external'], doc),
    dependencies: decodeDependencies(node['dependencies'], format, doc),
    buildSpec: decodeBuildSpec(node, doc),
    format,
    originalFormat: decodeOriginalFormat(node['annotations'], format, doc),
    dict: node,
  };
}

/** Names of virtual packages and of variants, where a node has them. */
const LISTS = ['provided_virtuals', 'propagate', 'abstract'] as const;

const DAG_HASH = /^[a-z2-7]{32}$/;
const A_DAG_HASH = 'a DAG hash of 32 base32 characters';
/** Spack's longest name has some fifty characters. With this limit a file's name has room for version and hash, too. */
const PACKAGE_NAME = /^\w[\w-]{0,127}$/;
const ARCH_PART = /^[\w.+-]{1,128}$/;

/** Spack reads these of a spec that is not concrete, and the versions instead of the version. */
function requireConcrete({ versions, concrete = true }: JsonObject, doc: Place): void {
  if (versions !== undefined) doc.fail('nothing beside the version', versions, 'versions');
  if (!isTrue(concrete)) doc.fail('a concrete spec', concrete, 'concrete');
}

function decodeTarget(target: unknown, doc: Place): string {
  const name = isObject(target) ? target['name'] : target;
  return doc.matching(name, ARCH_PART, 'a target name', 'arch.target');
}

function decodeCompiler(value: unknown, doc: Place): SpecNode['compiler'] {
  if (value === undefined || value === null) return undefined;
  const compiler = doc.object(value, 'an object', 'compiler');
  return {
    name: doc.matching(compiler['name'], PACKAGE_NAME, 'a compiler name', 'compiler.name'),
    version: doc.text(compiler['version'], isCompilerVersion, 'a version', 'compiler.version'),
  };
}

function decodeParameters(node: Readonly<Record<string, unknown>>, doc: Place) {
  const variants = new Map<string, VariantValue>();
  const flags = new Map<string, readonly string[]>();
  const parameters = node['parameters'];
  if (parameters !== undefined) {
    const values = doc.object(parameters, 'an object', 'parameters');
    for (const name of Object.keys(values)) {
      const value = values[name];
      if (FLAG_NAMES.includes(name)) flags.set(name, doc.strings(value, 'parameters.*', name));
      else variants.set(name, decodeVariant(value, doc, name));
    }
  }
  // Older documents have patches only among the parameters.
  if (node['patches'] !== undefined) {
    const patches = doc.strings(node['patches'], 'patches');
    if (patches.includes(ANY)) doc.fail('patches', ANY, 'patches');
    if (patches.length > 0 && !variants.has('patches')) variants.set('patches', [...patches].sort());
  }
  return { variants, flags };
}

function decodeVariant(value: unknown, doc: Place, name: string): VariantValue {
  if (typeof value === 'boolean') return value;
  if (value === ANY) return doc.fail('a value', value, 'parameters.*', name);
  // Spack reads any spelling of these strings as booleans.
  if (typeof value === 'string') return /^(true|false)$/i.test(value) ? /^true$/i.test(value) : value;
  if (typeof value === 'number') return String(value);
  if (value instanceof NumberToken) return value.token;
  if (Array.isArray(value)) {
    // Python sorts no booleans among strings.
    const items = value.every(isBoolean)
      ? value.map(pythonBool)
      : value.map((item) => doc.value(item, 'parameters.*', name));
    return [...new Set(items)].sort(); // sets, in Spack's eyes
  }
  return doc.fail('a boolean, a string or a list of strings', value, 'parameters.*', name);
}

/** Stands for any value where values are asked for, and is none itself. */
const ANY = '*';

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

/** A boolean among several values prints as Python prints it. */
function pythonBool(value: boolean): string {
  return value ? 'True' : 'False';
}

/** As to Spack, what has neither a path nor a module is not external, and has to be built like any other spec. */
function decodeExternal(value: unknown, doc: Place): SpecNode['external'] {
  if (value === undefined || value === null) return undefined;
  const external = doc.object(value, 'an object', 'external');
  if (Object.keys(external).length === 0) return undefined;
  const { path: written, module } = external;
  if (written === undefined || module === undefined)
    doc.fail('its path and its module', external, 'external');
  const path = doc.optionalString(written, 'external.path') || undefined;
  return path === undefined && !isTrue(module) ? undefined : { path };
}

/** @throws `unsupported` for a build spec that no splice can have: another package, or the spec itself */
function decodeBuildSpec(node: Readonly<Record<string, unknown>>, doc: Place): SpecNode['buildSpec'] {
  if (node['build_spec'] === undefined) return undefined;
  const spec = doc.object(node['build_spec'], 'an object', 'build_spec');
  const built = {
    name: doc.matching(spec['name'], PACKAGE_NAME, 'a package name', 'build_spec.name'),
    hash: doc.matching(spec['hash'], DAG_HASH, A_DAG_HASH, 'build_spec.hash'),
  };
  if (built.name !== node['name'])
    doc.refuse(`the same package, ${node['name']}`, built.name, 'build_spec.name');
  if (built.hash === node['hash']) doc.refuse('another spec than itself', built.hash, 'build_spec.hash');
  return built;
}

function decodeOriginalFormat(value: unknown, format: SpecFormat, doc: Place): number {
  if (value === undefined) return format;
  const { original_specfile_version: original, compiler } = doc.object(value, 'an object', 'annotations');
  if (typeof original !== 'number') doc.fail('a number', original, 'annotations.original_specfile_version');
  if (compiler !== undefined && compiler !== null)
    doc.text(compiler, isCompilerNote, 'a compiler', 'annotations.compiler');
  return Number(original);
}

function decodeDependencies(value: unknown, format: SpecFormat, doc: Place): readonly Dependency[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return doc.fail('a list', value, 'dependencies');
  return value.map((item: unknown, i): Dependency => {
    const edge = doc.object(item, 'an object', 'dependencies[*]', i);
    const parameters =
      format === 3 ? edge : doc.object(edge['parameters'], 'an object', 'dependencies[*].parameters', i);
    const { virtuals } = parameters;
    return {
      name: doc.matching(edge['name'], PACKAGE_NAME, 'a package name', 'dependencies[*].name', i),
      hash: doc.matching(edge['hash'], DAG_HASH, A_DAG_HASH, 'dependencies[*].hash', i),
      deptypes: decodeTypes(parameters[format === 3 ? 'type' : 'deptypes'], doc, i),
      virtuals: virtuals === undefined ? NONE : doc.strings(virtuals, 'dependencies[*].virtuals', i),
      direct: format < 5 || parameters['direct'] === true,
    };
  });
}

const NONE: readonly string[] = [];

const KNOWN_TYPES: readonly string[] = DEPTYPES;

/**
 * Every set of dependency types, in Spack's order, at the place that is the sum of its members' bits. Edges share
 * them.
 */
const TYPE_SETS = Array.from({ length: 1 << DEPTYPES.length }, (_, set) =>
  DEPTYPES.filter((_, bit) => (set & (1 << bit)) !== 0),
);

function decodeTypes(value: unknown, doc: Place, i: number): readonly DepType[] {
  let set = 0;
  for (const type of doc.strings(value, 'dependencies[*].deptypes', i)) {
    const bit = KNOWN_TYPES.indexOf(type);
    if (bit < 0)
      doc.fail(`dependency types out of ${DEPTYPES.join(', ')}`, type, 'dependencies[*].deptypes', i);
    set |= 1 << bit;
  }
  return TYPE_SETS[set] ?? [];
}

/**
 * A place in a document, so that every error names it the same way. A field is given as a pattern and the text for
 * its `*`: a lockfile has tens of thousands of fields, and the whole text is needed only for one that is malformed.
 */
class Place {
  readonly #source: string;
  readonly #at: string;

  constructor(source: string, at: string) {
    this.#source = source;
    this.#at = at;
  }

  fail(expected: string, value: unknown, field?: string, which?: string | number): never {
    const place = field === undefined ? this.#at : `${this.#at}.${field.replace('*', () => String(which))}`;
    throw new BuildcacheError('bad-input', `${place} is malformed`, {
      file: this.#source,
      expected,
      found: typeof value === 'string' ? JSON.stringify(value.slice(0, 60)) : kindOf(value),
    });
  }

  /** For a value that is well-formed, and that no Spack writes. */
  refuse(expected: string, found: string, field: string): never {
    throw new BuildcacheError('unsupported', `${this.#at}.${field} is of an unknown kind`, {
      file: this.#source,
      expected,
      found,
      hint: 'concretize again, or update buildcache-action if a newer Spack wrote it',
    });
  }

  object(
    value: unknown,
    expected: string,
    field?: string,
    which?: string | number,
  ): Readonly<Record<string, unknown>> {
    return isObject(value) ? value : this.fail(expected, value, field, which);
  }

  string(value: unknown, field: string, which?: string | number): string {
    return typeof value === 'string' ? value : this.fail('a string', value, field, which);
  }

  optionalString(value: unknown, field: string): string | undefined {
    return value === undefined || value === null ? undefined : this.string(value, field);
  }

  matching(
    value: unknown,
    pattern: RegExp,
    expected: string,
    field: string,
    which?: string | number,
  ): string {
    return typeof value === 'string' && pattern.test(value)
      ? value
      : this.fail(expected, value, field, which);
  }

  text(value: unknown, isRight: (text: string) => boolean, expected: string, field: string): string {
    return typeof value === 'string' && isRight(value) ? value : this.fail(expected, value, field);
  }

  /** One of several values of a variant. */
  value(value: unknown, field: string, which: string): string {
    return typeof value === 'string' && value !== ANY ? value : this.fail('a string', value, field, which);
  }

  /** The list itself, not a copy: documents are never changed. */
  strings(value: unknown, field: string, which?: string | number): readonly string[] {
    if (!Array.isArray(value)) return this.fail('a list of strings', value, field, which);
    for (const item of value) this.string(item, field, which);
    return value;
  }
}
