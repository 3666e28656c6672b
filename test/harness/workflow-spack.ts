/**
 * A stand-in for `spack`, as far as workflows use it: it builds by unpacking packages of the fixture into the install
 * tree that the environment configures, in dependency order, and fetches what mirrors have as Spack would, with
 * our `install`. What it was not asked to build it does not build.
 */
import { lstatSync, readFileSync } from 'node:fs';
import { cp, mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { parseOptions, type Tool, type ToolCall } from './workflow-tools.ts';

export interface SpackOptions {
  /** The fixture's install tree, unpacked, and the root that its database has. */
  readonly store: string;
  readonly recordedRoot: string;
  /** Names of packages whose build fails. */
  readonly failing: ReadonlySet<string>;
  /** Runs our command line. */
  readonly buildcache: Tool;
  /** Told of each spec that was built, or fetched from a mirror. */
  readonly did: (what: 'built' | 'fetched' | 'failed', name: string) => Promise<void>;
}

interface Node {
  readonly name: string;
  readonly version: string;
  readonly hash: string;
  readonly external?: unknown;
  readonly dependencies?: readonly {
    readonly hash: string;
    readonly parameters: { readonly deptypes: readonly string[] };
  }[];
}

interface Database {
  readonly database: { readonly version: string; readonly installs: Record<string, Installed> };
}

interface Installed {
  readonly spec: Node;
  readonly path: string | null;
  readonly installed: boolean;
}

export function standInSpack(options: SpackOptions): Tool {
  return async (call) => {
    const { options: named, positional } = parseOptions(call.args, {
      flags: ['--only-concrete'],
      values: ['-e', '-C'],
    });
    const [verb, ...rest] = positional;
    const root = dirname(dirname(call.env['TOOL'] ?? ''));
    if (verb === 'gpg' && rest[0] === 'trust') return await trust(rest.slice(1), root, call);
    if (verb === 'install') {
      const scope = named['-C'] === undefined ? undefined : resolve(call.cwd, named['-C']);
      return await install(rest, { environment: named['-e'] ?? '', scope }, root, options, call);
    }
    throw new Error(`the stand-in knows no spack ${positional.join(' ')}`);
  };
}

async function trust(files: readonly string[], root: string, { cwd }: ToolCall): Promise<number> {
  await mkdir(keyring(root), { recursive: true });
  for (const [i, file] of files.entries()) await cp(resolve(cwd, file), join(keyring(root), `${i}.asc`));
  return 0;
}

async function install(
  specs: readonly string[],
  { environment, scope }: { readonly environment: string; readonly scope: string | undefined },
  root: string,
  options: SpackOptions,
  call: ToolCall,
): Promise<number> {
  const folder = resolve(call.cwd, environment);
  const lock = JSON.parse(readFileSync(join(folder, 'spack.lock'), 'utf8')) as {
    readonly roots: readonly { readonly hash: string }[];
    readonly concrete_specs: Readonly<Record<string, Node>>;
  };
  const nodes = lock.concrete_specs;
  const named = specs.map((spec) => /\/([a-z2-7]+)$/.exec(spec)?.[1] ?? '');
  const asked = named.length > 0 ? named : lock.roots.map(({ hash }) => hash);
  const isOurs = (hash: string) => named.length === 0 || named.includes(hash);
  const tree = treeOf(folder, root);
  const outcome = new Map<string, boolean>();

  /** @returns whether it is there now */
  const need = async (hash: string): Promise<boolean> => {
    const known = outcome.get(hash);
    if (known !== undefined) return known;
    const there = await obtain(hash);
    outcome.set(hash, there);
    return there;
  };
  const obtain = async (hash: string): Promise<boolean> => {
    const node = nodes[hash];
    if (node === undefined) throw new Error(`no ${hash} in the lockfile`);
    if (node.external !== undefined || isInstalled(tree, hash)) return true;
    if (await fetched(hash, { folder, scope, tree, root }, options, call)) {
      await options.did('fetched', node.name);
      return true;
    }
    const short = `${node.name}@${node.version}/${hash.slice(0, 7)}`;
    if (!isOurs(hash)) {
      call.err(`==> Error: ${short} is neither installed nor in a mirror`);
      return false;
    }
    for (const dependency of node.dependencies ?? []) {
      if (await need(dependency.hash)) continue;
      call.err(`==> Error: ${short} cannot be built without what it needs`);
      return false;
    }
    if (options.failing.has(node.name)) {
      await options.did('failed', node.name);
      call.err(`==> Error: ProcessError: ${short} does not compile`);
      return false;
    }
    await build(hash, nodes, tree, options);
    await options.did('built', node.name);
    call.out(`==> ${short}: built`);
    return true;
  };
  let failed = false;
  for (const hash of asked) if (!(await need(hash))) failed = true;
  return failed ? 1 : 0;
}

/** `config:install_tree` of the environment, else Spack's own. */
function treeOf(folder: string, root: string): string {
  const { spack } = parse(readFileSync(join(folder, 'spack.yaml'), 'utf8')) as {
    spack: { config?: { install_tree?: string | { root?: string } } };
  };
  const written = spack.config?.install_tree;
  const path = typeof written === 'string' ? written : written?.root;
  if (path === undefined) return join(root, 'opt/spack');
  return resolve(folder, path.replace('$spack', root).replace('$env', folder));
}

interface Fetching {
  readonly folder: string;
  /** A folder of configuration that goes over the environment's. */
  readonly scope: string | undefined;
  readonly tree: string;
  readonly root: string;
}

/** From the environment's mirrors, with the keys that were trusted: signed mirrors of others deliver nothing. */
async function fetched(
  hash: string,
  { folder, scope, tree, root }: Fetching,
  { buildcache }: SpackOptions,
  call: ToolCall,
): Promise<boolean> {
  const keys = await readdir(keyring(root)).catch(() => []);
  const trusted = keys.flatMap((name) => ['--trusted-keys', join(keyring(root), name)]);
  const args = [
    'install',
    '-e',
    folder,
    '--store',
    tree,
    ...(scope === undefined ? [] : ['--mirrors', join(scope, 'mirrors.yaml')]),
    ...trusted,
    '--otherarch',
    '--retries',
    '0',
    `/${hash}`,
  ];
  const silent = { out: () => undefined, err: () => undefined };
  return (await buildcache({ ...call, args, ...silent })) === 0;
}

async function build(
  hash: string,
  nodes: Readonly<Record<string, Node>>,
  tree: string,
  { store, recordedRoot }: SpackOptions,
): Promise<void> {
  const all = readDatabase(store);
  const record = all?.database.installs[hash];
  if (all === undefined || record?.path == null) throw new Error(`no ${hash} in the fixture`);
  const here = (path: string) => path.replace(recordedRoot, tree);
  // Device files and pipes are not copied by Node; nor are they packed.
  await cp(record.path.replace(recordedRoot, store), here(record.path), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (file) => !lstatSync(file).isFIFO(),
  });
  const installs = { ...readDatabase(tree)?.database.installs };
  for (const one of [hash, ...(nodes[hash]?.dependencies ?? []).map((dependency) => dependency.hash)]) {
    const known = all.database.installs[one];
    if (known === undefined || installs[one]?.installed) continue;
    // What is only needed has a record too, as Spack writes it.
    const there = one === hash || known.spec.external !== undefined;
    installs[one] = { ...known, path: known.path && here(known.path), installed: there };
  }
  await mkdir(join(tree, '.spack-db'), { recursive: true });
  const database = { database: { ...all.database, installs } };
  await writeFile(join(tree, '.spack-db/index.json'), JSON.stringify(database));
}

function isInstalled(tree: string, hash: string): boolean {
  return readDatabase(tree)?.database.installs[hash]?.installed === true;
}

function readDatabase(tree: string): Database | undefined {
  try {
    return JSON.parse(readFileSync(join(tree, '.spack-db/index.json'), 'utf8')) as Database;
  } catch {
    return undefined;
  }
}

function keyring(root: string): string {
  return join(root, 'gpg');
}
