/** The verbs that write, and what each round has them do. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { blobOf, type Documents, manifestRecords } from '../cache/mirror-state.ts';
import type { Backend, MirrorName, World } from './world.ts';

export interface Scenario {
  readonly name: string;
  readonly backends: readonly Backend[];
  /** Fills mirrors and folders. */
  prepare?(world: World): void;
  args(world: World): readonly string[];
  /** What finishes it after a fault; {@link args}. */
  again?(world: World): readonly string[];
  /** It is the action's main step, with this environment. */
  stepEnv?(world: World): Readonly<Record<string, string>>;
  /** Whether a mirror may be unsound before it has done its work. */
  readonly repairs?: true;
  /** With a wrong clock it may rightly find nothing to do. */
  readonly byAge?: true;
}

const STORES: readonly Backend[] = ['folder', 's3', 'registry'];
const SOURCES: readonly Backend[] = [...STORES, 'http'];
const FOLDERS: readonly Backend[] = ['folder', 's3'];
const NET = ['--timeout', '5', '--retries', '2'];

const trusted = ({ baseline }: World) => ['--trusted-keys', baseline.publicKey];
const environment = ({ at }: World) => ['-e', at('env')];
const names = ({ baseline }: World) => [...baseline.names.values()];
const hashes = ({ baseline }: World) => [...baseline.names.keys()];
const full = (world: World, name: MirrorName = 'builds') =>
  world.fill(name, world.baseline.full, world.baseline.fullRepository);
const part = (world: World, name: MirrorName) =>
  world.fill(name, world.baseline.part, world.baseline.partRepository);
