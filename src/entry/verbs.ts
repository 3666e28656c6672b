/** The verbs of the command line. Each verb's code is loaded only when it is the one that was asked for. */
import type { Command } from 'commander';

export interface Verb {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly summary: string;
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
}

export const VERBS: readonly Verb[] = [
  {
    name: 'check',
    aliases: [],
    summary: 'say which specs of an environment need a rebuild',
    load: () => import('./verb-check.ts'),
  },
  {
    name: 'list',
    aliases: [],
    summary: 'list the specs in build caches',
    load: () => import('./verb-list.ts'),
  },
  {
    name: 'push',
    aliases: ['create'],
    summary: 'push installed specs to a mirror',
    load: () => import('./verb-push.ts'),
  },
  {
    name: 'autopush',
    aliases: [],
    summary: 'push what was built in an install tree to the mirrors that want it',
    load: () => import('./verb-autopush.ts'),
  },
  {
    name: 'install',
    aliases: [],
    summary: 'install specs from mirrors, verified and relocated',
    load: () => import('./verb-install.ts'),
  },
  {
    name: 'preview',
    aliases: [],
    summary: 'say what relocating packages would touch, and how long a root they have room for',
    load: () => import('./verb-preview.ts'),
  },
  {
    name: 'keys',
    aliases: [],
    summary: 'list the public keys of mirrors, trust them, publish one',
    load: () => import('./verb-keys.ts'),
  },
  {
    name: 'download',
    aliases: [],
    summary: "download a spec's tarball and spec file, verified",
    load: () => import('./verb-download.ts'),
  },
  {
    name: 'save-specfile',
    aliases: [],
    summary: 'save the spec.json of a spec and of what is below it',
    load: () => import('./verb-save-specfile.ts'),
  },
  {
    name: 'get-buildcache-name',
    aliases: [],
    summary: "print the name of a spec's entry",
    load: () => import('./verb-get-buildcache-name.ts'),
  },
  {
    name: 'sync',
    aliases: [],
    summary: 'copy specs from one mirror to another',
    load: () => import('./verb-sync.ts'),
  },
  {
    name: 'update-index',
    aliases: ['rebuild-index'],
    summary: "make a mirror's index anew from what it holds",
    load: () => import('./verb-update-index.ts'),
  },
  {
    name: 'check-index',
    aliases: [],
    summary: 'say whether a mirror holds what its index and entries say, and repair it',
    load: () => import('./verb-check-index.ts'),
  },
  {
    name: 'migrate',
    aliases: [],
    summary: 'convert a mirror of layout 2 to layout 3',
    load: () => import('./verb-migrate.ts'),
  },
  {
    name: 'mirror',
    aliases: [],
    summary: 'list and change configured mirrors',
    load: () => import('./verb-mirror.ts'),
  },
  {
    name: 'prune',
    aliases: [],
    summary: 'remove from a mirror what nothing needs',
    load: () => import('./verb-prune.ts'),
  },
];
