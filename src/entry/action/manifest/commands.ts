/**
 * The commands of the action, each said once: the name of its sub-action, a description, the inputs it takes, and the
 * step that it runs. The main step, all `action.yml` files, the reference and the launchers in `dist` are made from this
 * table.
 */
import type { ActionJob, ActionStep, RunStep } from '../step.ts';
import { type Choice, refused } from './input-kinds.ts';
import type { InputName } from './inputs.ts';

export type Command = About &
  (
    | { readonly unconfigured?: false; readonly load: () => Promise<RunStep<ActionStep>> }
    /** The command reads no configuration, so it works where that is wrong or does not exist yet. */
    | { readonly unconfigured: true; readonly load: () => Promise<RunStep<ActionJob>> }
  );

interface About {
  /** The sub-action's name. */
  readonly title: string;
  readonly about: string;
  /** What the command does, where its name does not say it. */
  readonly hint?: string;
  readonly inputs: readonly InputName[];
  /** The description of an input, where it means something else to this command than to others. */
  readonly texts?: Readonly<Partial<Record<InputName, string>>>;
  /** The command has a post step. */
  readonly post?: true;
}

const MIRRORS = ['mirrors', 'only-mirrors', 'require-signatures'] as const;
const NETWORK = ['github-token', 'jobs', 'timeout', 'retries'] as const;
const REPORT = ['summary', 'annotations'] as const;
const SELECTION = ['environment', 'specs', 'include', 'exclude'] as const;
const PRESENCE = ['needs', 'verify', 'forbidden', 'on-unknown'] as const;
const SIGNING = ['signing-key', 'signing-passphrase'] as const;
const TREE = ['install-tree', 'spack-prefix'] as const;
/** The inputs that say what a failure to write, or a refusal to write, does to the job. */
const WRITING = ['push-failure', 'allow-unsafe-pull-request-target'] as const;
const PUSHING = [
  ...TREE,
  'base-image',
  ...WRITING,
  ...SIGNING,
  'trusted-keys',
  'update-index',
  'provenance',
  'min-root-length',
  'dry-run',
] as const;

const BESIDE_BUILDS = ['push-while-building', 'sign-while-building'] as const;

/** In a sub-action that is about writing, `autopush` does not turn anything on: it only says which mirrors to write to. */
const TO = {
  autopush:
    'Mirrors to write to: names, or true for those with autopush: true; for all of them where none has that.',
};

