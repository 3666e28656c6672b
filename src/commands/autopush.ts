/**
 * `autopush`: pushes what is new in an install tree to every mirror that wants it. A mirror that cannot be used does not
 * stop the others.
 */
import type { IndexSettings } from '../cache/index/listing.ts';
import type { OpenTrust } from '../cache/oci/voucher.ts';
import type { Signer } from '../cache/trust/signing.ts';
import { describeError, type ErrorCode, errorCode } from '../core/errors.ts';
import { redactUrl } from '../core/redact.ts';
import { isRegistryUrl } from '../environment/location.ts';
import { refusalOf } from '../mirrors/filter.ts';
import type { Mirror } from '../mirrors/mirror.ts';
import type { Connection } from '../mirrors/open.ts';
import { openPushMirror } from '../mirrors/open-target.ts';
import {
  type AutopushChoice,
  type AutopushSelection,
  type Candidate,
  selectToAutopush,
  strayPrefix,
} from '../plan/autopush-selection.ts';
import type { MirrorPush, PushOutcome } from '../plan/push-result.ts';
import { during, type Reporter } from '../report/reporter.ts';
import type { InstallRecord } from '../spec/database.ts';
import { entrySpecs } from '../spec/entry-spec.ts';
import { shortSpec } from '../spec/format.ts';
import { ofTypes, postOrder, type SpecGraph } from '../spec/graph.ts';
import { localSources } from '../spec/local-source.ts';
import type { SpecNode } from '../spec/node.ts';
import {
  type InstallSnapshot,
  isUnpacked,
  readTreeIfThere,
  strayPrefixes,
} from '../tree/install-snapshot.ts';
import type { InstallTree } from '../tree/install-tree.ts';
import { whyNotItsSpec } from '../tree/same-spec.ts';
import type { TreePlace } from '../tree/tree-root.ts';
import { askPresence } from './ask-presence.ts';
import { type PushOptions, type PushTarget, push } from './push.ts';
import { requireRootLength } from './require-root-length.ts';

/** What there is to push. */
export interface NewSpecs extends AutopushSelection {
  /** Undefined where there is no install tree. */
  readonly tree: InstallTree | undefined;
  /** The tree's specs, its upstreams' and the environment's. */
  readonly nodes: SpecGraph['nodes'];
  /** How many specs the tree holds that are not new. */
  readonly old: number;
}

/**
 * Finds what is new in the tree since `before`. New specs in upstreams are not pushed.
 * @param lockfile the environment; if there is one, only its specs are pushed
 * @throws BuildcacheError as `readInstallTree` and `selectToAutopush`
 */
export async function findNewSpecs(
  place: TreePlace,
  before: InstallSnapshot,
  lockfile: SpecGraph | undefined,
  selection: AutopushChoice,
): Promise<NewSpecs> {
  const tree = await readTreeIfThere(place);
  const nodes = new Map([...(tree?.nodes ?? []), ...(lockfile?.nodes ?? [])]);
  const fresh = [...(tree?.records ?? [])].filter(([hash]) => !before.installed.has(hash));
  const candidates = tree === undefined ? [] : await pushCandidates(tree, fresh, nodes, lockfile);
  const { specs, leftOut } = await selectToAutopush(candidates, nodes, lockfile?.nodes, selection);
  const strays = (await strayPrefixes(place.root, tree)).filter((prefix) => !before.strays.has(prefix));
  const old = (tree?.records.size ?? 0) - fresh.length;
  return { specs, leftOut: [...leftOut, ...strays.map(strayPrefix)], tree, nodes, old };
}

/**
 * What `selectToAutopush` has to know about records of the database.
 * @throws BuildcacheError as `isUnpacked` and `whyNotItsSpec`
 */
export async function pushCandidates(
  tree: InstallTree,
  records: Iterable<readonly [string, InstallRecord]>,
  nodes: SpecGraph['nodes'],
  lockfile: SpecGraph | undefined,
): Promise<Candidate[]> {
  const candidates: Candidate[] = [];
  const local = localSources({ nodes });
  for (const [hash, { node, installed }] of records) {
    const unpacked = installed && (await isUnpacked(tree, hash));
    const own = nodes.get(hash) ?? node;
    const isAsked =
      installed && !unpacked && own.external === undefined && (lockfile?.nodes.has(hash) ?? true);
    const mismatch = isAsked ? await whyNotItsSpec(tree, hash, lockfile?.nodes ?? tree.nodes) : undefined;
    candidates.push({ node: own, installed, unpacked, mismatch, local: local.has(hash) });
  }
  return candidates;
}

