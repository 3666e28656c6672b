/**
 * The fenced blocks of the README and the documents, and the one place that says how they are adapted to a machine that
 * has neither their mirrors nor their packages. Everything else runs as it is written.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { VERBS } from '../src/entry/cli/verbs.ts';
import { ROOT } from './entry/command-line.ts';

export interface Block {
  /** `file: name` of a workflow, `file#1` of the first block of commands in a file. */
  readonly id: string;
  readonly file: string;
  readonly language: string;
  readonly text: string;
}

export type Adaptions = readonly (readonly [from: string, to: string])[];

/** docs/cli.md is written from the verbs: see {@link verbExamples}. */
const DOCUMENTS = ['README.md', ...readdirSync(join(ROOT, 'docs')).map((name) => `docs/${name}`)].filter(
  (name) => name.endsWith('.md') && name !== 'docs/cli.md',
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

/** What `--help` and docs/cli.md show of each verb. */
export function verbExamples(): Block[] {
  return VERBS.map(({ name, examples }) => ({
    id: `${name} --help`,
    file: 'docs/cli.md',
    language: 'sh',
    text: examples.map((example) => `buildcache ${example}\n`).join(''),
  }));
}

/** @throws where the text has no longer what was to be adapted */
export function adapted(
  text: string,
  adaptions: Adaptions,
  places: Readonly<Record<string, string>> = {},
): string {
  const stale = adaptions.find(([from]) => !text.includes(from));
  if (stale !== undefined) throw new Error(`there is no ${JSON.stringify(stale[0])} to adapt any more`);
  return replaced(text, adaptions, places);
}

function replaced(text: string, adaptions: Adaptions, places: Readonly<Record<string, string>>): string {
  const placed = (to: string) => to.replace(/<(\w+)>/g, (_, name: string) => places[name] ?? '');
  return adaptions.reduce((done, [from, to]) => done.replaceAll(from, placed(to)), text);
}

/** `<name>` stands for a place that the test has. Packages of the documents are those of the fixture. */
export const WORKFLOW_ADAPTIONS: Readonly<Record<string, Adaptions>> = {
  'docs/gate.md: Python packages': [
    ['py-*', 'toy*'],
    ['python@3.12:', 'zlib-toy@1.3:'],
    ['exclude: py-pip', 'exclude: toymake'],
  ],
  'docs/images.md: Image': [
    ['debian:12', '<registry>base/debian:12'],
    ['oci://ghcr.io/you/tools:latest', '<registry>you/tools:latest'],
  ],
  'docs/install.md: Use': [
    ['https://cache.example.org/main', '<fixture>'],
    ['hdf5@1.14: +mpi', 'toymake@4:'],
    // The fixture is built for a machine that this one need not be, below a root of this length.
    ['install-tree: /opt/spack', 'install-tree: <tree>\n          otherarch: true'],
    ['h5dump --version', 'command -v toyapp'],
  ],
  'docs/signing-keys.md: Use with a fingerprint': [
    ['https://cache.example.org/main', '<fixture>'],
    ['8B0D24B0B2C1F2F2F2A7A2C6A1A0D9A66B3C0E51', '<fingerprint>'],
    ['hdf5@1.14', 'toyapp@1'],
    ['install-tree: /opt/spack', 'install-tree: <tree>\n          otherarch: true'],
    ['h5dump --version', 'command -v toyapp'],
  ],
};

/** Commands that run elsewhere, and where. */
export const RUN_ELSEWHERE: Readonly<Record<string, string>> = {
  'README.md#2': 'npm ci and the unit tests themselves: .ci/run begins with them',
  'README.md#4': 'nothing is released yet; executable.integration.test.ts has a sum, and what is cut short',
  'docs/install-tool.md#1': 'documents-commands.stress.test.ts: the same clone as in README.md#3',
  'docs/install-tool.md#2': 'npm-package.stress.test.ts',
  'docs/install-tool.md#3': 'as README.md#4',
  'docs/install-tool.md#4': 'executable.integration.test.ts',
  'docs/install-tool.md#5': 'executable.integration.test.ts, with buildah',
  'docs/install-tool.md#6': 'entry/cli/verbs/completion.test.ts',
  'docs/provenance.md#2': 'entry/provenance.integration.test.ts, with gpg',
  ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((nth) => [`docs/plan.md#${nth}`, 'entry/plan-doc.test.ts'])),
};

/**
 * What is the same in all commands: packages are those of the fixture, whose machine this one need not be; buckets and
 * web servers are folders. What a command does not have is passed over.
 */
const EVERYWHERE: Adaptions = [
  ["'hdf5@1.12: +mpi ^mpich target=x86_64_v3:'", "-a 'toyapp@1: ~gui ^libtoy target=x86_64_v3:'"],
  ["'hdf5@1.12: +mpi'", "-a 'toyapp@1: ~gui'"],
  ["'hdf5 zlib'", "'toyapp zlib-toy'"],
  ["'py-*'", "'toyp*'"],
  ['hdf5', 'toyapp'],
  ['buildcache install', 'buildcache install --otherarch'],
  ['buildcache list', 'buildcache list --allarch'],
  ['https://mirror.example.org/cache', '<builds>'],
  ['https://cache.example.org/main', '<builds>'],
  ['s3://bucket/cache', '<pushed>'],
  ['s3://builds/cache', '<builds>'],
  ['s3://release/cache', '<release>'],
  ['s3://old/cache', '<old>'],
  ['s3://new/cache', '<new>'],
  ['oci://ghcr.io/you/cache', '<registry>you/cache'],
  ['debian:12', '<registry>base/debian:12'],
  ['/opt/spack/store', '<tree>'],
  ['/opt/spack', '<short>'],
  ['/opt/store', '<tree>'],
  ['FINGERPRINT', '<fingerprint>'],
];

const COMMAND_ADAPTIONS: Readonly<Record<string, Adaptions>> = {
  'docs/binaries-spack-io.md#1': [['https://binaries.spack.io/develop/e4s', '<builds>']],
  'docs/binaries-spack-io.md#2': [['https://binaries.spack.io/develop', '<builds>']],
  'docs/binaries-spack-io.md#3': [
    ['https://binaries.spack.io/develop', '<builds>'],
    ['keys/spack-public.pub.asc', 'keys/ours.pub.asc'],
  ],
  'docs/bundles.md#2': [
    [
      '-e env -m ./mirror --trusted-keys keys/ours.pub.asc --store /opt/spack',
      '-e env -m ./mirror --trusted-keys keys/ours.pub.asc --store <short>',
    ],
  ],
  // There is no Docker here: commands/image.integration.test.ts has such an image loaded and run. There are packages for one
  // architecture: entry/cli/verbs/image-registry.stress.test.ts has images for two.
  'docs/images.md#1': [['docker run --rm ghcr.io/you/cache:tools myprogram', 'true']],
  'docs/images.md#2': [['docker load -i image.tar', 'tar -xOf image.tar manifest.json']],
  'docs/images.md#4': [['--also env-arm64 ', '']],
  'image --help': [['--also env-arm64 ', '']],
  'docs/oci.md#1': [
    // There is no Docker here; that the image is there is looked at instead.
    [
      'docker run --rm ghcr.io/you/cache:latest myprogram',
      'buildcache list -a -m <registry>you/cache toyapp',
    ],
  ],
};

/** The commands of a block, as this machine can run them. */
export function adaptedCommands({ id, text }: Block, places: Readonly<Record<string, string>>): string {
  const own = adapted(text, COMMAND_ADAPTIONS[id] ?? [], places);
  return replaced(own, EVERYWHERE, places);
}

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
