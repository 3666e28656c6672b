/**
 * Which records of an index are the nearest to given specs, told from the records' bytes. Of a hundred thousand, only
 * a few for each spec are then worth parsing. This is only a ranking: a record that says something odd is ranked
 * oddly. Meanwhile only a few numbers are kept of each record.
 */

import { stringifyCompact } from '../../core/json.ts';
import { addTo } from '../../core/multimap.ts';
import { FLAG_NAMES, type SpecNode } from '../../spec/node.ts';
import type { CompactIndex } from './compact-index.ts';

/** The specs of a cache, with all that their documents say. */
export interface NearSource {
  /** Specs in the cache, of the same packages as the wanted ones: those among them that may be the nearest. */
  near(wanted: readonly SpecNode[]): Promise<readonly SpecNode[]>;
  /** Specs in the cache or below one that is; those that are not known are left out. */
  whole(hashes: Iterable<string>): Promise<ReadonlyMap<string, SpecNode>>;
}

/**
 * @param wanted dependencies first
 * @param keep how many for each at most
 * @returns the places of their records
 */
export async function nearRecords(
  index: CompactIndex,
  wanted: readonly SpecNode[],
  keep: number,
): Promise<Set<number>> {
  const ranking = new Ranking(wanted);
  for (const name of ranking.packages()) ranking.expect(name, await index.ofPackage(name));
  const expected = ranking.places();
  for await (const { hash, json, place } of index.read(expected)) ranking.read(place, hash, json);
  const chosen = new Set<number>();
  for (const spec of wanted) for (const place of ranking.nearest(spec, keep)) chosen.add(place);
  return chosen;
}

/** At most so many records of one package are looked at. */
const MOST_OF_A_PACKAGE = 50_000;

/** What a difference weighs, in the version and elsewhere: the weights of plan/explain, as far as bytes can tell. */
const WEIGHTS = { version: 8, target: 5, os: 8, recipe: 1, variant: 3, flags: 2, compiler: 8 } as const;
/**
 * The weight of a dependency that is another spec, of which nothing more is known, and of one that is not there at
 * all.
 */
const OTHER = 2;
const LACKING = 4;
/** A dependency's own differences count only in part, and at most so much. */
const MOST_BELOW = 6;
const BELOW = 0.5;

/** Records of one package, numbered on from `start`. */
interface Group {
  readonly start: number;
  readonly places: Uint32Array;
  readonly asked: readonly { readonly signs: Signs; readonly far: Float32Array }[];
}

interface Told {
  readonly group: Group;
  readonly far: Float32Array;
}

/** What is known of the records while they are ranked. */
class Ranking {
  readonly #wanted: ReadonlyMap<string, readonly SpecNode[]>;
  readonly #groups: Group[] = [];
  readonly #numbers = new Map<number, number>();
  /** How far each record of its package is, by wanted hash. */
  readonly #far = new Map<string, Told>();
  /** From a hash to the record's number: for a ranking, a part of the hash is enough. */
  readonly #byHash = new Map<number, number>();
  /**
   * Keys of the hashes in each record except its own. A record's keys stand in `#keys` between two places, `#from`
   * and `#to`.
   */
  #keys = new Uint32Array(1 << 16);
  #used = 0;
  #from = new Uint32Array(0);
  #to = new Uint32Array(0);
  #count = 0;

  constructor(wanted: readonly SpecNode[]) {
    this.#wanted = groupByName(wanted);
  }

  packages(): Iterable<string> {
    return this.#wanted.keys();
  }

