/**
 * The fenced blocks of the README and the documents, and the one place that says how they are adapted to a machine that
 * has neither their mirrors nor their packages. Everything else runs as it is written.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT } from './entry/shows.ts';

export interface Block {
  /** `file: name` of a workflow, `file#1` of the first block of commands in a file. */
  readonly id: string;
  readonly file: string;
  readonly language: string;
  readonly text: string;
}

export type Adaptions = readonly (readonly [from: string, to: string])[];

const DOCUMENTS = ['README.md', ...readdirSync(join(ROOT, 'docs')).map((name) => `docs/${name}`)].filter(
  (name) => name.endsWith('.md'),
);

/** Whole workflows. */
export function documentedWorkflows(): Block[] {
  return blocks()
    .filter(({ language, text }) => language === 'yaml' && /^on:/m.test(text) && /^jobs:/m.test(text))
    .map((block) => ({ ...block, id: `${block.file}: ${(parse(block.text) as { name: string }).name}` }));
}

/** What a shell is to be given. Of a session (`console`) the commands are what stands after `$ `. */
export function documentedCommands(): Block[] {
  const counts = new Map<string, number>();
  return blocks()
    .filter(({ language }) => language === 'sh' || language === 'console')
    .map((block) => {
      const count = (counts.get(block.file) ?? 0) + 1;
      counts.set(block.file, count);
      const typed = block.text
        .split('\n')
        .filter((line) => line.startsWith('$ '))
        .map((line) => `${line.slice(2)}\n`);
      return {
        ...block,
        id: `${block.file}#${count}`,
        text: block.language === 'console' ? typed.join('') : block.text,
      };
    });
}

/** @throws where the text has no longer what was to be adapted */
export function adapted(
  text: string,
  adaptions: Adaptions,
  places: Readonly<Record<string, string>> = {},
): string {
  return adaptions.reduce((done, [from, to]) => {
    if (!done.includes(from)) throw new Error(`there is no ${JSON.stringify(from)} to adapt any more`);
    return done.replaceAll(
      from,
      to.replace(/<(\w+)>/g, (_, name: string) => places[name] ?? ''),
    );
  }, text);
}

/** `<name>` stands for a place that the test has. Packages of the documents are those of the fixture. */
export const WORKFLOW_ADAPTIONS: Readonly<Record<string, Adaptions>> = {
  'docs/gate.md: Python packages': [
    ['py-*', 'toy*'],
    ['python@3.12:', 'zlib-toy@1.3:'],
    ['exclude: py-pip', 'exclude: toymake'],
  ],
  'docs/install.md: Use': [
    ['https://cache.example.org/main', '<fixture>'],
    ['hdf5@1.14: +mpi', 'toymake@4:'],
    // The fixture is built for a machine that this one need not be, below a root of this length.
    ['install-tree: /opt/spack', 'install-tree: <tree>\n          otherarch: true'],
    ['h5dump --version', 'command -v toyapp'],
  ],
};

/** Commands that do not run, and why. */
export const NOT_RUN: Readonly<Record<string, string>> = {
  'README.md#2': 'npm ci and the unit tests themselves: .ci/run begins with them',
};

/** Packages, and places that the test has: mirrors in folders, the site's key, and an install tree. */
const HDF5: Adaptions[number] = ['hdf5', 'toyapp'];

export const COMMAND_ADAPTIONS: Readonly<Record<string, Adaptions>> = {
  // Where git fetches from is set beside it; that repository has our program and nothing else.
  'README.md#3': [['https://mirror.example.org/cache', '<builds>']],
  'README.md#4': [
    ['bin/buildcache', 'buildcache-action/bin/buildcache'],
    ["'hdf5@1.12: +mpi ^mpich target=x86_64_v3:'", "'toyapp@1: ~gui ^libtoy target=x86_64_v3:' -a"],
    ['https://mirror.example.org/cache', '<builds>'],
    ['install -m s3://bucket/cache', 'install --otherarch -m <pushed>'],
    ['--verify all s3://bucket/cache', '--verify all <pushed>'],
    ['s3://bucket/cache hdf5', '<pushed> toyapp'],
    ['install --otherarch -m <pushed> --trusted-keys key.pub.asc --store /opt/spack/store', 'install --otherarch -m <pushed> --trusted-keys key.pub.asc --store <other>'],
    ['/opt/spack/store', '<tree>'],
    ['s3://builds/cache s3://release/cache', '--trusted-keys key.pub.asc <pushed> <released>'],
    HDF5,
  ],
  'docs/automation.md#1': [['./build-what-is-missing', 'build-what-is-missing']],
  'docs/install.md#1': [
    ['buildcache install', 'buildcache install --otherarch'],
    ['buildcache install --otherarch -q', 'buildcache install --otherarch -q'],
    ['https://cache.example.org/main', '<builds>'],
    ['/opt/spack', '<short>'],
    HDF5,
  ],
  'docs/oci.md#1': [
    ['oci://ghcr.io/you/cache', '<registry>/you/cache'],
    ['/opt/store', '<tree>'],
    ['debian:12', '<registry>/base/debian:12'],
    // There is no Docker here; what it would run is looked at instead.
    ['docker run --rm ghcr.io/you/cache:latest myprogram', 'buildcache list -a -m <registry>/you/cache toyapp'],
  ],
  'docs/sync.md#1': [
    ["hdf5 'py-*'", "toyapp 'toyp*'"],
    ['--manifest-glob', '-e env --manifest-glob'],
  ],
};

function blocks(): Block[] {
  return DOCUMENTS.flatMap((file) => {
    const text = readFileSync(join(ROOT, file), 'utf8');
    return [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, language = '', block = '']) => ({
      id: '',
      file,
      language,
      text: block,
    }));
  });
}
