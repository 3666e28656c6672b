/** `list`: which specs the mirrors have, all mirrors merged. */
import type { EntryReader } from '../cache/entries.ts';
import { canList, entrySpecs } from '../cache/entry-specs.ts';
import { documentUrl } from '../cache/fetch-document.ts';
import { findSpecs, type SpecSource } from '../cache/find-specs.ts';
import { indexSpecs } from '../cache/index-specs.ts';
import type { IndexStore } from '../cache/index-store.ts';
import { askIndex } from '../cache/listing.ts';
import { BuildcacheError, describeError } from '../core/errors.ts';
import { type Mirror, mirrorId } from '../mirrors/mirror.ts';
import { type Connection, openMirror } from '../mirrors/open.ts';
import type { ListedSpec } from '../plan/listed-spec.ts';
import type { Reporter } from '../report/reporter.ts';
import { ANYTHING, type Constraint } from '../spec/constraint/constraint.ts';
import { formatVariants } from '../spec/format.ts';
import { type HostArchitecture, runsOn } from '../spec/host-architecture.ts';
import type { SpecNode } from '../spec/node.ts';

export interface ListOptions {
  readonly mirrors: readonly Mirror[];
  /** A spec is listed when it matches any of these; none asks for everything. */
  readonly constraints: readonly Constraint[];
  /** List only what runs here; undefined: all architectures. */
  readonly host: HostArchitecture | undefined;
  readonly connection: Connection;
  /** Must be able to keep an index: it is read from there. */
  readonly indexStore: IndexStore;
  readonly indexTtlMs: number;
  readonly maxIndexBytes?: number | undefined;
  readonly signal: AbortSignal;
}

export interface ListResult {
  /** Each hash once, in no order. */
  readonly specs: readonly ListedSpec[];
  /** Matches left out because this host cannot run them. */
  readonly elsewhere: number;
  /** Mirrors of which it could not be told what they have. */
  readonly failures: readonly { readonly mirror: string; readonly error: unknown }[];
  /** What to tell the user beside. */
  readonly notes: readonly string[];
}

/** @throws only when cancelled */
export async function list(options: ListOptions, reporter: Reporter): Promise<ListResult> {
  const specs = new Map<string, ListedSpec & { mirrors: string[] }>();
  const elsewhere = new Set<string>();
  const failures: { mirror: string; error: unknown }[] = [];
  const notes: string[] = [];
  const found = await Promise.all(
    options.mirrors.map(async (mirror) => {
      const collector = new Collector(options.host);
      try {
        for (const note of await listMirror(mirror, collector, options, reporter))
          notes.push(`${mirror.name}: ${note}`);
      } catch (error) {
        options.signal.throwIfAborted();
        failures.push({ mirror: mirror.name, error });
      }
      return { name: mirror.name, collector };
    }),
  );
  for (const { name, collector } of found) {
    for (const hash of collector.elsewhere) elsewhere.add(hash);
    for (const [hash, spec] of collector.specs) {
      const known = specs.get(hash);
      if (known === undefined) specs.set(hash, { ...spec, mirrors: [name] });
      else known.mirrors.push(name);
    }
  }
  return { specs: [...specs.values()], elsewhere: elsewhere.size, failures, notes };
}

/** What one mirror has. Filled again from the start where a local copy proves damaged half way. */
class Collector {
  readonly specs = new Map<string, Omit<ListedSpec, 'mirrors'>>();
  readonly elsewhere = new Set<string>();
  readonly #host: HostArchitecture | undefined;
  /** There are few versions and architectures, and many specs. */
  readonly #texts = new Map<string, string>();

  constructor(host: HostArchitecture | undefined) {
    this.#host = host;
  }

  add(node: SpecNode, compilers: string): void {
    if (this.#host !== undefined && !runsOn(this.#host, node)) {
      this.elsewhere.add(node.hash);
      return;
    }
    this.specs.set(node.hash, {
      name: this.#once(node.name),
      version: this.#once(node.version),
      namespace: node.namespace === undefined ? undefined : this.#once(node.namespace),
      hash: node.hash,
      platform: this.#once(node.platform),
      os: this.#once(node.os),
      target: this.#once(node.target),
      variants: this.#once(formatVariants(node.variants)),
      compilers: this.#once(compilers),
    });
  }

