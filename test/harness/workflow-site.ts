/**
 * A site that has copied the workflows: a repository with an environment, its secrets, its mirrors, a runner with
 * Spack's and GitHub's programs, and the runs so far. Every job begins on an empty machine whose workspace has the
 * same path.
 */
import { readFileSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runVerb } from '../../src/entry/cli/cli.ts';
import { environmentOf, fromSource, ROOT } from '../entry/command-line.ts';
import { unpackStore } from '../package/store-fixture.ts';
import { startActionsCache } from './actions-cache.ts';
import type { JobOptions } from './runner.ts';
import { tempDir } from './temp-dir.ts';
import { writeStandIns } from './workflow-actions.ts';
import { type PastRun, standInGh } from './workflow-gh.ts';
import type { RanJob } from './workflow-job.ts';
import { type RanWorkflow, runWorkflow, type WorkflowEvent } from './workflow-run.ts';
import { standInSpack } from './workflow-spack.ts';
import { startTools, type Tool, type ToolServer } from './workflow-tools.ts';

export interface SiteOptions {
  /** Of `env/spack.yaml`, beside the specs. */
  readonly spack: Readonly<Record<string, unknown>>;
  /** Further files of the repository. */
  readonly files?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly environments?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What only JavaScript actions see, and what every step does: the services of another GitHub. */
  readonly services?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

export interface SiteRun extends RanWorkflow {
  /** Names of packages, in the order in which Spack did it. */
  readonly built: readonly string[];
  readonly fetched: readonly string[];
  /** By the name of the job. */
  job(name: string): RanJob;
  /** Errors, warnings and notices of all jobs, each once, with its level. */
  readonly said: readonly string[];
  /** What the log pages show. */
  readonly log: string;
}

export interface Site extends AsyncDisposable {
  /** Where repository, tools and runs are. */
  readonly path: string;
  /** Where its repository is: may be changed between runs. */
  readonly repository: string;
  /** Packages whose build fails; may be changed. */
  readonly failing: Set<string>;
  readonly secrets: Record<string, string>;
  readonly tools: ToolServer;
  /** What runs have left so far is too old by now. */
  expireArtifacts(): void;
  /** Told of what Spack has `built`, `fetched` or `failed` to build, while it waits. */
  watch(watcher: (what: string, name: string) => Promise<void>): void;
  /** @param file the workflow's name, for those that look for its runs */
  run(text: string, event: WorkflowEvent, file?: string): Promise<SiteRun>;
}

export const REPOSITORY = 'octo-org/octo-repo';
export const PUSH: WorkflowEvent = { name: 'push', branch: 'main', payload: { ref: 'refs/heads/main' } };
export const SCHEDULE: WorkflowEvent = { name: 'schedule', branch: 'main', payload: {} };
export const DISPATCH: WorkflowEvent = { name: 'workflow_dispatch', branch: 'main', payload: {} };
const pull = (from: string, action = 'opened') => ({
  action,
  pull_request: { number: 7, head: { repo: { full_name: from, fork: from !== REPOSITORY } } },
});
export const PULL: WorkflowEvent = { name: 'pull_request', payload: pull(REPOSITORY) };
export const CLOSED: WorkflowEvent = { name: 'pull_request', payload: pull(REPOSITORY, 'closed') };
export const FORK: WorkflowEvent = { name: 'pull_request', payload: pull('stranger/fork'), fork: true };

export async function startSite({
  spack,
  files = {},
  secrets = {},
  environments = {},
  services = {},
  env = {},
}: SiteOptions): Promise<Site> {
  const dir = await tempDir();
  const at = (...path: readonly string[]) => join(dir.path, ...path);
  const repository = at('repository');
  await cp(environmentOf('1.2'), at('repository/env'), { recursive: true });
  await writeFile(at('repository/env/spack.yaml'), JSON.stringify({ spack }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(repository, name, '..'), { recursive: true });
    await writeFile(join(repository, name), text);
  }
  const { root: recordedRoot } = unpackStore('1.2', at('store'));
  const cache = await startActionsCache();
  const failing = new Set<string>();
  const runs: PastRun[] = [];
  let done: { what: string; name: string }[] = [];
  const watchers: ((what: string, name: string) => Promise<void>)[] = [];
  const did = async (what: string, name: string): Promise<void> => {
    done.push({ what, name });
    for (const watch of watchers) await watch(what, name);
  };
  const tools = await startTools({
    spack: standInSpack({ store: at('store'), recordedRoot, failing, buildcache, did }),
    gh: standInGh(() => runs),
    buildcache,
  });
  await tools.install(at('spack/bin/spack'), 'spack');
  await tools.install(at('ours/bin/buildcache'), 'buildcache');
  await tools.install(at('tools/gh'), 'gh');
  await tools.install(at('tools/buildcache'), 'buildcache');
  await mkdir(at('spack/lib/spack/spack'), { recursive: true });
  const places = { repository, ours: at('ours'), spack: at('spack') };
  const actions = await writeStandIns(at('actions'), places);
  const known: Readonly<Record<string, string>> = { ...actions, 'org/buildcache-action': ROOT };
  const all = { ...secrets };

  return {
    path: dir.path,
    repository,
    failing,
    secrets: all,
    tools,
    expireArtifacts() {
      for (const run of runs) run.expired = true;
    },
    watch: (watcher) => void watchers.push(watcher),
    async run(text, event, file = 'workflow.yml') {
      const id = runs.length + 1;
      const artifacts = at('runs', String(id));
      const { actor = 'octocat' } = event;
      await mkdir(artifacts, { recursive: true });
      runs.unshift({ id, workflow: file, event: event.name, branch: event.branch ?? 'feature', artifacts });
      done = [];
      const startJob = async (): Promise<JobOptions> => {
        await rm(at('work'), { recursive: true, force: true });
        await mkdir(at('work'));
        return {
          workspace: at('work'),
          event,
          github: { repository: REPOSITORY, run_id: String(id), actor },
          env: { RUN_ARTIFACTS: artifacts, ...env },
          services: { ...cache.env, ...services },
          path: [at('tools')],
          actions,
          here: fromSource,
        };
      };
      const ran = await runWorkflow(text, {
        event,
        github: {
          repository: REPOSITORY,
          run_id: String(id),
          actor,
          token: event.fork === true ? 'ghs_tokenThatOnlyReads0' : 'ghs_tokenOfTheRun000000',
          ref: 'refs/heads/main',
        },
        secrets: all,
        environments,
        called: (uses) => readFileSync(fileOf(uses, repository), 'utf8'),
        startJob,
        locate: (uses, workspace) => folderOf(uses, workspace, known),
      });
      const names = (what: string) => done.filter((one) => one.what === what).map(({ name }) => name);
      const results = ran.jobs.flatMap((job) => job.steps.map(({ result }) => result));
      const said = results.flatMap(({ annotations }) =>
        annotations.map(({ level, message }) => `${level}: ${message}`),
      );
      return {
        ...ran,
        built: names('built'),
        fetched: names('fetched'),
        job(name) {
          const found = ran.jobs.find((job) => job.name === name);
          if (found === undefined) throw new Error(`no job ${name}: ${ran.jobs.map((job) => job.name)}`);
          return found;
        },
        said: [...new Set(said)],
        log: results.map(({ log }) => log).join('\n'),
      };
    },
    async [Symbol.asyncDispose]() {
      await tools[Symbol.asyncDispose]();
      await cache.close();
      await dir[Symbol.asyncDispose]();
    },
  };
}

/** Our command line, in this process; what the AWS SDK reads of the environment is the step's. */
export const buildcache: Tool = async ({ args, env, cwd, out, err }) => {
  const before = process.env;
  process.env = { ...env };
  try {
    const signal = new AbortController().signal;
    const stream = (write: (text: string) => void) => ({
      write: (text: string) => write(text),
      isTTY: false,
    });
    return await runVerb(args, { env, cwd, stdout: stream(out), stderr: stream(err), signal }, 'none');
  } finally {
    process.env = before;
  }
};

function folderOf(uses: string, workspace: string, known: Readonly<Record<string, string>>): string {
  if (uses.startsWith('./')) return join(workspace, uses);
  const [owner = '', name = '', ...path] = uses.replace(/@.*$/, '').split('/');
  const folder = known[`${owner}/${name}`];
  if (folder === undefined) throw new Error(`there is no stand-in for ${uses}`);
  return join(folder, ...path);
}

/** Of a workflow that is called: the repository's own, or one of ours. */
function fileOf(uses: string, repository: string): string {
  if (uses.startsWith('./')) return join(repository, uses);
  const [owner, name, ...path] = uses.replace(/@.*$/, '').split('/');
  if (`${owner}/${name}` !== 'org/buildcache-action') throw new Error(`nobody has ${uses}`);
  return join(ROOT, ...path);
}

/** The text of one of our own files. */
export async function readRepositoryFile(file: string): Promise<string> {
  return await readFile(join(ROOT, file), 'utf8');
}