/**
 * If nothing new was found, says where we looked, since that may have been the wrong place.
 * @param isAll whether the whole tree counts as new
 * @returns undefined where something was found
 */
export function nothingFound(
  { tree, specs, leftOut, old }: NewSpecs,
  lockfile: SpecGraph | undefined,
  isAll: boolean,
): string | undefined {
  if (tree === undefined || specs.length > 0) return undefined;
  if (leftOut.length === 0) {
    const known = old === 1 ? 'the one spec it held' : `the ${old} specs it held`;
    return `nothing new in the install tree ${tree.root}: ${old === 0 ? 'it is empty' : `it has ${known} before (push sends these)`}`;
  }
  if (!isAll) {
    const built = leftOut.filter(({ spec }) => spec.node?.external === undefined);
    const isOther = built.length > 0 && built.every(({ spec }) => lockfile?.nodes.has(spec.hash) === false);
    return isOther
      ? `nothing new of the environment in the install tree ${tree.root}, only what its lockfile does not have: nothing was pushed`
      : undefined;
  }
  const own = [...(lockfile?.nodes.values() ?? [])].filter(({ external }) => external === undefined);
  const isNoneHere = own.every(({ hash }) => tree.recordOf(hash)?.installed !== true);
  return own.length > 0 && isNoneHere
    ? `nothing of the environment is installed in ${tree.root}: nothing was pushed`
    : `none of the specs in the install tree ${tree.root} is one to push: nothing was pushed`;
}

/** A mirror that could not be used at all. */
export interface MirrorFailure {
  readonly name: string;
  /** Redacted. */
  readonly url: string;
  readonly code: ErrorCode;
  readonly reason: string;
}

export interface AutopushResult {
  readonly pushed: readonly MirrorPush[];
  readonly broken: readonly MirrorFailure[];
  /** Dependencies that a mirror lacks, of specs that it now has. */
  readonly missing: readonly { readonly mirror: string; readonly spec: SpecNode }[];
}

export interface AutopushOptions {
  readonly found: NewSpecs;
  readonly mirrors: readonly Mirror[];
  /** The signer for a signed mirror. @throws BuildcacheError where there is no key that can sign */
  readonly openSigner: (mirror: Mirror) => Promise<Signer>;
  readonly connection: Connection;
  readonly spackPrefix: string;
  readonly updateIndex: boolean;
  readonly dryRun: boolean;
  readonly jobs: number;
  /** The base image of images, where a mirror is a registry. */
  readonly baseImage?: string | undefined;
  /** Where a mirror is a registry: the tag of one image that has these roots and what they need at run time. */
  readonly image?: { readonly tag: string; readonly roots: ReadonlySet<string> } | undefined;
  /**
   * Whose signatures count besides ours. Needed where a mirror is a registry that already has layers which a signed image
   * uses.
   */
  readonly trust: OpenTrust;
  /** As for a push. */
  readonly inspections: PushOptions['inspections'];
  /** As for a push. */
  readonly makeStatement?: PushOptions['makeStatement'];
  readonly minRootLength?: PushOptions['minRootLength'];
  readonly index: IndexSettings;
  /** Ends everything at once. */
  readonly signal: AbortSignal;
  /** Ends the sending. What was sent by then is still listed in the index. */
  readonly deadline: AbortSignal;
  readonly onOutcome?: (mirror: string, spec: SpecNode, outcome: PushOutcome) => void;
}

/**
 * Never throws for a mirror's failure: that is in the result.
 * @throws BuildcacheError `usage` where the root of the install tree is too short
 */
export async function autopush(options: AutopushOptions, reporter: Reporter): Promise<AutopushResult> {
  return await during(reporter, 'Asking mirrors', () => pushNew(options, reporter));
}

