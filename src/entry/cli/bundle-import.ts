/** `buildcache bundle import`: options in, imported specs and exit code out. It is a sync from the bundle. */
import { resolve } from 'node:path';
import { absentExternals, bundleWork, findBundle, travellingKeys } from '../../commands/bundle-volumes.ts';
import { sync } from '../../commands/sync.ts';
import { cancelled } from '../../core/abort.ts';
import { BuildcacheError } from '../../core/errors.ts';
import { type SyncResult, syncExitCode } from '../../plan/sync-result.ts';
import { importedJson } from '../../report/bundle-json.ts';
import { absentWarnings, keyLines } from '../../report/bundle-text.ts';
import { tellReasonsOnce } from '../../report/shared-reasons.ts';
import { isTold, syncedLine, syncProblems, syncSum, syncText } from '../../report/sync-text.ts';
import { terminalStyle } from '../../report/terminal.ts';
import { imageInspections } from '../shared/sync-request.ts';
import { readSurroundings, type SharedOptions } from './shared-options.ts';
import { type CopyCommandOptions, readSyncContext } from './sync-context.ts';
import type { VerbContext } from './verb.ts';

export interface BundleImportOptions extends SharedOptions, CopyCommandOptions {
  readonly dryRun: boolean;
}

export async function runBundleImport(
  places: readonly string[],
  options: BundleImportOptions,
  context: VerbContext,
): Promise<void> {
  const { files, destination } = readPlaces(places, options, context);
  const around = await readSurroundings({ ...options, mirrorUrl: [destination] }, context);
  const [to] = around.mirrors;
  if (to === undefined) throw new BuildcacheError('internal', 'a mirror got lost');
  const { reporter } = around;
  const { signal } = context;
  const copying = await readSyncContext(options, around, context);
  const bundle = await findBundle(files);
  const work = await bundleWork(bundle, to, copying);
  try {
    for (const note of work.notes) reporter.warn(note);
    const tellOnce = tellReasonsOnce();
    const result = await sync(
      {
        work,
        inspections: await imageInspections(work, around.environment.folder, context.env),
        hardLink: false,
        updateIndex: true,
        label: 'Importing',
        dryRun: options.dryRun,
        jobs: options.jobs,
        index: around.index,
        signal,
        onOutcome: (spec) => {
          const line = syncedLine({ ...spec, outcome: tellOnce(spec.outcome) });
          if (context.stderr.isTTY || !isTold(spec.outcome)) reporter.debug(line);
          else reporter.info(line);
        },
      },
      reporter,
    );
    for (const { name, notes } of result.mirrors) for (const note of notes) reporter.warn(`${name}: ${note}`);
    const absent = await absentExternals(bundle.manifest.externals);
    const keys = isUntrusted(result) ? await travellingKeys(bundle, reporter, signal) : [];
    if (options.json) {
      context.stdout.write(`${JSON.stringify(importedJson(result, bundle, absent), null, 2)}\n`);
    } else if (options.quiet) {
      for (const text of syncProblems(result)) reporter.error(text);
    } else {
      const lines = syncText(result, terminalStyle(around.color));
      context.stdout.write(`${[...lines, ...keyLines(keys)].join('\n')}\n`);
    }
    for (const warning of absentWarnings(absent)) reporter.warn(warning);
    if (result.cancelled) throw cancelled(signal, syncSum(result));
    context.exit(syncExitCode(result));
  } finally {
    await work.close();
  }
}

function isUntrusted({ mirrors }: SyncResult): boolean {
  const outcomes = mirrors.flatMap(({ specs }) => specs.map(({ outcome }) => outcome));
  return outcomes.some((outcome) => outcome.kind === 'failed' && outcome.code === 'untrusted');
}

function readPlaces(
  places: readonly string[],
  { mirrorUrl }: SharedOptions,
  { cwd }: VerbContext,
): { readonly files: readonly string[]; readonly destination: string } {
  const destination = places.at(-1);
  if (destination !== undefined && places.length > 1 && mirrorUrl.length === 0)
    return { files: places.slice(0, -1).map((file) => resolve(cwd, file)), destination };
  throw new BuildcacheError(
    'usage',
    'import takes the volumes of a bundle, and last the mirror to write to',
    {
      found: mirrorUrl.length > 0 ? '--mirror-url' : places.join(' '),
      hint: 'write: buildcache bundle import VOLUME… DEST',
    },
  );
}
