/** Reads `spack.lock`, versions 4 to 8 (spec formats 3 to 6), with the environments it includes concretely. */
import { setImmediate } from 'node:timers/promises';
import { BuildcacheError } from '../core/errors.ts';
import { isObject, type JsonObject, kindOf, parseJson } from '../core/json.ts';
import { checkValues } from '../core/json-size.ts';
import { addNodes } from './add-nodes.ts';
import { assertClosedAndAcyclic } from './assemble.ts';
import { type CutNode, cutLockfile, hashedText } from './cut-lockfile.ts';
import { decodeNode, isDagHash } from './decode-node.ts';
import type { Root, SpecGraph } from './graph.ts';
import { verifyHash } from './hash.ts';
import type { SpecFormat, SpecNode } from './node.ts';

/** As many as in fifty megabytes of Spack's. */
const MAX_VALUES = 2_000_000;

const FORMAT_OF: Readonly<Record<number, SpecFormat>> = { 4: 3, 5: 4, 6: 5, 7: 5, 8: 6 };

/**
 * @param text the lockfile's text
 * @param file its path, for messages
 * @returns every concrete spec, those of included environments too, and all roots; several may share a hash
 * @throws `bad-input` for anything malformed, dangling or cyclic, `corrupt` where a DAG hash does not hold,
 *   `unsupported` for versions we do not read, with what to run
 */
export function readLockfile(text: string, file: string): SpecGraph {
  const steps = lockfileSteps(text, file);
  for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value;
}

/** The same, for who waits for something else meanwhile: it lets others have the event loop in between. */
export async function readLockfileInTurns(text: string, file: string): Promise<SpecGraph> {
  const steps = lockfileSteps(text, file);
  let since = performance.now();
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) return step.value;
    if (performance.now() - since < TURN_MS) continue;
    await setImmediate();
    since = performance.now();
  }
}

/** To send a request and to take its answer are each several turns of the event loop. */
const TURN_MS = 8;

/** Pauses after each spec that was gone through. */
function* lockfileSteps(text: string, file: string): Generator<undefined, SpecGraph> {
  checkValues(text, file, MAX_VALUES);
  const cut = yield* cutLockfile(text, file);
  const lock = expectObject(cut?.lock ?? parseJson(text, file, MAX_VALUES), file, 'the document');
  const format = formatOf(lock, file);
  const nodes = new Map<string, SpecNode>();
  const roots: Root[] = [];
  const visit = function* (part: JsonObject, at: string, depth: number): Generator<undefined, void> {
    if (depth > 16)
      throw malformed(file, `${at}include_concrete`, 'at most 16 levels of included environments');
    yield* readSpecs(
      part['concrete_specs'] ?? (depth === 0 ? undefined : {}),
      format,
      file,
      `${at}concrete_specs`,
      nodes,
    );
    // Once: a text of two megabytes can include so many environments that it would take minutes.
    if (cut !== undefined && depth === 0) yield* readCutSpecs(cut.nodes, format, file, nodes);
    for (const root of readRoots(part['roots'], file, `${at}roots`))
      roots.push(depth === 0 ? root : { ...root, included: true });
    const included = part['include_concrete'];
    if (included === undefined) return;
    for (const [name, inner] of Object.entries(expectObject(included, file, `${at}include_concrete`))) {
      const place = `${at}include_concrete.${name}`;
      yield* visit(expectObject(inner, file, place), `${place}.`, depth + 1);
    }
  };
  yield* visit(lock, '', 0);
  assertClosedAndAcyclic(nodes, file);
  for (const root of roots) {
    if (!nodes.has(root.hash)) {
      throw malformed(
        file,
        `root ${JSON.stringify(root.spec)}`,
        `its hash ${root.hash} among concrete_specs`,
      );
    }
  }
  return { nodes, roots };
}

function formatOf(lock: Readonly<Record<string, unknown>>, file: string): SpecFormat {
  const meta = isObject(lock['_meta']) ? lock['_meta'] : {};
  const version = meta['lockfile-version'];
  if (meta['file-type'] !== 'spack-lockfile' || typeof version !== 'number') {
    throw new BuildcacheError('bad-input', 'not a Spack lockfile', {
      file,
      expected: '_meta with file-type "spack-lockfile" and a lockfile-version',
      found: kindOf(lock['_meta']),
      hint: 'name the spack.lock of a concretized environment',
    });
  }
  const format = FORMAT_OF[version];
  if (format !== undefined) return format;
  const hint =
    version < 4
      ? 'concretize it again with Spack 0.18 or newer: `spack -e DIR concretize --force`'
      : 'it was written by a newer Spack; update buildcache-action';
  throw new BuildcacheError('unsupported', `lockfile version ${version} is not supported`, {
    file,
    expected: 'version 4 to 8',
    hint,
  });
}

function* readSpecs(
  value: unknown,
  format: SpecFormat,
  file: string,
  at: string,
  into: Map<string, SpecNode>,
): Generator<undefined, void> {
  for (const [key, dict] of Object.entries(expectObject(value, file, at))) {
    if (!isDagHash(key)) throw malformed(file, `${at}.${key}`, 'DAG hashes of 32 base32 characters as keys');
    const node = decodeNode(dict, format, file, `${at}.${key}`);
    if (node.hash !== key) {
      throw new BuildcacheError('bad-input', `${at}.${key} is another spec`, {
        file,
        expected: `hash ${key}`,
        found: node.hash,
      });
    }
    verifyHash(node, file);
    addNodes(into, new Map([[key, node]]), file);
    yield;
  }
}

/** The same for specs that were cut out, which have their keys as hashes, each once. */
function* readCutSpecs(
  specs: ReadonlyMap<string, CutNode>,
  format: SpecFormat,
  file: string,
  into: Map<string, SpecNode>,
): Generator<undefined, void> {
  for (const [key, cut] of specs) {
    const node = decodeNode(cut.dict, format, file, `concrete_specs.${key}`);
    verifyHash(node, file, hashedText(cut));
    into.set(key, node);
    yield;
  }
}

function readRoots(value: unknown, file: string, at: string): Root[] {
  if (!Array.isArray(value)) throw malformed(file, at, 'a list of roots', value);
  return value.map((item: unknown, i) => {
    const root = expectObject(item, file, `${at}[${i}]`);
    const { hash, spec, group } = root;
    if (!isDagHash(hash))
      throw malformed(file, `${at}[${i}].hash`, 'a DAG hash of 32 base32 characters', hash);
    if (typeof spec !== 'string') throw malformed(file, `${at}[${i}].spec`, 'a string', spec);
    if (group !== undefined && typeof group !== 'string')
      throw malformed(file, `${at}[${i}].group`, 'a string', group);
    return group === undefined ? { hash, spec } : { hash, spec, group };
  });
}

function expectObject(value: unknown, file: string, at: string): Readonly<Record<string, unknown>> {
  if (isObject(value)) return value;
  throw malformed(file, at, 'an object', value);
}

function malformed(file: string, at: string, expected: string, found?: unknown): BuildcacheError {
  return new BuildcacheError('bad-input', `${at} is malformed`, {
    file,
    expected,
    ...(found === undefined ? {} : { found: kindOf(found) }),
  });
}