async function pushNew(options: AutopushOptions, reporter: Reporter): Promise<AutopushResult> {
  const { found, mirrors, signal, image } = options;
  const { tree, specs } = found;
  const broken: MirrorFailure[] = [];
  const targets: PushTarget[] = [];
  if (tree === undefined || (specs.length === 0 && image === undefined))
    return { pushed: [], broken, missing: [] };
  // Before a mirror is opened, which marks an empty place as a mirror.
  requireRootLength(tree, specs, options.minRootLength);
  try {
    for (const mirror of mirrors) {
      try {
        targets.push(await openTarget(mirror, options));
      } catch (error) {
        const facts = { code: errorCode(error), reason: describeError(error) };
        broken.push({ name: mirror.name, url: redactUrl(mirror.push.url), ...facts });
      }
    }
    const result = await push(
      {
        tree,
        graph: { nodes: found.nodes },
        specs,
        roots: new Set(specs.map(({ hash }) => hash)),
        targets,
        spackPrefix: options.spackPrefix,
        force: false,
        updateIndex: options.updateIndex,
        failFast: false,
        allowMissing: true,
        dryRun: options.dryRun,
        jobs: options.jobs,
        inspections: options.inspections,
        makeStatement: options.makeStatement,
        minRootLength: options.minRootLength,
        imageTag: image?.tag,
        imageRoots: image?.roots,
        signal,
        deadline: options.deadline,
        onOutcome: (target, spec, outcome) => options.onOutcome?.(target.name, spec, outcome),
      },
      reporter,
    );
    const missing = signal.aborted ? [] : await findMissing(result.mirrors, options, reporter);
    return { pushed: result.mirrors, broken, missing };
  } finally {
    for (const { cache } of targets) await cache.close();
  }
}

async function openTarget(mirror: Mirror, options: AutopushOptions): Promise<PushTarget> {
  const signer = mirror.signed ? await options.openSigner(mirror) : undefined;
  const { baseImage, trust, image } = options;
  const images = isRegistryUrl(mirror.push.url) ? { baseImage, trust, tag: image?.tag } : {};
  const cache = await openPushMirror(mirror, options.connection, mirror.push.view, images);
  try {
    await cache.prepare(options.signal, options.dryRun);
  } catch (error) {
    await cache.close();
    throw error;
  }
  const refuses = await refusalOf(mirror, 'push', options.found);
  return { name: mirror.name, cache, signer, elsewhere: new Map(), refuses };
}

/** Finds link and run dependencies that a mirror lacks, of specs that it now has. An install will have to build them. */
async function findMissing(
  pushes: readonly MirrorPush[],
  options: AutopushOptions,
  reporter: Reporter,
): Promise<AutopushResult['missing']> {
  const { nodes } = options.found;
  const missing: { mirror: string; spec: SpecNode }[] = [];
  for (const { name, outcomes } of pushes) {
    const there = [...outcomes].filter(([, { kind }]) => kind === 'pushed' || kind === 'present');
    const isThere = new Set(there.map(([hash]) => hash));
    const needed = postOrder({ nodes }, isThere, ofTypes('link', 'run')).filter(
      ({ hash, external }) => external === undefined && !isThere.has(hash),
    );
    const mirror = options.mirrors.find((candidate) => candidate.name === name);
    if (mirror === undefined || needed.length === 0) continue;
    try {
      // Specs that the mirror is configured not to take are not reported.
      const refuses = await refusalOf(mirror, 'push', { nodes });
      const expected = needed.filter((spec) => refuses?.(spec) === undefined);
      const absent = expected.length === 0 ? [] : await absentFrom(mirror, expected, options);
      for (const spec of absent) missing.push({ mirror: name, spec });
    } catch (error) {
      reporter.warn(`${name}: whether it has all dependencies could not be told: ${describeError(error)}`);
    }
  }
  return missing;
}

async function absentFrom(
  mirror: Mirror,
  needed: readonly SpecNode[],
  options: AutopushOptions,
): Promise<SpecNode[]> {
  const { nodes } = options.found;
  const entries = entrySpecs({ nodes }, needed);
  const { connection, index, signal } = options;
  const asking = { verify: 'exists', forbidden: 'auto', connection, index, signal } as const;
  const { states } = await askPresence(mirror, { entries, graph: { nodes } }, asking);
  return entries.filter(({ hash }) => states.get(hash)?.state === 'missing');
}

/** The text of a message about a missing dependency. */
export function missingText({ mirror, spec }: AutopushResult['missing'][number]): string {
  return `${mirror} does not have ${shortSpec(spec)}, which what was pushed depends on`;
}
