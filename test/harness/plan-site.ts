/** A site whose plans are run: an environment, a mirror, and a line for jobs that builds what a plan gives them. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { folderDocuments, publishedHashes } from '../cache/mirror-state.ts';
import { VERB_PROCESS } from '../entry/program-under-test.ts';
import { edge, lockfile, node } from '../spec/node-fixture.ts';
import { type GeneratedEnvironment, generateEnvironment } from './generate.ts';

export interface PlanSite {
  readonly folder: string;
  readonly environment: GeneratedEnvironment;
  /** Hashes of what can be built. */
  readonly buildable: readonly string[];
  /** A line of a shell: what jobs run. */
  readonly command: string;
  /** The build of this spec fails from now on. */
  fail(hash: string): void;
  /** No build fails any more. */
  mend(): void;
  /** All that needs this spec, itself included. */
  above(hash: string): Set<string>;
  /** What happened, by the hash of a spec. */
  events(): ReadonlyMap<string, readonly string[]>;
  /** Hashes on the mirror. */
  published(): Set<string>;
}

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** @param folder an empty one, readable for whoever runs the jobs */
export function planSite(folder: string, specs: number, seed: number): PlanSite {
  const environment = generateEnvironment({ specs, seed });
  mkdirSync(join(folder, 'env'), { recursive: true });
  mkdirSync(join(folder, 'fail'));
  mkdirSync(join(folder, 'home'));
  mkdirSync(join(folder, 'mirror'));
  const mirror = { url: join(folder, 'mirror'), signed: false, autopush: true };
  writeFileSync(join(folder, 'env/spack.yaml'), JSON.stringify({ spack: { mirrors: { ours: mirror } } }));
  writeFileSync(join(folder, 'env/spack.lock'), environment.lockfile);
  const job = join(folder, 'job.sh');
  const verb = VERB_PROCESS.join(' ');
  const site = `-e ${folder}/env`;
  writeFileSync(
    job,
    [
      '#!/bin/sh',
      `export HOME=${folder}/home BUILDCACHE_WATCH_NICE=0`,
      `store=$(mktemp -d ${folder}/store-XXXXXX)/tree`,
      `exec ${verb} autopush --watch --poll 0.1 ${site} --store "$store" -- \\`,
      `  ${verb} plan ${site} --chunk "$BUILDCACHE_CHUNK" -- ${process.execPath} ${file('plan-builder.mjs')} ${folder} "$store"`,
      '',
    ].join('\n'),
  );
  const { nodes } = environment;
  const buildable = [...nodes.values()]
    .filter(({ external }) => external === undefined)
    .map(({ hash }) => hash);
  return {
    folder,
    environment,
    buildable,
    command: `sh ${job}`,
    fail: (hash) => writeFileSync(join(folder, 'fail', hash), ''),
    mend() {
      rmSync(join(folder, 'fail'), { recursive: true });
      mkdirSync(join(folder, 'fail'));
    },
    above(hash) {
      const found = new Set([hash]);
      for (let size = 0; size < found.size; ) {
        size = found.size;
        for (const node of nodes.values())
          if (node.dependencies?.some((each) => found.has(each.hash))) found.add(node.hash);
      }
      return found;
    },
    events() {
      const events = new Map<string, string[]>();
      const text = existsSync(join(folder, 'events')) ? readFileSync(join(folder, 'events'), 'utf8') : '';
      for (const line of text.split('\n').filter((each) => each !== '')) {
        const [what = '', hash = ''] = line.split(' ');
        events.set(hash, [...(events.get(hash) ?? []), what]);
      }
      return events;
    },
    published: () => publishedHashes(folderDocuments(join(folder, 'mirror'))),
  };
}

export interface Tally {
  readonly builtTwice: number;
  readonly tooEarly: number;
  /** Not on the mirror, though nothing they need has failed. */
  readonly unrelatedLost: number;
  readonly published: number;
}

/** @param failed whose builds were made to fail */
export function tally(site: PlanSite, failed: readonly string[]): Tally {
  const events = [...site.events()];
  const count = (what: string, least: number) =>
    events.filter(([, all]) => all.filter((each) => each === what).length >= least).length;
  const related = new Set(failed.flatMap((hash) => [...site.above(hash)]));
  const published = site.published();
  return {
    builtTwice: count('built', 2),
    tooEarly: count('too-early', 1),
    unrelatedLost: site.buildable.filter((hash) => !related.has(hash) && !published.has(hash)).length,
    published: published.size,
  };
}

/** An environment of one spec that needs so many others, which need nothing. */
export function wide(folder: string, width: number): void {
  const leaves = Array.from({ length: width }, (_, i) => node(`leaf${i}`));
  const top = node('top', { dependencies: leaves.map((leaf) => edge(leaf)) });
  mkdirSync(join(folder, 'env'), { recursive: true });
  mkdirSync(join(folder, 'mirror'));
  const mirrors = { ours: { url: join(folder, 'mirror'), signed: false } };
  writeFileSync(join(folder, 'env/spack.yaml'), JSON.stringify({ spack: { mirrors } }));
  writeFileSync(join(folder, 'env/spack.lock'), lockfile([top, ...leaves]));
}
