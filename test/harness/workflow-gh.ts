/** A stand-in for `gh`: the runs of a repository and their artifacts, as far as workflows ask for them. */
import { cp, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseOptions, type Tool, type ToolCall } from './workflow-tools.ts';

export interface PastRun {
  readonly id: number;
  /** The file's name. */
  readonly workflow: string;
  readonly event: string;
  readonly branch: string;
  /** A folder for each artifact. */
  readonly artifacts: string;
  /** They are listed, and cannot be fetched any more. */
  expired?: boolean;
}

/** @param runs newest first */
export function standInGh(runs: () => readonly PastRun[]): Tool {
  return async (call) => {
    if (!call.env['GH_TOKEN']) {
      call.err('gh: To use GitHub CLI in a GitHub Actions workflow, set the GH_TOKEN environment variable.');
      return 4;
    }
    const [noun, verb, ...rest] = call.args;
    if (noun === 'run' && verb === 'list') return listRuns(rest, runs(), call);
    if (noun === 'run' && verb === 'download') return await download(rest, runs(), call);
    if (noun === 'api') return await countArtifacts(call.args.slice(1), runs(), call);
    throw new Error(`the stand-in knows no gh ${call.args.join(' ')}`);
  };
}

function listRuns(args: readonly string[], runs: readonly PastRun[], { out }: ToolCall): number {
  const { options } = parseOptions(args, {
    values: ['--workflow', '--branch', '--event', '--limit', '--json', '--jq'],
  });
  if (options['--jq'] !== '.[].databaseId') throw new Error(`the stand-in knows no --jq ${options['--jq']}`);
  const found = runs.filter(
    ({ workflow, branch, event }) =>
      workflow === options['--workflow'] &&
      branch === (options['--branch'] ?? branch) &&
      event === (options['--event'] ?? event),
  );
  for (const { id } of found.slice(0, Number(options['--limit'] ?? 20))) out(String(id));
  return 0;
}

async function download(args: readonly string[], runs: readonly PastRun[], call: ToolCall): Promise<number> {
  const { options, positional } = parseOptions(args, { values: ['--name', '--dir'] });
  const run = runs.find(({ id }) => String(id) === positional[0]);
  const name = options['--name'] ?? '';
  if (run?.expired === true) {
    call.err('no valid artifacts found to download');
    return 1;
  }
  if (run === undefined || !(await artifactsOf(run)).includes(name)) {
    call.err('no artifact matches any of the names or patterns provided');
    return 1;
  }
  await cp(join(run.artifacts, name), resolve(call.cwd, options['--dir'] ?? '.'), { recursive: true });
  return 0;
}

const NOT_EXPIRED = '[.artifacts[] | select(.expired | not)] | length';

/** `gh api repos/OWNER/NAME/actions/runs/ID/artifacts?name=NAME`, and how many of them there still are */
async function countArtifacts(
  args: readonly string[],
  runs: readonly PastRun[],
  { out }: ToolCall,
): Promise<number> {
  const { options, positional } = parseOptions(args, { values: ['--jq'] });
  const asked = /\/actions\/runs\/(\d+)\/artifacts\?name=([\w-]+)$/.exec(positional[0] ?? '');
  if (asked === null || options['--jq'] !== NOT_EXPIRED) throw new Error(`unknown: gh api ${args.join(' ')}`);
  const run = runs.find(({ id }) => String(id) === asked[1]);
  const names = run === undefined || run.expired === true ? [] : await artifactsOf(run);
  out(String(names.filter((name) => name === asked[2]).length));
  return 0;
}

async function artifactsOf({ artifacts }: PastRun): Promise<string[]> {
  return await readdir(artifacts).catch(() => []);
}