export const COMMANDS = {
  check: {
    title: 'Check a Spack build cache',
    about: 'Say which specs need a rebuild, against any Spack mirror, without Spack',
    inputs: [
      ...[
        ...SELECTION,
        'roots-only',
        ...MIRRORS,
        ...PRESENCE,
        'fail-on-rebuild',
        'explain',
        'against',
        'comment',
      ],
      ...['spack-scope', 'allow-empty', 'copy-to', 'stamp', ...NETWORK, 'max-jobs', 'index-cache', ...REPORT],
    ],
    post: true,
    load: async () => (await import('../check-step.ts')).checkCommand,
  },
  plan: {
    title: 'Plan builds of what a Spack build cache lacks',
    about: 'Put what is missing into jobs for many runners, without Spack',
    inputs: [
      ...SELECTION,
      ...MIRRORS,
      ...PRESENCE,
      'install-tree',
      ...NETWORK,
      'max-jobs',
      'runners',
      ...REPORT,
    ],
    load: async () => (await import('../plan-step.ts')).planCommand,
  },
  push: {
    title: 'Push to a Spack build cache',
    about: 'Push what is built in an install tree to any Spack mirror, without Spack',
    hint: 'what is built in the install tree',
    inputs: [...SELECTION, ...MIRRORS, 'autopush', ...PUSHING, 'tag', 'copy-to', ...NETWORK, ...REPORT],
    texts: TO,
    load: async () => (await import('../push-command.ts')).pushCommand,
  },
  autopush: {
    title: 'Push to a Spack build cache when the job ends',
    about: 'Push what a job has built to any Spack mirror, without Spack; put it before the step that builds',
    hint: 'nothing but prepare the post step, so that no mirror is asked',
    inputs: [
      ...[
        'environment',
        'include',
        'exclude',
        ...MIRRORS,
        'spack-scope',
        'autopush',
        ...BESIDE_BUILDS,
        ...PUSHING,
      ],
      ...[...NETWORK, ...REPORT],
    ],
    post: true,
    load: async () => (await import('../autopush-step.ts')).autopushCommand,
  },
  install: {
    title: 'Install from a Spack build cache',
    about: 'Install specs from any Spack mirror, verified and relocated, without Spack',
    inputs: [
      ...['environment', 'specs', ...MIRRORS, 'install-tree', 'trusted-keys', 'otherarch', 'patchelf'],
      ...['require-provenance', 'install-cache', 'stamp', 'dry-run', ...NETWORK, ...REPORT],
    ],
    post: true,
    load: async () => (await import('../install-step.ts')).installCommand,
  },
  sync: {
    title: 'Sync Spack build caches',
    about: 'Copy specs from one Spack mirror to another, verified, without Spack',
    inputs: [
      ...[
        'environment',
        'specs',
        ...MIRRORS,
        'copy-to',
        'copy-from',
        'copy-list',
        'whole-mirror',
        'allow-empty',
      ],
      ...[
        'allow-other-hosts',
        'resign',
        'allow-missing',
        'trusted-keys',
        'base-image',
        ...SIGNING,
        ...WRITING,
        'update-index',
      ],
      ...['stamp', 'dry-run', ...NETWORK, ...REPORT],
    ],
    load: async () => (await import('../sync-step.ts')).syncCommand,
  },
  'update-index': {
    title: 'Update the index of a Spack build cache',
    about: 'Make the index of a Spack mirror anew from what the mirror holds, without Spack',
    inputs: ['environment', ...MIRRORS, 'autopush', ...WRITING, ...NETWORK, ...REPORT],
    texts: TO,
    load: async () => (await import('../update-index-step.ts')).updateIndexCommand,
  },
  'check-index': {
    title: 'Check the index of a Spack build cache',
    about: 'Say whether a Spack mirror holds what its index and entries say, and repair it, without Spack',
    hint: 'whether a mirror is right',
    inputs: [
      ...['environment', ...MIRRORS, 'mirror', 'verify', 'view', 'root-lengths', 'repair', 'trusted-keys'],
      ...['allow-unsafe-pull-request-target', ...NETWORK, ...REPORT],
    ],
    texts: {
      verify:
        'What to look at: names only (exists), all entries (manifests), for all blobs (blobs), or all blobs themselves (all).',
      'trusted-keys':
        'Whose signatures count: armored public keys, files of them, or fingerprints, one a line. Without any, signatures are looked for and not verified.',
    },
    load: async () => (await import('../check-index-step.ts')).checkIndexCommand,
  },
  keys: {
    title: 'Keys of a Spack build cache',
    about:
      'Fetch the public keys that Spack mirrors offer, by their fingerprints, or publish some, without Spack',
    hint: 'the public keys that mirrors offer',
    inputs: [
      ...['environment', ...MIRRORS, 'mirror', 'fingerprints', 'publish', 'allow-unsafe-pull-request-target'],
      ...[...NETWORK, ...REPORT],
    ],
    load: async () => (await import('../keys-step.ts')).keysCommand,
  },
  prune: {
    title: 'Prune a Spack build cache',
    about:
      'Remove from a Spack mirror what nothing needs, without Spack; without `delete: true` nothing is changed',
    hint: 'remove from a mirror what nothing needs',
    inputs: [
      ...['environment', ...MIRRORS, 'mirror', 'keep-environment', 'keep-list', 'keep-git', 'lockfile'],
      ...['keep-roots', 'pin', 'max-size', 'older-than', 'grace', 'remove-all', 'history'],
      ...['nobody-pushes', 'delete', 'dry-run', 'allow-unsafe-pull-request-target', ...NETWORK, ...REPORT],
    ],
    load: async () => (await import('../prune-step.ts')).pruneCommand,
  },
  explain: {
    title: 'Explain what a Spack build cache lacks',
    about: 'Say why specs are missing on any Spack mirror, without Spack, and comment on the pull request',
    hint: 'why specs are missing',
    inputs: [
      ...[...SELECTION, 'roots-only', ...MIRRORS, ...PRESENCE, 'against', 'comment', 'dry-run', ...NETWORK],
      ...['index-cache', ...REPORT],
    ],
    post: true,
    load: async () => (await import('../explain-command.ts')).explainCommand,
  },
  comment: {
    title: 'Comment for a run of a fork',
    about: 'Post what the gate has found in a run of a fork, which may not write itself',
    hint: 'what the run of a fork has left to say',
    inputs: ['comment-file', 'dry-run', 'github-token', 'timeout', 'retries', 'annotations'],
    load: async () => (await import('../post-comment.ts')).commentCommand,
  },
  setup: {
    title: 'Set up buildcache',
    about: 'Put the command line buildcache on the PATH of the steps that follow',
    hint: 'buildcache on the PATH of the steps that follow',
    inputs: [],
    unconfigured: true,
    load: async () => (await import('../setup-step.ts')).setupCommand,
  },
} as const satisfies Readonly<Record<string, Command>>;

export type CommandName = keyof typeof COMMANDS;

/** The input `command`: which command the main step runs. A sub-action does not take it, since it has only one. */
export const COMMAND: Choice<CommandName> = {
  kind: 'choice',
  text: `What the main step does: ${listed(Object.entries<Command>(COMMANDS))}.`,
  choices: Object.keys(COMMANDS) as CommandName[],
  empty: refused('command: check'),
  default: 'check',
};

/** The file in `dist` that runs the main step of a sub-action. The launcher of the action itself runs any command. */
export function launcherOf(name: string): string {
  return name === COMMAND.default ? 'main' : name;
}

function listed(commands: readonly (readonly [string, Command])[]): string {
  const names = commands.map(([name, { hint }]) => (hint === undefined ? name : `${name} (${hint})`));
  return `${names.slice(0, -1).join(', ')}, or ${names.at(-1)}`;
}