const mirrorsOf = (world: World) => readFileSync(world.at('env/spack.yaml'), 'utf8');

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'push',
    backends: STORES,
    args: (world) => [
      ...['push', ...environment(world), '--store', world.baseline.store, '--update-index', ...NET, 'builds'],
    ],
  },
  {
    name: 'push to what has some',
    backends: STORES,
    prepare: (world) => part(world, 'builds'),
    args: (world) => [
      ...['push', ...environment(world), '--store', world.baseline.store, '--update-index', ...NET],
      ...['--copy-to', 'release', '--copy-list', world.at('out/list.json'), 'builds'],
    ],
  },
  {
    name: 'autopush',
    backends: STORES,
    args: (world) => [
      ...[
        'autopush',
        ...environment(world),
        '--store',
        world.baseline.store,
        '--since',
        world.baseline.record,
        ...NET,
      ],
      ...['--times', world.at('out/times.json')],
    ],
  },
  {
    name: 'sync',
    backends: [...SOURCES, 'images'],
    prepare(world) {
      full(world);
      if (world.backend !== 'images') part(world, 'release');
    },
    args: (world) => ['sync', ...environment(world), ...trusted(world), ...NET, 'builds', 'release'],
  },
  {
    name: 'update-index',
    backends: STORES,
    prepare(world) {
      full(world);
      // An index that was made when there was less.
      part(world, 'builds');
    },
    args: (world) => ['update-index', ...environment(world), ...NET, 'builds'],
  },
  {
    name: 'check-index --repair',
    backends: FOLDERS,
    prepare(world) {
      full(world);
      const [first, second] = specRecords(world.baseline.full);
      world.remove('builds', first?.blob ?? '');
      world.fill('builds', new Map([[second?.blob ?? '', Buffer.from('damaged')]]));
      world.makeOld('builds');
    },
    args: (world) => ['check-index', ...environment(world), ...NET, '--verify', 'all', '--repair', 'builds'],
    repairs: true,
  },
  {
    name: 'prune',
    backends: STORES,
    prepare(world) {
      full(world);
      writeFileSync(world.at('keep'), `${hashes(world).slice(0, 3).join('\n')}\n`);
    },
    args: (world) => [
      ...['prune', ...environment(world), ...NET, '--keeplist', world.at('keep')],
      ...['--grace', '0h', '--nobody-pushes', '--yes', 'builds'],
    ],
    byAge: true,
  },
  ...[[], ['--delete-existing']].map(
    (more): Scenario => ({
      name: ['migrate', ...more].join(' '),
      backends: FOLDERS,
      prepare: (world) => world.fill('builds', world.baseline.old),
      args: (world) => [
        ...['migrate', ...environment(world), '--trusted-keys', world.baseline.oldKey, ...NET],
        ...[...more, '--yes', 'builds'],
      ],
    }),
  ),
  {
    name: 'install',
    backends: SOURCES,
    prepare: (world) => full(world),
    args: (world) => [
      ...[
        'install',
        ...environment(world),
        '--store',
        world.at('tree'),
        '--otherarch',
        ...trusted(world),
        ...NET,
      ],
      ...hashes(world).map((hash) => `/${hash}`),
    ],
  },
  {
    name: 'keys --publish',
    backends: FOLDERS,
    prepare: (world) => world.fill('builds', world.baseline.part),
    args: (world) => ['keys', ...environment(world), ...NET, '--publish', world.baseline.publicKey, 'builds'],
  },
  {
    name: 'download',
    backends: SOURCES,
    prepare: (world) => full(world),
    args: (world) => [
      ...['download', ...environment(world), ...trusted(world), ...NET],
      ...['-s', names(world).at(-1) ?? '', '-p', world.at('out')],
    ],
  },
  {
    name: 'save-specfile',
    backends: ['folder'],
    args: (world) => [
      ...['save-specfile', ...environment(world), '--root-spec', names(world).at(-1) ?? ''],
      ...['-s', names(world).at(-1) ?? '', '--specfile-dir', world.at('out')],
    ],
  },
  {
    name: 'check -o',
    backends: SOURCES,
    prepare: (world) => part(world, 'builds'),
    args: (world) => [
      ...['check', ...environment(world), ...NET, '--needs', 'builds', '-o', world.at('out/rebuild.json')],
      ...['--copy-to', 'release', '--copy-list', world.at('out/list.json')],
    ],
  },
  {
    name: 'plan -o',
    backends: SOURCES,
    prepare: (world) => part(world, 'builds'),
    args: (world) => [
      ...['plan', ...environment(world), ...NET, '--needs', 'builds', '--on-unknown', 'fail'],
      ...['--format', 'json', '-o', world.at('out/plan.json')],
    ],
  },
  {
    name: "comment of a fork's run",
    backends: SOURCES,
    prepare(world) {
      part(world, 'builds');
      mkdirSync(world.at('runner'));
      const head = { sha: 'a'.repeat(40), repo: { full_name: 'stranger/fork', fork: true } };
      writeFileSync(world.at('event.json'), JSON.stringify({ pull_request: { number: 7, head } }));
    },
    args: () => [],
    stepEnv: ({ at }) => ({
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_EVENT_PATH: at('event.json'),
      GITHUB_OUTPUT: at('runner/outputs'),
      GITHUB_STATE: at('runner/state'),
      GITHUB_REPOSITORY: 'octo-org/octo-repo',
      GITHUB_WORKSPACE: at('env'),
      RUNNER_TEMP: at('runner'),
      INPUT_AUTOPUSH: 'false',
      INPUT_COMMENT: 'true',
      INPUT_NEEDS: 'builds',
      INPUT_RETRIES: '2',
      INPUT_TIMEOUT: '5',
    }),
  },
  {
    name: 'mirror add',
    backends: ['folder'],
    args: (world) => [
      'mirror',
      'add',
      ...environment(world),
      '--unsigned',
      'other',
      'https://example.org/cache',
    ],
    again: (world) => [
      ...[
        'mirror',
        mirrorsOf(world).includes('example.org') ? 'set' : 'add',
        ...environment(world),
        '--unsigned',
      ],
      ...['other', ...(mirrorsOf(world).includes('example.org') ? [] : ['https://example.org/cache'])],
    ],
  },
  {
    name: 'mirror set',
    backends: ['folder'],
    args: (world) => ['mirror', 'set', ...environment(world), '--url', 'https://example.org/new', 'release'],
  },
  {
    name: 'mirror remove',
    backends: ['folder'],
    args: (world) => ['mirror', 'remove', ...environment(world), 'release'],
    again: (world) =>
      /release/.test(mirrorsOf(world))
        ? ['mirror', 'remove', ...environment(world), 'release']
        : // What is removed cannot be removed again. This changes nothing, and clears away what the killed run has left.
          ['mirror', 'set', ...environment(world), '--autopush', 'builds'],
  },
  {
    name: 'keys --install',
    backends: ['folder'],
    prepare: (world) => full(world),
    args: (world) => ['keys', ...environment(world), '--install', '--trust', fingerprintOn(world), 'builds'],
  },
];

/** Blobs that manifests of specs name. */
function specRecords(documents: Documents): { readonly blob: string }[] {
  return [...documents].flatMap(([key, bytes]) => {
    if (!key.endsWith('.spec.manifest.json')) return [];
    const [record] = manifestRecords(bytes);
    if (record === undefined) return [];
    blobOf(documents, { ...record, compression: 'none' });
    return [{ blob: `blobs/sha256/${record.checksum.slice(0, 2)}/${record.checksum}` }];
  });
}

function fingerprintOn({ baseline }: World): string {
  const key = [...baseline.full.keys()].find(
    (each) => /keys?\/[0-9A-F]{40}/.test(each) || /_pgp\/[0-9A-F]{40}/.test(each),
  );
  const found = /[0-9A-F]{40}/.exec(key ?? '')?.[0];
  if (found === undefined || !existsSync(baseline.publicKey)) throw new Error('the mirror has no key');
  return found;
}
