/**
 * Registers what was installed in the install database `<root>/.spack-db/index.json`, version 8 or 9. As Spack does, it
 * reads the database again under its lock, changes it, and replaces it (`database-file.ts`). Records that are not changed are
 * written as they were.
 */
import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { BuildcacheError, fileError, systemCode } from '../core/errors.ts';
import { isObject, kindOf, NumberToken, parseJson, shown, stringifyCompact } from '../core/json.ts';
import { readBoundedText } from '../core/read-file.ts';
import { MAX_DATABASE } from '../spec/database.ts';
import { decodeNode } from '../spec/decode-node.ts';
import { type EmittedFormat, neededFormat, type SpecEmitter, specEmitter } from '../spec/emit-spec.ts';
import { recordOrder, type SpecGraph } from '../spec/graph.ts';
import { type Dependency, type SpecNode, shortHash } from '../spec/node.ts';
import { replaceDatabase } from './database-file.ts';
import { databaseIdentity } from './database-identity.ts';
import type { HeldLock, Locks } from './database-lock.ts';
import {
  DATABASE_FORMAT,
  type DatabaseVersion,
  type NeededVersion,
  neededVersion,
  requireVersion,
} from './database-version.ts';
import { clearFailureMarks } from './failure-marks.ts';
import { differing } from './false-record.ts';
import { hasSpecFile, installedHash } from './metadata.ts';
import { gone, incomplete, type RegisterProblem } from './register-problem.ts';
import { databaseFile } from './tree-root.ts';

export interface Installed {
  readonly hash: string;
  /** Whether the user asked for it; else another spec needs it. A spec that was explicit before stays so. */
  readonly explicit: boolean;
  /** Seconds since the epoch; now when not given. */
  readonly time?: number;
  /** It was put at its prefix just now, under a lock that is still held, so its spec file is known. */
  readonly isPlaced?: boolean;
}

