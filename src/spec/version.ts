/**
 * Spack's versions: how they are ordered, and which versions a written set (`1.2`, `1.2:1.4`, `=1.2`, lists)
 * contains. A bare `1.2` is the set of everything that starts with 1.2; only `=1.2` means one version.
 *
 * A version is read as runs of digits and runs of letters, whatever separates them. Words sort before numbers
 * and numbers before the names of moving versions (`main`, `develop`, …); a trailing alpha, beta or rc
 * makes a pre-release, which sorts before the release it leads to.
 */
import { BuildcacheError } from '../core/errors.ts';
import { withoutEnd } from '../core/without-end.ts';

/** A moving version's name, by its place in the order. */
interface Moving {
  readonly moving: number;
}

type Component = number | bigint | string | Moving;

export interface ReleaseVersion {
  readonly kind: 'release';
  /** As written: separators do not count when versions are compared. */
  readonly text: string;
  readonly components: readonly Component[];
  /** Rank of alpha, beta, rc or final, then the number after it if there is one. */
  readonly stage: readonly Component[];
}

export interface GitVersion {
  readonly kind: 'git';
  readonly text: string;
  /** Branch, tag or commit, without the `git.` prefix. */
  readonly ref: string;
  /** The version the ref stands for, if it is written (`git.main=1.2`). Otherwise only the repository could tell. */
  readonly release: ReleaseVersion | undefined;
}

export type Version = ReleaseVersion | GitVersion;

/** One element of a written set. An absent bound is open; a single `1.2` has it as both bounds. */
export type VersionItem =
  | { readonly kind: 'exact'; readonly version: Version }
  | {
      readonly kind: 'range';
      readonly low: ReleaseVersion | undefined;
      readonly high: ReleaseVersion | undefined;
    };

/** A union, as written in `@…`; never empty. */
export type VersionSet = readonly VersionItem[];

/** Reads a version; never fails, because what cannot be part of a version is a separator. */
export function parseVersion(text: string): Version {
  const isGit = text.startsWith('git.') || COMMIT.test(text) || text.indexOf('=', 1) > 0;
  if (!isGit) return parseRelease(text);
  const spelled = text.startsWith('git.') ? text.slice(4) : text;
  const equals = spelled.indexOf('=');
  if (equals < 0) return { kind: 'git', text, ref: spelled, release: undefined };
  return {
    kind: 'git',
    text,
    ref: spelled.slice(0, equals),
    release: parseRelease(spelled.slice(equals + 1)),
  };
}

/**
 * Orders versions as Spack sorts them. Zero means equal to Spack: `1-2` and `1_2` are.
 * A git version comes right after the release it stands for, and after nothing when that is not known.
 */
export function compareVersions(a: Version, b: Version): number {
  const order = compareReleases(releaseOf(a), releaseOf(b));
  if (order !== 0) return order;
  if (a.kind === 'git') return b.kind === 'git' ? comparePrimitives(a.ref, b.ref) : 1;
  return b.kind === 'git' ? -1 : 0;
}

/**
 * Reads what may follow `@` in a spec: versions, ranges and a comma between them.
 * @throws BuildcacheError `usage` for characters no version has and for a range that ends before it starts
 */
export function parseVersionSet(text: string): VersionSet {
  return text.replace(/\s/g, '').split(',').map(parseItem);
}

/** The inverse of {@link parseVersionSet}. */
export function formatVersionSet(set: VersionSet): string {
  const only = set.length === 1 ? set[0] : undefined;
  // Alone, a git version needs no `=`, and must not have one: an `=` belongs to the version it stands for.
  if (only?.kind === 'exact' && only.version.kind === 'git') return only.version.text;
  return set.map(formatItem).join(',');
}

/**
 * Whether a concrete version is in the set. A git version whose release is not written is in the sets that
 * name it and in the open range only: nothing else about it can be known without its repository.
 */
export function versionInSet(version: Version, set: VersionSet): boolean {
  return set.some((item) =>
    item.kind === 'exact' ? sameVersion(version, item.version) : inRange(version, item.low, item.high),
  );
}

