/** Concrete specs for tests: from the node dicts of a lockfile or a spec.json, or made up with few words. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { SpecGraph } from '../../src/spec/graph.ts';
import type { Dependency, DepType, SpecFormat, SpecNode, VariantValue } from '../../src/spec/node.ts';
import { FLAG_NAMES } from '../../src/spec/node.ts';

/** The parts of a node dict that matching looks at. */
export interface NodeDict {
  readonly name: string;
  readonly version: string;
  readonly hash: string;
  readonly namespace?: string;
  readonly arch: { platform: string; platform_os: string; target: string | { name: string } };
  readonly compiler?: { name: string; version: string };
  readonly parameters: Record<string, VariantValue>;
  readonly external?: { path: string };
  readonly patches?: readonly string[];
  readonly dependencies?: readonly {
    name: string;
    hash: string;
    parameters: { deptypes: Dependency['deptypes']; virtuals: readonly string[] };
  }[];
  readonly annotations?: { original_specfile_version: number; compiler?: string };
}

export function nodeFromDict(dict: NodeDict, format: SpecFormat): SpecNode {
  const parameters = Object.entries(dict.parameters);
  const isFlag = (name: string) => FLAG_NAMES.includes(name);
  return {
    name: dict.name,
    version: dict.version,
    hash: dict.hash,
    namespace: dict.namespace,
    platform: dict.arch.platform,
    os: dict.arch.platform_os,
    target: typeof dict.arch.target === 'string' ? dict.arch.target : dict.arch.target.name,
    compiler: dict.compiler,
    variants: new Map(parameters.filter(([name]) => !isFlag(name))),
    flags: new Map(
      parameters.filter(([name]) => isFlag(name)).map(([name, value]) => [name, value as string[]]),
    ),
    external: dict.external,
    dependencies: (dict.dependencies ?? []).map(({ name, hash, parameters: { deptypes, virtuals } }) => ({
      name,
      hash,
      deptypes,
      virtuals,
      direct: false,
    })),
    buildSpec: undefined,
    format,
    originalFormat: dict.annotations?.original_specfile_version ?? format,
    dict: { ...dict },
  };
}

export function graphOf(nodes: readonly SpecNode[]): SpecGraph {
  return { nodes: new Map(nodes.map((node) => [node.hash, node])), roots: [] };
}

/** A lockfile of the fixtures, such as `spack-1.2/env/spack.lock`. */
export function readLock(name: string): SpecGraph {
  const lock = JSON.parse(readFixture(name)) as {
    _meta: { 'specfile-version': SpecFormat };
    concrete_specs: Record<string, NodeDict>;
  };
  const format = lock._meta['specfile-version'];
  return graphOf(Object.values(lock.concrete_specs).map((dict) => nodeFromDict(dict, format)));
}

/** What the index of a mirror of layout 3 holds, dependencies that are not in the mirror too. */
export function readMirrorIndex(mirror: string): SpecGraph {
  const manifest = JSON.parse(readFixture(`${mirror}/v3/manifests/index/index.manifest.json`)) as {
    data: { checksum: string }[];
  };
  const digest = manifest.data[0]?.checksum ?? '';
  const blob = readFileSync(
    new URL(`../fixtures/${mirror}/blobs/sha256/${digest.slice(0, 2)}/${digest}`, import.meta.url),
  );
  const isGzip = blob[0] === 0x1f && blob[1] === 0x8b;
  const { database } = JSON.parse((isGzip ? gunzipSync(blob) : blob).toString('utf8')) as {
    database: { installs: Record<string, { spec: NodeDict }> };
  };
  return graphOf(Object.values(database.installs).map(({ spec }) => nodeFromDict(spec, 5)));
}

export function readFixture(name: string): string {
  return readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8');
}

/** What a made-up node may have beside a name; edges are `[to, ...deptypes]`. */
export interface NodeParts {
  readonly hash?: string;
  readonly version?: string;
  readonly namespace?: string;
  readonly target?: string;
  readonly variants?: Record<string, VariantValue>;
  readonly flags?: Record<string, readonly string[]>;
  readonly dependencies?: readonly (readonly [{ name: string; hash: string }, ...DepType[]])[];
  /** On every edge. */
  readonly virtuals?: readonly string[];
  readonly format?: SpecFormat;
  readonly originalFormat?: number;
  readonly compiler?: SpecNode['compiler'];
  readonly external?: SpecNode['external'];
  readonly dict?: Record<string, unknown>;
}

export function makeNode(name: string, parts: NodeParts = {}): SpecNode {
  const { format = 5, virtuals = [], dependencies = [] } = parts;
  return {
    name,
    version: parts.version ?? '1.0',
    hash: parts.hash ?? createHash('sha1').update(name).digest('hex').slice(0, 32),
    namespace: parts.namespace,
    platform: 'linux',
    os: 'debian12',
    target: parts.target ?? 'x86_64_v3',
    compiler: parts.compiler,
    variants: new Map(Object.entries(parts.variants ?? {})),
    flags: new Map(FLAG_NAMES.map((flag) => [flag, parts.flags?.[flag] ?? []])),
    external: parts.external,
    dependencies: dependencies.map(([to, ...deptypes]) => ({
      name: to.name,
      hash: to.hash,
      deptypes,
      virtuals,
      direct: false,
    })),
    buildSpec: undefined,
    format,
    originalFormat: parts.originalFormat ?? format,
    dict: parts.dict ?? {},
  };
}