export interface RegisterOptions {
  /** Holds the installed specs and all they depend on, by edges of any type. */
  readonly graph: Pick<SpecGraph, 'nodes'>;
  /** Specs that are at their prefixes; externals may be among them. */
  readonly installs: readonly Installed[];
  /** The absolute prefix of any spec of the graph that is not external, whether or not it is installed. */
  readonly prefixOf: (hash: string) => string;
  /** As in Spack, a spec that is installed in an upstream gets no record here, nor does a spec that only it needs. */
  readonly isUpstream?: ((hash: string) => boolean) | undefined;
  /** A spec that the caller has still to register. Its record says "not installed" until then, and it is not looked for. */
  readonly isPending?: ((hash: string) => boolean) | undefined;
  /** The lowest version for a database that is made: specs that are registered later may need a newer one than these. */
  readonly version?: DatabaseVersion | undefined;
  /** Undefined to take no locks; then no other process may use the install tree meanwhile. */
  readonly locks: Locks | undefined;
  /** What the last call has written, for a caller that registers batch after batch. */
  readonly kept?: KeptDatabase | undefined;
  /** What is wrong with single specs. Without it, one of them fails all. */
  readonly onProblem?: ((hash: string, problem: RegisterProblem) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A database as it was written, so that it is not read again while it is still that file. Starts empty. */
export interface KeptDatabase {
  file?: { readonly identity: string; readonly content: Records };
}

/**
 * Adds records for the installed specs. As Spack does, it also adds records for everything they depend on and for the
 * build specs of spliced ones. Such a record says "installed" for an external, and for a spec that is found at its
 * prefix; for another it says "not installed".
 *
 * The database is made if there is none. A spec that is on disk without a record gets one when it is registered again.
 *
 * @param root of the install tree, absolute, its padding included
 * @throws BuildcacheError `conflict` for a lock that others keep; `unsupported` for a database of another version;
 *   `bad-input` for a malformed one; `not-found` where the graph is not whole; `denied` or `io`. After an error the
 *   database is as it was before.
 */
export async function registerInstalled(root: string, options: RegisterOptions): Promise<void> {
  const lock = await options.locks?.database(options.signal);
  try {
    // A second time where another host has made the database, and this one's file system did not know of it yet.
    if (!(await tryRegister(root, options, lock)) && !(await tryRegister(root, options, lock))) {
      throw new BuildcacheError('conflict', 'another host has made this install database', {
        file: databaseFile(root),
        hint: 'run again',
      });
    }
  } finally {
    await lock?.release();
  }
}

/** @returns false where there is a database although there seemed to be none; it is as it was then */
async function tryRegister(
  root: string,
  options: RegisterOptions,
  lock: HeldLock | undefined,
): Promise<boolean> {
  const {
    graph,
    installs,
    prefixOf,
    isUpstream = () => false,
    isPending = () => false,
    kept = {},
    onProblem,
  } = options;
  const folder = path.join(root, '.spack-db');
  const file = path.join(folder, 'index.json');
  const emitter = specEmitter(graph);
  const needed = neededVersion(graph, hashesOf(installs), emitter.formatOf);
  const content = (await stillKept(kept, root, needed)) ?? (await readRecords(file, needed, options.version));
  // The records change from here on. They match the file again only if everything goes well.
  delete kept.file;
  const { version, records, isNew } = content;
  const context = {
    graph,
    emitter,
    format: DATABASE_FORMAT[version],
    prefixOf,
    isUpstream,
    isPending,
    file,
  };
  const problems = new Map<string, RegisterProblem>();
  for (const install of installs) {
    const problem = await addSpec(records, install, context);
    if (problem !== undefined && onProblem === undefined && problem.kind === 'gone') throw problem.error;
    if (problem !== undefined) problems.set(install.hash, problem);
  }
  if (!(await replaceDatabase(folder, file, textOf(version, records), lock, isNew))) return false;
  const there = installs.filter(({ hash }) => problems.get(hash)?.kind !== 'gone');
  await clearFailureMarks(folder, nodesOf(there, graph));
  for (const [hash, problem] of problems) onProblem?.(hash, problem);
  const identity = await databaseIdentity(root);
  if (identity !== undefined) kept.file = { identity, content: { version, records } };
  return true;
}

/**
 * Checks beforehand that these specs can be added to the database, if there is one.
 * @returns the version that a new one has to have for these specs
 * @throws BuildcacheError `unsupported` for one of another version, or too old for these specs; `bad-input` for a
 *   malformed one
 */
export async function checkDatabase(
  root: string,
  graph: Pick<SpecGraph, 'nodes'>,
  installs: Iterable<Pick<Installed, 'hash'>>,
): Promise<DatabaseVersion> {
  const needed = neededVersion(graph, hashesOf(installs), neededFormat(graph));
  await readRecords(path.join(root, '.spack-db', 'index.json'), needed);
  return needed.version;
}

/**
 * Checks beforehand that the tree can be written to, or made.
 * @throws BuildcacheError `denied` or `io`
 */
export async function checkWritable(root: string): Promise<void> {
  for (let at = root; ; at = path.dirname(at)) {
    try {
      return await access(at, constants.W_OK);
    } catch (error) {
      if (systemCode(error) === 'ENOENT' && at !== path.dirname(at)) continue;
      throw fileError(error, at, 'write to the install tree');
    }
  }
}

/** A record that will be written: an old one as it was parsed, or a new one with its spec as text. */
interface Draft {
  fields: Readonly<Record<string, unknown>>;
  readonly spec?: string | undefined;
  /** The record as it was last written; undefined once it has changed. */
  text?: string | undefined;
}

interface Context {
  readonly graph: Pick<SpecGraph, 'nodes'>;
  readonly emitter: SpecEmitter;
  readonly format: EmittedFormat;
  readonly prefixOf: (hash: string) => string;
  readonly isUpstream: (hash: string) => boolean;
  readonly isPending: (hash: string) => boolean;
  readonly file: string;
}

interface Records {
  readonly version: DatabaseVersion;
  readonly records: Map<string, Draft>;
  /** There is no database yet. */
  readonly isNew?: true;
}

function nodesOf(installs: readonly Installed[], { nodes }: Pick<SpecGraph, 'nodes'>): SpecNode[] {
  return installs.flatMap(({ hash }) => nodes.get(hash) ?? []);
}

function* hashesOf(installs: Iterable<Pick<Installed, 'hash'>>): Generator<string> {
  for (const { hash } of installs) yield hash;
}

/** What we wrote last, if the database is still that. */
async function stillKept(
  { file: kept }: KeptDatabase,
  root: string,
  needed: NeededVersion,
): Promise<Records | undefined> {
  if (kept === undefined || kept.identity !== (await databaseIdentity(root))) return undefined;
  requireVersion(String(kept.content.version), needed, databaseFile(root));
  return kept.content;
}

async function readRecords(
  file: string,
  needed: NeededVersion,
  atLeast: DatabaseVersion = 8,
): Promise<Records> {
  let text: string;
  try {
    text = await readBoundedText(file, MAX_DATABASE);
  } catch (error) {
    if (systemCode(error) === 'ENOENT')
      return {
        version: needed.version > atLeast ? needed.version : atLeast,
        records: new Map(),
        isNew: true,
      };
    throw fileError(error, file, 'read the install database');
  }
  const document = parseJson(text, file, Number.POSITIVE_INFINITY); // one's own, of any size
  const database = isObject(document) ? document['database'] : undefined;
  if (!isObject(database) || !isObject(database['installs'])) {
    throw malformed('not an install database', 'an object "database" with "installs"', document, file);
  }
  const version = requireVersion(shown(database['version']), needed, file);
  const records = new Map<string, Draft>();
  for (const [hash, fields] of Object.entries(database['installs'])) {
    if (!isObject(fields)) {
      throw malformed(`database.installs.${hash} is malformed`, 'an install record', fields, file);
    }
    records.set(hash, { fields });
  }
  return { version, records };
}

/** Records are appended, dependencies before dependents, as Spack appends them. None is, for a spec that is gone. */
async function addSpec(
  records: Map<string, Draft>,
  install: Installed,
  context: Context,
): Promise<RegisterProblem | undefined> {
  const { hash, explicit, time = Date.now() / 1000 } = install;
  // What has a record has records for what it needs, and so has an upstream.
  const isUpstream = (dependency: string) => !records.has(dependency) && context.isUpstream(dependency);
  const isNew = (from: SpecNode) => from.hash === hash || !(records.has(from.hash) || isUpstream(from.hash));
  const order = recordOrder(context.graph, [hash], isNew);
  const installed = order.at(-1);
  if (installed?.hash !== hash) throw notInGraph('the installed spec', hash);
  const own = installed.external === undefined ? context.prefixOf(hash) : undefined;
  if (own !== undefined && !(await isAt(own, install))) return gone(installed, own);
  for (const node of order) {
    const isInstall = node.hash === hash;
    const before = records.get(node.hash);
    const known = isInstall && before !== undefined && isOfOther(before, node, context) ? undefined : before;
    if (!isInstall && (known !== undefined || isUpstream(node.hash))) continue;
    const prefix = node.external === undefined ? context.prefixOf(node.hash) : (node.external.path ?? null);
    const isThere =
      isInstall ||
      node.external !== undefined ||
      (!context.isPending(node.hash) && (await isAt(prefix ?? '', { hash: node.hash })));
    if (known === undefined) {
      const counted = before === undefined ? new Set() : edgesOf(before.fields['spec']);
      for (const edge of node.dependencies) {
        if (!isUpstream(edge.hash) && !counted.has(edge.hash))
          countReference(records, edge.hash, node, context.file);
      }
      // A database without it is one that Spack refuses as a whole.
      const built = node.buildSpec?.hash;
      if (built !== undefined && !records.has(built) && !isUpstream(built)) {
        throw notInGraph(`what ${node.name}/${shortHash(node)} was built as`, built);
      }
    }
    const spec = known === undefined ? context.emitter.node(node, context.format) : known.spec;
    const fields = {
      ref_count: before?.fields['ref_count'] ?? 0,
      deprecated_for: null,
      ...known?.fields,
      path: prefix,
      installed: isThere,
      explicit: (isInstall && explicit) || known?.fields['explicit'] === true,
      installation_time: float(time),
    };
    records.set(node.hash, { fields: inOrder(fields), spec });
  }
  const isInstalled = ({ hash: needed }: Dependency) =>
    context.graph.nodes.get(needed)?.external !== undefined ||
    isUpstream(needed) ||
    records.get(needed)?.fields['installed'] === true;
  return install.isPlaced === true ? incomplete(installed, isInstalled) : undefined;
}

/** Whether a record that was there is of another spec than what was installed. One that was just written is not. */
function isOfOther({ fields, spec }: Draft, node: SpecNode, { format, file }: Context): boolean {
  if (spec !== undefined || node.external !== undefined) return false;
  const at = `database.installs.${node.hash}.spec`;
  return differing(node, decodeNode(fields['spec'], format, file, at)) !== undefined;
}

/** Hashes of what a record's spec depends on. */
function edgesOf(spec: unknown): ReadonlySet<unknown> {
  const dependencies = isObject(spec) ? spec['dependencies'] : undefined;
  const edges: readonly unknown[] = Array.isArray(dependencies) ? dependencies : [];
  return new Set(edges.map((edge) => (isObject(edge) ? edge['hash'] : undefined)));
}

async function isAt(
  prefix: string,
  { hash, isPlaced }: Pick<Installed, 'hash' | 'isPlaced'>,
): Promise<boolean> {
  return (isPlaced === true && hasSpecFile(prefix)) || (await installedHash(prefix)) === hash;
}

/** A record's fields in Spack's order, other fields after them. */
function inOrder(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { spec, ref_count, path, installed, explicit, installation_time, deprecated_for, ...rest } = fields;
  return { spec, ref_count, path, installed, explicit, installation_time, deprecated_for, ...rest };
}

/** A record counts the records that name it as a dependency of any type. */
function countReference(
  records: ReadonlyMap<string, Draft>,
  hash: string,
  dependent: SpecNode,
  file: string,
): void {
  const record = records.get(hash);
  if (record === undefined) {
    throw notInGraph(`a dependency of ${dependent.name}/${shortHash(dependent)}`, hash);
  }
  const count = record.fields['ref_count'];
  if (typeof count !== 'number') {
    throw malformed(`database.installs.${hash}.ref_count is malformed`, 'a number', count, file);
  }
  record.fields = { ...record.fields, ref_count: count + 1 };
  record.text = undefined;
}

function textOf(version: DatabaseVersion, records: ReadonlyMap<string, Draft>): string {
  const installs = [...records].map(([hash, draft]) => {
    draft.text ??= `${stringifyCompact(hash)}:${recordText(draft)}`;
    return draft.text;
  });
  return `{"database":{"version":"${version}","installs":{${installs.join(',')}}}}`;
}

function recordText({ spec, fields }: Draft): string {
  const text = stringifyCompact(fields);
  return spec === undefined ? text : `{"spec":${spec},${text.slice(1)}`;
}

/** As Python prints a float: a whole number too has a point. */
function float(seconds: number): number | NumberToken {
  return Number.isInteger(seconds) ? new NumberToken(`${seconds}.0`) : seconds;
}

function malformed(message: string, expected: string, value: unknown, file: string): BuildcacheError {
  const found = kindOf(value);
  return new BuildcacheError('bad-input', message, { file, expected, found, hint: 'run `spack reindex`' });
}

function notInGraph(what: string, hash: string): BuildcacheError {
  return new BuildcacheError('not-found', `${what} is missing from its spec graph`, { expected: `/${hash}` });
}