/** Whether some version could be in both sets. */
export function versionSetsOverlap(a: VersionSet, b: VersionSet): boolean {
  return a.some((x) => b.some((y) => itemsOverlap(x, y)));
}

const MOVING_NAMES: readonly string[] = ['stable', 'nightly', 'trunk', 'head', 'master', 'main', 'develop'];
const STAGES: ReadonlyMap<string, number> = new Map([
  ['alpha', 0],
  ['beta', 1],
  ['rc', 2],
  ['final', 3],
]);
const FINAL = 3;
const COMMIT = /^[a-f0-9]{40}$/;
const VALID = /^[A-Za-z0-9_.-]+$/;
const RUN = /[0-9]+|[A-Za-z]+/g;

function parseRelease(text: string): ReleaseVersion {
  const runs = text.match(RUN) ?? [];
  let stage: Component[] = [FINAL];
  const last = runs.at(-1);
  const rank = STAGES.get(last ?? '');
  const rankBefore = STAGES.get(runs.at(-2) ?? '');
  if (runs.length >= 3 && rankBefore !== undefined && last !== undefined && isDigits(last)) {
    stage = [rankBefore, integer(last)];
    runs.splice(-2);
  } else if (runs.length >= 2 && rank !== undefined) {
    stage = [rank];
    runs.splice(-1);
  }
  return { kind: 'release', text, components: runs.map(component), stage };
}

function component(run: string): Component {
  if (isDigits(run)) return integer(run);
  const moving = MOVING_NAMES.indexOf(run);
  return moving < 0 ? run : { moving };
}

function isDigits(run: string): boolean {
  return run.charCodeAt(0) <= 0x39;
}

function integer(digits: string): number | bigint {
  const value = Number(digits);
  return Number.isSafeInteger(value) ? value : BigInt(digits);
}

function releaseOf(version: Version): ReleaseVersion {
  return version.kind === 'git' ? (version.release ?? UNKNOWN_RELEASE) : version;
}

/** Spack takes a ref for version 0 if none of its ancestors carries a version. */
const UNKNOWN_RELEASE = parseRelease('0');

function compareReleases(a: Bound, b: Bound): number {
  return compareLists(a.components, b.components) || compareLists(a.stage, b.stage);
}

function compareLists(a: readonly Component[], b: readonly Component[]): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const order = compareComponents(a[i] as Component, b[i] as Component);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareComponents(a: Component, b: Component): number {
  const rank = rankOf(a) - rankOf(b);
  if (rank !== 0) return rank;
  if (typeof a === 'object' && typeof b === 'object') return a.moving - b.moving;
  return comparePrimitives(a as number | bigint | string, b as number | bigint | string);
}

function comparePrimitives(a: number | bigint | string, b: number | bigint | string): number {
  if (a < b) return -1;
  return a > b ? 1 : 0;
}

function rankOf(value: Component): number {
  if (typeof value === 'string') return 0;
  return typeof value === 'object' ? 2 : 1;
}

function sameVersion(a: Version, b: Version): boolean {
  if (a.kind === 'release') return b.kind === 'release' && compareReleases(a, b) === 0;
  if (b.kind === 'release' || a.ref !== b.ref) return false;
  return a.release === undefined || b.release === undefined || compareReleases(a.release, b.release) === 0;
}

type Bound = Pick<ReleaseVersion, 'components' | 'stage'>;

function inRange(
  version: Version,
  low: ReleaseVersion | undefined,
  high: ReleaseVersion | undefined,
): boolean {
  if (low === undefined && high === undefined) return true;
  const release = version.kind === 'git' ? version.release : version;
  if (release === undefined) return false;
  if (low !== undefined && compareReleases(release, low) < 0) return false;
  return high === undefined || compareReleases(release, firstAfter(high)) < 0;
}

function itemsOverlap(a: VersionItem, b: VersionItem): boolean {
  if (a.kind === 'exact') {
    return b.kind === 'exact' ? sameVersion(a.version, b.version) : mayBeInRange(a.version, b);
  }
  if (b.kind === 'exact') return mayBeInRange(b.version, a);
  return startsBeforeEnd(a.low, b.high) && startsBeforeEnd(b.low, a.high);
}

