/** The verbs of the command line. Each verb's code is loaded only when it is the one that was asked for. */
import type { Command } from 'commander';

export interface Verb {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly summary: string;
  /** Command lines without the program's name. */
  readonly examples: readonly string[];
  /** What its exit codes mean; 2 beside what it means to all of them. */
  readonly exits: { readonly 0: string; readonly 1?: string; readonly 2?: string };
  /** Adds the verb's options and what it does to a command of that name. */
  readonly load: () => Promise<{ define(command: Command, context: VerbContext): void }>;
}

/** What a verb gets from outside. Everything else is in its options. */
export interface VerbContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Fires on SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
  /** Set by the verb when it has its answer. */
  exit(code: 0 | 1 | 2): void;
}

export interface Output {
  write(text: string): void;
  readonly isTTY: boolean;
  /** Of a terminal, by now. */
  readonly columns?: number | undefined;
}

export const VERBS: readonly Verb[] = [
  {
    name: 'check',
    aliases: [],
    summary: 'say which specs of an environment are present, missing or unknown',
    examples: [
      'check -e env # against the mirrors of env/spack.yaml',
      'check -e env -m https://mirror.example.org/cache -o rebuild.json',
      'check -e env --needs all --verify blobs --json',
    ],
    exits: { 0: 'every spec is present', 1: 'something is missing' },
    load: () => import('./verbs/check.ts'),
  },
  {
    name: 'plan',
    aliases: [],
    summary: 'put what is missing into jobs for many machines, and build such a job',
    examples: [
      'plan -e env # which jobs, how long they take, and how that is known',
      'plan -e env --format gitlab -o child.yml # a child pipeline; slurm: a script of sbatch',
      'plan -e env --chunk "$BUILDCACHE_CHUNK" -- spack -e env install --only-concrete # in a job',
    ],
    exits: { 0: 'done; in a job: all of it is there', 1: 'in a job: some failed or could not be tried' },
    load: () => import('./verbs/plan.ts'),
  },
  {
    name: 'explain',
    aliases: [],
    summary: 'say why specs are missing: what has changed, and whose fault it is',
    examples: [
      'explain -e env # against the mirrors of env/spack.yaml',
      'explain -e env -m https://mirror.example.org/cache --against git:HEAD~1:env/spack.lock hdf5',
    ],
    exits: { 0: 'nothing is missing, or all that is has its answer' },
    load: () => import('./verbs/explain.ts'),
  },
  {
    name: 'diff',
    aliases: [],
    summary: 'say what has changed between two environments, and why',
    examples: [
      'diff git:main:env env',
      'diff old/spack.lock new/spack.lock -m https://mirror.example.org/cache --markdown',
    ],
    exits: { 0: 'done', 1: 'they differ, with --exit-code' },
    load: () => import('./verbs/diff.ts'),
  },
  {
    name: 'list',
    aliases: [],
    summary: 'list the specs in build caches',
    examples: ['list -m https://mirror.example.org/cache', "list -e env -l -v 'hdf5@1.12: +mpi' 'py-*'"],
    exits: { 0: 'something is listed' },
    load: () => import('./verbs/list.ts'),
  },
  {
    name: 'push',
    aliases: ['create'],
    summary: 'push installed specs to a mirror',
    examples: [
      'push --store /opt/spack/store --signing-key-file key.asc --update-index s3://bucket/cache hdf5',
      'push -e env --unsigned ./mirror # the roots of env, and what they need',
      'push -e env oci://ghcr.io/you/cache --base-image debian:12 --tag latest',
    ],
    exits: { 0: 'all of it is there', 1: 'some could not be pushed, or the index could not be updated' },
    load: () => import('./verbs/push.ts'),
  },
  {
    name: 'autopush',
    aliases: [],
    summary: 'push what was built in an install tree to the mirrors that want it',
    examples: [
      'autopush --store /opt/spack/store --record before.json # before a build',
      'autopush --store /opt/spack/store --since before.json -e env # after it',
    ],
    exits: { 0: 'all of it is there', 1: 'some could not be pushed (0 with --push-failure warn)' },
    load: () => import('./verbs/autopush.ts'),
  },
  {
    name: 'install',
    aliases: [],
    summary: 'install specs from mirrors, verified and relocated',
    examples: [
      'install -m s3://bucket/cache --trusted-keys key.pub.asc --store /opt/spack/store hdf5',
      'install -e env --dry-run',
      'install -q --sh -e env > vars.sh && . ./vars.sh   # and have it on the PATH',
    ],
    exits: { 0: 'all of it is there', 1: 'some could not be installed' },
    load: () => import('./verbs/install.ts'),
  },
  {
    name: 'preview',
    aliases: [],
    summary: 'say what relocating packages would touch, and how long a root they have room for',
    examples: ['preview -m s3://bucket/cache --trusted-keys key.pub.asc hdf5'],
    exits: { 0: 'done' },
    load: () => import('./verbs/preview.ts'),
  },
  {
    name: 'keys',
    aliases: [],
    summary: 'list the public keys of mirrors, trust them, publish one',
    examples: [
      'keys -m https://mirror.example.org/cache',
      'keys -m https://mirror.example.org/cache --install --trust FINGERPRINT',
      'keys -m s3://bucket/cache --publish key.pub.asc',
    ],
    exits: { 0: 'done', 1: 'a key, or one of several mirrors, could not be read' },
    load: () => import('./verbs/keys.ts'),
  },
  {
    name: 'download',
    aliases: [],
    summary: "download a spec's tarball and spec file, verified",
    examples: ['download -e env -s hdf5 -p downloads --trusted-keys key.pub.asc'],
    exits: { 0: 'done' },
    load: () => import('./verbs/download.ts'),
  },
  {
    name: 'save-specfile',
    aliases: [],
    summary: 'save the spec.json of a spec and of what is below it',
    examples: ["save-specfile -e env --root-spec hdf5 -s 'hdf5 zlib' --specfile-dir specs"],
    exits: { 0: 'done' },
    load: () => import('./verbs/save-specfile.ts'),
  },
  {
    name: 'get-buildcache-name',
    aliases: [],
    summary: "print the name of a spec's entry",
    examples: ['get-buildcache-name -e env -s hdf5'],
    exits: { 0: 'done' },
    load: () => import('./verbs/get-buildcache-name.ts'),
  },
  {
    name: 'sync',
    aliases: [],
    summary: 'copy specs from one mirror to another',
    examples: [
      'sync -e env builds release # the specs of an environment',
      'sync --all s3://builds/cache s3://release/cache # all there is',
      "sync -e env --manifest-glob 'lists/*.json' # what copy-lists say",
    ],
    exits: { 0: 'all of it is there', 1: 'some could not be copied, or the index could not be updated' },
    load: () => import('./verbs/sync.ts'),
  },
  {
    name: 'bundle',
    aliases: [],
    summary: 'carry specs to where there is no network, in files',
    examples: [
      'bundle create -e env -m s3://bucket/cache -o env.tar # the specs of an environment',
      'bundle verify env.tar',
      'bundle import env.tar ./mirror # on the other side',
      'bundle list ./mirror > there.txt # for the next: bundle create --except there.txt',
    ],
    exits: { 0: 'all of it is there, and whole', 1: 'a spec or a volume is missing or damaged' },
    load: () => import('./verbs/bundle.ts'),
  },
  {
    name: 'update-index',
    aliases: ['rebuild-index'],
    summary: "make a mirror's index anew from what it holds",
    examples: [
      'update-index s3://bucket/cache',
      "update-index -e env release --name production # a view: an index of this environment's specs",
    ],
    exits: { 0: 'done', 1: 'some entries could not be read' },
    load: () => import('./verbs/update-index.ts'),
  },
  {
    name: 'check-index',
    aliases: [],
    summary: 'say whether a mirror holds what its index and entries say, and repair it',
    examples: ['check-index s3://bucket/cache --verify all', 'check-index s3://bucket/cache --repair'],
    exits: { 0: 'the mirror is right', 1: 'it is not' },
    load: () => import('./verbs/check-index.ts'),
  },
  {
    name: 'migrate',
    aliases: [],
    summary: 'convert a mirror of layout 2 to layout 3',
    examples: [
      'migrate s3://old/cache s3://new/cache --trusted-keys old.pub.asc --signing-key-file key.asc --yes',
      'migrate ./mirror --unsigned --yes',
    ],
    exits: {
      0: 'all of it is there',
      1: 'some could not be migrated',
      2: 'there is something to migrate, and no --yes; ',
    },
    load: () => import('./verbs/migrate.ts'),
  },
  {
    name: 'mirror',
    aliases: [],
    summary: 'list and change configured mirrors',
    examples: ['mirror list', 'mirror add -e env ours s3://bucket/cache --autopush'],
    exits: { 0: 'done' },
    load: () => import('./verbs/mirror.ts'),
  },
  {
    name: 'prune',
    aliases: [],
    summary: 'remove from a mirror what nothing needs',
    examples: [
      'prune s3://bucket/cache --keep-environment env --older-than 90d # says what would go',
      'prune s3://bucket/cache --keep-environment env --older-than 90d --yes',
    ],
    exits: {
      0: 'done, or nothing to remove',
      1: 'some could not be removed',
      2: 'there is something to remove, and no --yes; ',
    },
    load: () => import('./verbs/prune.ts'),
  },
];