  #once(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    this.#texts.set(text, text);
    return text;
  }
}

/** @returns notes */
async function listMirror(
  mirror: Mirror,
  collector: Collector,
  options: ListOptions,
  reporter: Reporter,
): Promise<string[]> {
  const { readers, notes, close } = await openMirror(mirror, NO_GRAPH, options.connection);
  const bad = new Map<string, string>();
  const onBad = (error: BuildcacheError) => bad.set(describeError(error), '');
  const said = [...notes];
  try {
    const missing: { reader: EntryReader; damage: BuildcacheError | undefined }[] = [];
    let denied: BuildcacheError | undefined;
    for (const reader of readers) {
      try {
        if (await listIndex(reader, mirror, collector, options, onBad)) continue;
        missing.push({ reader, damage: undefined });
      } catch (error) {
        if (!(error instanceof BuildcacheError)) throw error;
        if (UNUSABLE.includes(error.code)) missing.push({ reader, damage: error });
        else if (error.code === 'denied') denied ??= error;
        else throw error;
      }
    }
    const hasIndex = missing.length + Number(denied !== undefined) < readers.length;
    // Some object stores say "denied" for what is not there: no matter where the other layout has an index.
    if (denied !== undefined && !hasIndex) throw denied;
    for (const { reader, damage } of missing) {
      if (canList(reader.storage)) {
        if (damage !== undefined)
          said.push(`its index cannot be used, its entries were read: ${describeError(damage)}`);
        await listEntries(reader, collector, options, onBad, reporter);
      } else if (damage !== undefined) {
        throw damage;
      } else if (!hasIndex) {
        throw new BuildcacheError('not-found', 'it has no index, and plain HTTP cannot list what is there', {
          url: reader.storage.url,
          hint: 'run update-index where the mirror is written, or ask for single specs with check',
        });
      }
    }
  } finally {
    await close();
  }
  const [first] = bad.keys();
  if (first !== undefined) {
    said.push(`${bad.size === 1 ? 'one spec' : `${bad.size} specs`} could not be read: ${first}`);
  }
  return said;
}

/** What may be wrong with an index while the entries are fine. */
const UNUSABLE: readonly string[] = ['corrupt', 'bad-input', 'unsupported', 'too-large'];

/** @returns false when there is no index */
async function listIndex(
  reader: EntryReader,
  mirror: Mirror,
  collector: Collector,
  options: ListOptions,
  onBad: (error: BuildcacheError) => void,
): Promise<boolean> {
  const { indexStore, indexTtlMs, maxIndexBytes, signal } = options;
  const url = documentUrl(reader.storage, 'index');
  const answer = await askIndex(
    reader,
    `${mirrorId(mirror)} ${reader.layout}`,
    { store: indexStore, ttlMs: indexTtlMs, maxIndexBytes, signal },
    (index) => collect(indexSpecs(index, url, onBad), collector, options),
  );
  return answer !== undefined;
}

async function listEntries(
  reader: EntryReader,
  collector: Collector,
  options: ListOptions,
  onBad: (error: BuildcacheError) => void,
  reporter: Reporter,
): Promise<void> {
  if (!canList(reader.storage)) return;
  let progress: ReturnType<Reporter['progress']> | undefined;
  try {
    const source = await entrySpecs(reader, reader.storage, {
      asked: asked(options),
      jobs: options.connection.jobs,
      onBad,
      onProgress(done, total) {
        progress ??= reporter.progress('Reading specs', total);
        progress.advance(1, done);
      },
      signal: options.signal,
    });
    if (source !== undefined) await collect(source, collector, options);
  } finally {
    progress?.done();
  }
}

async function collect(source: SpecSource, collector: Collector, options: ListOptions): Promise<void> {
  for (const constraint of asked(options)) {
    await findSpecs(source, constraint, (node, compilers) => {
      options.signal.throwIfAborted();
      collector.add(node, compilers);
    });
  }
}

function asked({ constraints }: ListOptions): readonly Constraint[] {
  return constraints.length === 0 ? [ANYTHING] : constraints;
}

const NO_GRAPH = { nodes: new Map(), roots: [] };