function mayBeInRange(version: Version, range: Extract<VersionItem, { kind: 'range' }>): boolean {
  if (version.kind === 'git' && version.release === undefined) return true;
  return inRange(version, range.low, range.high);
}

function startsBeforeEnd(low: ReleaseVersion | undefined, high: ReleaseVersion | undefined): boolean {
  return low === undefined || high === undefined || compareReleases(low, firstAfter(high)) < 0;
}

const firstAfterCache = new WeakMap<ReleaseVersion, Bound>();

/** The exclusive end of a range up to `high`: the first version that does not start with it. */
function firstAfter(high: ReleaseVersion): Bound {
  let bound = firstAfterCache.get(high);
  if (bound === undefined) {
    bound = computeFirstAfter(high);
    firstAfterCache.set(high, bound);
  }
  return bound;
}

function computeFirstAfter(high: ReleaseVersion): Bound {
  const [rank, number] = high.stage;
  if (rank !== undefined && rank !== FINAL) {
    return { components: high.components, stage: [rank, number === undefined ? 0 : increment(number)] };
  }
  const last = high.components.at(-1);
  if (last === undefined) return { components: ['A'], stage: high.stage };
  return { components: [...high.components.slice(0, -1), increment(last)], stage: high.stage };
}

function increment(value: Component): Component {
  switch (typeof value) {
    case 'number':
      return Number.isSafeInteger(value + 1) ? value + 1 : BigInt(value) + 1n;
    case 'bigint':
      return value + 1n;
    case 'object':
      return { moving: value.moving + 1 };
    case 'string': {
      const next = nextWord(value);
      return MOVING_NAMES.includes(next) ? nextWord(next) : next;
    }
  }
}

/** The next word where letters run A…Z, a…z; after z one is appended, so that `abz` ends before `abzA`. */
function nextWord(word: string): string {
  const last = word.at(-1);
  if (last === undefined || last === 'z') return `${word}A`;
  return word.slice(0, -1) + (last === 'Z' ? 'a' : String.fromCharCode(last.charCodeAt(0) + 1));
}

function parseItem(text: string): VersionItem {
  const bounds = text.split(':');
  const [low, high] = bounds;
  if (low === undefined || bounds.length > 2) throw invalid(text, 'more than one colon');
  if (high !== undefined) {
    const range = { kind: 'range' as const, low: parseBound(low), high: parseBound(high) };
    if (
      range.low !== undefined &&
      range.high !== undefined &&
      compareReleases(firstAfter(range.high), range.low) < 0
    ) {
      throw invalid(text, 'the range ends before it starts');
    }
    return range;
  }
  if (low.startsWith('=')) return { kind: 'exact', version: checkedVersion(low.slice(1)) };
  const version = checkedVersion(low);
  return version.kind === 'git' ? { kind: 'exact', version } : { kind: 'range', low: version, high: version };
}

function parseBound(text: string): ReleaseVersion | undefined {
  if (text === '') return undefined;
  if (!VALID.test(text)) throw invalid(text, 'expected letters, digits, dots, dashes and underscores');
  // In `@1:2.key=value` the range ends before the key. The dot at its end says nothing.
  return parseRelease(withoutEnd(text, '.-'));
}

function checkedVersion(text: string): Version {
  const version = parseVersion(text);
  const release = version.kind === 'git' ? version.release : version;
  const refIsFine = version.kind === 'release' || /^[\w./-]+$/.test(version.ref);
  if (!refIsFine || (release !== undefined && !VALID.test(release.text))) {
    throw invalid(text, 'expected letters, digits, dots, dashes and underscores');
  }
  return version;
}

function formatItem(item: VersionItem): string {
  if (item.kind === 'exact') return `=${item.version.text}`;
  const { low, high } = item;
  if (low !== undefined && low.text === high?.text) return low.text;
  return `${low?.text ?? ''}:${high?.text ?? ''}`;
}

function invalid(text: string, reason: string): BuildcacheError {
  return new BuildcacheError('usage', `not a version or range: ${JSON.stringify(text)} (${reason})`);
}
