/** What every round begins with, made once: an environment, its install tree, its mirrors and what an installation gives. */
import { createHash } from 'node:crypto';
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeKey } from '../cache/keys.ts';
import { type Documents, folderDocuments } from '../cache/mirror-state.ts';
import { runVerb } from '../entry/run-verb.ts';
import { generateEnvironment } from '../harness/generate.ts';
import { generateStore } from '../harness/generate-store.ts';
import { startRegistry } from '../harness/registry.ts';
import type { TestRepository } from '../harness/registry-store.ts';

export interface Baseline {
  /** Nothing in it is changed. */
  readonly folder: string;
  readonly store: string;
  readonly lockfile: string;
  /** Of an autopush, before anything was built. */
  readonly record: string;
  readonly publicKey: string;
  readonly privateKey: string;
  /** By DAG hash, dependencies before dependents; none is external. */
  readonly names: ReadonlyMap<string, string>;
  /** Signed mirrors with all of it, with a part of it, and one of layout 2 that others have made. */
  readonly full: Documents;
  readonly part: Documents;
  readonly old: Documents;
  readonly oldKey: string;
  readonly fullRepository: TestRepository;
  readonly partRepository: TestRepository;
  /** By hash: the files of its prefix when it is installed. */
  readonly installed: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

const FIXTURES = fileURLToPath(new URL('../fixtures', import.meta.url));
const SPECS = 6;
/** Of a prefix: a tarball that goes in several pieces. */
const BULK = 150_000;

/** @param folder is there, and empty */
export async function makeBaseline(folder: string): Promise<Baseline> {
  const at = (...path: string[]) => join(folder, ...path);
  const environment = generateEnvironment({ specs: SPECS, seed: 11 });
  const { privateKey, publicKey } = await makeKey();
  for (const name of ['env', 'home']) mkdirSync(at(name));
  writeFileSync(at('key.pub.asc'), publicKey);
  writeFileSync(at('env/spack.lock'), environment.lockfile);
  writeFileSync(at('env/spack.yaml'), 'spack: {specs: []}\n');
  const run = async (...args: string[]) => {
    const ran = await runVerb(args, at('home'), { BUILDCACHE_SIGNING_KEY: privateKey });
    if (ran.code !== 0) throw new Error(`${args.join(' ')}: ${ran.code} ${ran.err}`);
  };
  await run('autopush', '--store', at('store'), '--record', at('since.json'));
  generateStore(at('store'), environment, BULK);

  const built = [...environment.nodes.values()].filter((node) => node.external === undefined).reverse();
  const names = new Map(built.map(({ hash, name }) => [hash, name]));
  const needs = (hash: string) => environment.nodes.get(hash)?.dependencies ?? [];
  const leaf = built.find(({ hash }) => needs(hash).every((edge) => !names.has(edge.hash)));
  if (leaf === undefined) throw new Error('every spec needs another');
  const push = ['push', '-e', at('env'), '--store', at('store'), '--update-index'];
  await run(...push, at('full'));
  await run(...push, at('part'), `/${leaf.hash}`);
  await using registry = await startRegistry();
  await run(...push, '--unsigned', `${registry.url}toy/full`);
  await run(...push, '--unsigned', `${registry.url}toy/part`, `/${leaf.hash}`);
  const install = ['install', '-e', at('env'), '--otherarch', '--store', at('tree')];
  const all = [...names.keys()].map((hash) => `/${hash}`);
  await run(...install, '-m', at('full'), '--trusted-keys', at('key.pub.asc'), ...all);
  const baseline = {
    folder,
    store: at('store'),
    lockfile: environment.lockfile,
    record: at('since.json'),
    publicKey: at('key.pub.asc'),
    privateKey,
    names,
    full: folderDocuments(at('full')),
    part: folderDocuments(at('part')),
    old: folderDocuments(join(FIXTURES, 'spack-0.23/mirror-signed')),
    oldKey: join(FIXTURES, 'toy-ci.pub.asc'),
    fullRepository: registry.repository('toy/full'),
    partRepository: registry.repository('toy/part'),
    installed: installedPrefixes(at('tree')),
  };
  rmSync(at('tree'), { recursive: true });
  return baseline;
}

/** Files of the prefixes of an install tree, by hash, with the digests of what does not depend on where it is and when. */
export function installedPrefixes(root: string): Map<string, Readonly<Record<string, string>>> {
  const text = readFileSync(join(root, '.spack-db/index.json'), 'utf8');
  const { installs } = (JSON.parse(text) as Database).database;
  const own = Object.entries(installs).filter(
    ([, { spec, installed }]) => spec.external == null && installed,
  );
  return new Map(own.map(([hash, { path }]) => [hash, contentOf(path ?? '', root)]));
}

interface Database {
  readonly database: {
    readonly installs: Readonly<
      Record<
        string,
        {
          readonly spec: { readonly external?: unknown };
          readonly path: string | null;
          readonly installed: boolean;
        }
      >
    >;
  };
}

function contentOf(prefix: string, root: string): Readonly<Record<string, string>> {
  const names = readdirSync(prefix, { recursive: true, encoding: 'utf8' }).sort();
  const entries = names.flatMap((name) => {
    const path = join(prefix, name);
    const kind = lstatSync(path);
    if (kind.isSymbolicLink()) return [[name, readlinkSync(path).replaceAll(root, '')]];
    if (!kind.isFile()) return [];
    if (name.startsWith('.spack/') && name !== '.spack/spec.json') return [[name, '']];
    const bytes = readFileSync(path).toString('latin1').replaceAll(root, '');
    return [[name, createHash('sha256').update(bytes).digest('hex')]];
  });
  return Object.fromEntries(entries);
}
