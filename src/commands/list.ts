/** `list`: lists the specs that the mirrors have, all mirrors merged. */
import { findSpecs, type SpecSource } from '../cache/index/find-specs.ts';
import type { IndexSettings } from '../cache/index/listing.ts';
import type { Mirror } from '../mirrors/mirror.ts';
import { type Connection, openMirror } from '../mirrors/open.ts';
import type { ListedSpec } from '../plan/listed-spec.ts';
import type { Reporter } from '../report/reporter.ts';
import { ANYTHING, type Constraint } from '../spec/constraint/constraint.ts';
import { formatVariants } from '../spec/format.ts';
import { type HostArchitecture, runsOn } from '../spec/host-architecture.ts';
import type { SpecNode } from '../spec/node.ts';
import { askMirror, type MirrorSpecsOptions } from './mirror-specs.ts';

export interface ListOptions {
  readonly mirrors: readonly Mirror[];
  /** A spec is listed when it matches any of these, or any of `names`. If there are none of either, all are listed. */
  readonly constraints: readonly Constraint[];
  /** Patterns of package names: `py-*`. */
  readonly names: readonly string[];
  /** List only specs that run on this host; undefined: all architectures. */
  readonly host: HostArchitecture | undefined;
  readonly connection: Connection;
  /** The store must be able to keep an index, since the index is read from there. */
  readonly index: IndexSettings;
  readonly signal: AbortSignal;
}

export interface ListResult {
  /** Each hash once, in no order. */
  readonly specs: readonly ListedSpec[];
  /** Matches left out because this host cannot run them. */
  readonly elsewhere: number;
  /** Of what was asked for: constraints and patterns that nothing matches, as far as mirrors could be read. */
  readonly unmatched: readonly (Constraint | string)[];
  /** Mirrors whose contents are unknown. */
  readonly failures: readonly { readonly mirror: string; readonly error: unknown }[];
  /** Notes for the user. */
  readonly notes: readonly string[];
}

/** @throws only when cancelled */
export async function list(options: ListOptions, reporter: Reporter): Promise<ListResult> {
  const specs = new Map<string, ListedSpec & { mirrors: string[] }>();
  const elsewhere = new Set<string>();
  const matched = new Set<Constraint | string>();
  const failures: { mirror: string; error: unknown }[] = [];
  const notes: string[] = [];
  const progress = reporter.progress('Reading mirrors', options.mirrors.length);
  const watching = { ...options, watch: progress.watch };
  const found = await Promise.all(
    options.mirrors.map(async (mirror) => {
      const collected: Collector[] = [];
      try {
        const said = await listMirror(mirror, collected, watching, reporter);
        notes.push(...said.map((note) => `${mirror.name}: ${note}`));
      } catch (error) {
        options.signal.throwIfAborted();
        failures.push({ mirror: mirror.name, error });
      } finally {
        progress.advance(1);
      }
      return collected.map((collector) => ({ name: mirror.name, collector }));
    }),
  ).finally(progress.done);
  for (const { name, collector } of found.flat()) {
    for (const hash of collector.elsewhere) elsewhere.add(hash);
    for (const each of collector.matched) matched.add(each);
    for (const [hash, spec] of collector.specs) {
      const known = specs.get(hash);
      if (known === undefined) specs.set(hash, { ...spec, mirrors: [name] });
      else if (known.mirrors.at(-1) !== name) known.mirrors.push(name);
    }
  }
  const unmatched = [...options.constraints, ...options.names].filter((each) => !matched.has(each));
  return { specs: [...specs.values()], elsewhere: elsewhere.size, unmatched, failures, notes };
}

/** Collects what one layout of a mirror has. */
class Collector {
  readonly specs = new Map<string, Omit<ListedSpec, 'mirrors'>>();
  readonly elsewhere = new Set<string>();
  /** The constraints and patterns that a spec matches. */
  readonly matched = new Set<Constraint | string>();
  readonly #host: HostArchitecture | undefined;
  /** Texts that many specs share, such as versions and architectures, each kept once. */
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
      ...(node.buildSpec && { buildSpec: node.buildSpec.hash }),
    });
  }

  #once(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    this.#texts.set(text, text);
    return text;
  }
}

/**
 * @param collected receives what could be read, also if the rest cannot be read
 * @returns notes
 */
async function listMirror(
  mirror: Mirror,
  collected: Collector[],
  options: ListOptions & Pick<MirrorSpecsOptions, 'watch'>,
  reporter: Reporter,
): Promise<string[]> {
  const opened = await openMirror(mirror, NO_GRAPH, options.connection);
  const ask = (source: SpecSource) => collect(source, options);
  try {
    return await askMirror(opened, ask, collected, { ...options, asked: asked(options) }, reporter);
  } finally {
    await opened.close();
  }
}

async function collect(source: SpecSource, options: ListOptions): Promise<Collector> {
  const collector = new Collector(options.host);
  const { names } = options;
  const tests = await nameTests(names);
  for (const constraint of asked(options)) {
    // Patterns of names are no constraints: they are looked for among everything.
    const isOfNames = names.length > 0 && constraint === ANYTHING;
    await findSpecs(source, constraint, (node, compilers) => {
      options.signal.throwIfAborted();
      const by = isOfNames ? names.filter((_, i) => tests[i]?.(node.name)) : [constraint];
      for (const each of by) collector.matched.add(each);
      if (by.length > 0) collector.add(node, compilers);
    });
  }
  return collector;
}

/** What to look for; {@link ANYTHING} itself stands for all name patterns, or for everything where there are none. */
function asked({ constraints, names }: ListOptions): readonly Constraint[] {
  return constraints.length === 0 || names.length > 0 ? [...constraints, ANYTHING] : constraints;
}

async function nameTests(patterns: readonly string[]): Promise<((name: string) => boolean)[]> {
  if (patterns.length === 0) return [];
  const { globMatcher } = await import('../core/glob.ts');
  return patterns.map((pattern) => globMatcher(pattern));
}

const NO_GRAPH = { nodes: new Map(), roots: [] };
