/** `buildcache plan --chunk`: runs one job of a plan. */
import {
  buildChunk,
  type ChunkOutcome,
  type ChunkResult,
  chunkExitCode,
  isLost,
} from '../../commands/build-chunk.ts';
import { SILENT } from '../../report/reporter.ts';
import { nameSome } from '../../report/shared-reasons.ts';
import { type SpecNode, shortHash } from '../../spec/node.ts';
import { isUnpacked } from '../../tree/install-snapshot.ts';
import type { InstallTree } from '../../tree/install-tree.ts';
import { runCommand } from '../shared/child-command.ts';
import { readSurroundings } from './shared-options.ts';
import type { VerbContext } from './verb.ts';
import { asked, NAMED, type PlanCommandOptions, sayNotes, sayUnknown, treeOf } from './verbs/plan.ts';

/** @param command builds the spec that is its last argument. If it is empty, this only says what would be built. */
export async function runChunk(
  chunk: string,
  command: readonly string[],
  options: PlanCommandOptions,
  context: VerbContext,
): Promise<void> {
  const around = await readSurroundings(options, context);
  const { reporter } = around;
  const build = async (spec: SpecNode) => {
    reporter.info(`${label(spec)}: building`);
    return await runCommand([...command, `${spec.name}@${spec.version}/${spec.hash}`], context);
  };
  // Where the tree is not known, or cannot be read, nothing is said: the command may install elsewhere.
  const readTree = async () =>
    command.length === 0
      ? undefined
      : await treeOf(options, { ...around, reporter: SILENT }, context).catch(() => undefined);
  const before = await readTree();
  const result = await buildChunk(
    {
      ...asked(options, around, context),
      hashes: chunk.split(/[\s,]+/).filter((hash) => hash !== ''),
      build: command.length === 0 ? undefined : build,
      onOutcome: (spec, outcome) => {
        const text = `${label(spec)}: ${outcomeText(outcome)}`;
        if (isLost(outcome)) reporter.error(text);
        else reporter.info(text);
        if (outcome.kind === 'ready' && !options.json)
          context.stdout.write(`${spec.name}@${spec.version}/${spec.hash}\n`);
      },
    },
    reporter,
  );
  sayNotes(result.check.answers, around);
  if (result.outcomes === undefined) sayUnknown(result.check, around);
  for (const text of await unbuilt(result, before, readTree)) reporter.warn(text);
  const code = chunkExitCode(result);
  if (options.json) {
    const specs = [...(result.outcomes ?? [])].map(([{ name, version, hash }, outcome]) => ({
      ...{ name, version, hash, outcome: outcome.kind },
      ...(outcome.kind === 'blocked' ? { by: outcome.by.map((spec) => spec.hash) } : {}),
      ...(outcome.kind === 'failed' ? { exit_code: outcome.exitCode } : {}),
    }));
    context.stdout.write(`${JSON.stringify({ version: 1, exit_code: code, specs }, null, 2)}\n`);
  }
  context.exit(code);
}

/**
 * What a command has called built, and no autopush takes for built here: then no mirror gets it, and what needs it is blocked
 * in each run.
 */
async function unbuilt(
  { outcomes }: ChunkResult,
  before: InstallTree | undefined,
  readTree: () => Promise<InstallTree | undefined>,
): Promise<string[]> {
  const built = [...(outcomes ?? [])].filter(([, { kind }]) => kind === 'built').map(([spec]) => spec);
  const after = built.length === 0 ? undefined : await readTree();
  const texts: string[] = [];
  for (const spec of built) {
    if (after !== undefined && (await isUnpacked(after, spec.hash))) {
      texts.push(
        `${label(spec)} was unpacked from a build cache, and what was not built here is not pushed: ${TO_BUILD}`,
      );
    } else if (before?.recordOf(spec.hash)?.installed === true) {
      texts.push(
        `${label(spec)} was installed before this began, and may not have been built: what autopush did not see come, push sends`,
      );
    }
  }
  return texts;
}

const TO_BUILD =
  'if no mirror of the plan has it, name that one in spack.yaml, or build without it (spack install --no-cache)';

function outcomeText(outcome: ChunkOutcome): string {
  switch (outcome.kind) {
    case 'present':
      return 'on a mirror by now, dropped';
    case 'ready':
      return 'can be built';
    case 'built':
      return 'built';
    case 'failed':
      return `failed with exit code ${outcome.exitCode}`;
    case 'homeless':
      return 'not built: no mirror may take it. Make the plan anew';
    case 'blocked':
      return `blocked, dropped: no mirror has ${nameSome(outcome.by.map(label), NAMED)}`;
  }
}

function label(spec: SpecNode): string {
  return `${spec.name}@${spec.version}/${shortHash(spec)}`;
}