  expect(name: string, found: Uint32Array): void {
    const places = found.subarray(0, MOST_OF_A_PACKAGE);
    const specs = this.#wanted.get(name) ?? [];
    // A record that cannot be read counts as the farthest.
    const asked = specs.map((spec) => ({
      signs: signsOf(spec),
      far: new Float32Array(places.length).fill(Number.POSITIVE_INFINITY),
    }));
    const group = { start: this.#count, places, asked };
    this.#groups.push(group);
    this.#count += places.length;
    specs.forEach((spec, i) => {
      const far = asked[i]?.far;
      if (far !== undefined) this.#far.set(spec.hash, { group, far });
    });
    places.forEach((place, i) => {
      this.#numbers.set(place, group.start + i);
    });
  }

  /** The places of all expected records. No more records can be expected after this call. */
  places(): Iterable<number> {
    this.#from = new Uint32Array(this.#count);
    this.#to = new Uint32Array(this.#count);
    return this.#numbers.keys();
  }

  read(place: number, hash: string, json: Buffer): void {
    const number = this.#numbers.get(place);
    const group = number === undefined ? undefined : this.#groupOf(number);
    if (number === undefined || group === undefined) return;
    const key = keyOf(hash);
    this.#byHash.set(key, number);
    this.#from[number] = this.#used;
    this.#keepDependencies(json, key);
    this.#to[number] = this.#used;
    for (const { signs, far } of group.asked) far[number - group.start] = lacking(json, signs);
  }

  /** Must be called for what a spec depends on before it. @returns places, the nearest first */
  nearest(spec: SpecNode, keep: number): number[] {
    const own = this.#far.get(spec.hash);
    if (own === undefined) return [];
    const { group, far } = own;
    const edges = spec.dependencies.map(({ hash }) => ({ key: keyOf(hash), told: this.#far.get(hash) }));
    const best: number[] = [];
    for (let i = 0; i < far.length; i++) {
      const number = group.start + i;
      const [from, to] = [this.#from[number] ?? 0, this.#to[number] ?? 0];
      let sum = far[i] ?? 0;
      for (const edge of edges) sum += this.#below(edge, from, to);
      far[i] = sum;
      keepBest(best, i, far, keep);
    }
    return best.map((i) => group.places[i] ?? 0);
  }

  /** How far a record's dependencies, whose keys stand between two places, are from one wanted dependency. */
  #below({ key, told }: { key: number; told: Told | undefined }, from: number, to: number): number {
    const keys = this.#keys;
    for (let i = from; i < to; i++) if (keys[i] === key) return 0;
    if (told === undefined) return OTHER;
    const { group, far } = told;
    let least = LACKING;
    for (let i = from; i < to; i++) {
      const number = this.#byHash.get(keys[i] ?? 0);
      if (number === undefined || number < group.start || number >= group.start + far.length) continue;
      least = Math.min(least, MOST_BELOW, BELOW * (far[number - group.start] ?? 0));
    }
    return least;
  }

  #keepDependencies(json: Buffer, own: number): void {
    const end = this.#used + MOST_EDGES;
    for (let at = json.indexOf(HASH); at >= 0 && this.#used < end; at = json.indexOf(HASH, at)) {
      at += HASH.length;
      const key = keyAt(json, at);
      if (key === own) continue;
      if (this.#used === this.#keys.length) {
        const grown = new Uint32Array(2 * this.#keys.length);
        grown.set(this.#keys);
        this.#keys = grown;
      }
      this.#keys[this.#used++] = key;
    }
  }

  #groupOf(number: number): Group | undefined {
    let low = 0;
    let high = this.#groups.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#groups[middle]?.start ?? 0) <= number) low = middle;
      else high = middle - 1;
    }
    return this.#groups[low];
  }
}

function groupByName(wanted: readonly SpecNode[]): Map<string, SpecNode[]> {
  const groups = new Map<string, SpecNode[]>();
  for (const spec of wanted) {
    addTo(groups, spec.name, spec);
  }
  return groups;
}

/**
 * Bytes that a record similar to the spec has. Any of them will do; without one, the record is farther by the weight.
 */
interface Sign {
  readonly any: readonly Buffer[];
  readonly weight: number;
}

interface Signs {
  readonly single: readonly Sign[];
  /** All parameters as one text. Only in a record without that text is each parameter looked for. */
  readonly parameters: Buffer;
  readonly each: () => readonly Sign[];
}

function signsOf({ name, version, target, os, compiler, dict }: SpecNode): Signs {
  const parameters = typeof dict['parameters'] === 'object' ? (dict['parameters'] ?? {}) : {};
  const single = [
    sign(WEIGHTS.version, `"name":${text(name)},"version":${text(version)}`),
    sign(WEIGHTS.target, `"target":${text(target)}`, `"name":${text(target)}`),
    sign(WEIGHTS.os, `"platform_os":${text(os)}`),
    sign(WEIGHTS.recipe, `"package_hash":${text(dict['package_hash'] ?? '')}`),
  ];
  if (compiler !== undefined) {
    const { name: own, version: of } = compiler;
    const rewritten = text(`${own}@=${of}`);
    single.push(sign(WEIGHTS.compiler, `"compiler":{"name":${text(own)},"version":${text(of)}}`, rewritten));
  }
  let made: Sign[] | undefined;
  const each = () => {
    made ??= Object.entries(parameters).map(([key, value]) =>
      sign(FLAG_NAMES.includes(key) ? WEIGHTS.flags : WEIGHTS.variant, `${text(key)}:${text(value)}`),
    );
    return made;
  };
  return { single, parameters: Buffer.from(`"parameters":${text(parameters)}`), each };
}

function sign(weight: number, ...any: readonly string[]): Sign {
  return { weight, any: any.map((each) => Buffer.from(each)) };
}

function text(value: unknown): string {
  return stringifyCompact(value);
}

function lacking(json: Buffer, { single, parameters, each }: Signs): number {
  let sum = 0;
  for (const { any, weight } of single) if (!any.some((bytes) => json.includes(bytes))) sum += weight;
  if (json.includes(parameters)) return sum;
  for (const { any, weight } of each()) if (!any.some((bytes) => json.includes(bytes))) sum += weight;
  return sum;
}

const HASH = Buffer.from('"hash":"');

/** No spec has so many edges. More are not looked at. */
const MOST_EDGES = 512;

/** How many characters of a hash are kept, each five of its 160 bits. */
const KEY_LENGTH = 6;

function keyOf(hash: string): number {
  return keyAt(Buffer.from(hash, 'latin1'), 0);
}

function keyAt(bytes: Buffer, at: number): number {
  let key = 0;
  for (let i = 0; i < KEY_LENGTH; i++) {
    const code = bytes[at + i] ?? 0;
    key = (key << 5) | ((code >= 0x61 ? code - 0x61 : code - 0x32 + 26) & 31);
  }
  return key >>> 0;
}

/** Numbers of the least so far, ascending; of two alike the first stays. */
function keepBest(best: number[], i: number, far: Float32Array, keep: number): void {
  const own = far[i] ?? 0;
  if (best.length === keep && own >= (far[best[keep - 1] ?? 0] ?? 0)) return;
  const at = best.findIndex((other) => own < (far[other] ?? 0));
  best.splice(at < 0 ? best.length : at, 0, i);
  if (best.length > keep) best.pop();
}
