/** `buildcache bundle create`: options in, volumes and exit code out. */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openBundleWriter } from '../../cache/bundle/bundle-writer.ts';
import { openDraft } from '../../cache/bundle/draft.ts';
import { createBundle } from '../../commands/bundle-create.ts';
import { refuseDevice } from '../../core/device-path.ts';
import { BuildcacheError, fileError } from '../../core/errors.ts';
import { readBoundedText } from '../../core/read-file.ts';
import { withTemporaryFolder } from '../../core/temporary-folder.ts';
import type { Mirror } from '../../mirrors/mirror.ts';
import { unknownMirror } from '../../mirrors/select.ts';
import { type CreatedBundle, createdExitCode } from '../../plan/bundle-result.ts';
import { parseExceptList } from '../../plan/except-list.ts';
import { createdJson } from '../../report/bundle-json.ts';
import { createdProblems, createdText } from '../../report/bundle-text.ts';
import { tellReasonsOnce } from '../../report/shared-reasons.ts';
import { syncedLine } from '../../report/sync-text.ts';
import { terminalStyle } from '../../report/terminal.ts';
import { namedEnvironment } from '../shared/named-environment.ts';
import { planSync } from '../shared/sync-request.ts';
import { readSurroundings, type SharedOptions, type Surroundings } from './shared-options.ts';
import { specArguments } from './spec-arguments.ts';
import { type CopyCommandOptions, readSyncContext } from './sync-context.ts';
import type { VerbContext } from './verb.ts';

export interface BundleCreateOptions extends SharedOptions, CopyCommandOptions {
  readonly output: string;
  readonly all: boolean;
  readonly volumeSize?: number;
  readonly except: readonly string[];
  readonly allowMissing: boolean;
  readonly dryRun: boolean;
}

export async function runBundleCreate(
  specs: readonly string[],
  options: BundleCreateOptions,
  context: VerbContext,
): Promise<void> {
  const output = resolve(context.cwd, options.output);
  refuseDevice(output);
  const around = await readSurroundings(options, context);
  const from = oneMirror(around.mirrors);
  const except = await readExcept(options.except, context.cwd);
  const environment = options.all
    ? undefined
    : await namedEnvironment(around.environment, options, context.env);
  const wanted = environment === undefined ? specs : await specArguments(specs);
  // An entry without a signature stays unsigned: the other side decides whether to trust it.
  const to = { ...unknownMirror(pathToFileURL(output).href, output), signed: false };
  const { all, allowMissing: mayLack } = options;
  const request = { kind: 'mirror', from, to, environment, specs: wanted, all, mayLack } as const;
  const copying = await readSyncContext(options, around, context);
  const { reporter } = around;
  const created = await withTemporaryFolder(async (folder) => {
    const draft = await openDraft(folder);
    const openTarget = () => openBundleWriter(draft);
    const work = await planSync(request, { ...copying, openTarget }, false, reporter);
    try {
      for (const note of work.notes) reporter.warn(note);
      const tellOnce = tellReasonsOnce();
      const { volumeSize, allowMissing, dryRun, jobs } = options;
      return await createBundle(
        {
          ...{ work, draft, output, volumeSize, except, allowMissing, dryRun, jobs },
          index: around.index,
          signal: context.signal,
          onOutcome: (spec) => reporter.debug(syncedLine({ ...spec, outcome: tellOnce(spec.outcome) })),
        },
        reporter,
      );
    } finally {
      await work.close();
      await draft.close();
    }
  });
  tell(created, options, around, context);
  context.exit(createdExitCode(created));
}

function tell(
  created: CreatedBundle,
  { json, quiet }: SharedOptions,
  { color, reporter }: Surroundings,
  { stdout }: VerbContext,
): void {
  if (json) stdout.write(`${JSON.stringify(createdJson(created), null, 2)}\n`);
  else if (!quiet) stdout.write(`${createdText(created, terminalStyle(color)).join('\n')}\n`);
  if (quiet) for (const text of createdProblems(created)) reporter.error(text);
}

function oneMirror(mirrors: readonly Mirror[]): Mirror {
  const [mirror, ...others] = mirrors;
  if (mirror !== undefined && others.length === 0) return mirror;
  throw new BuildcacheError('usage', 'a bundle is made of one mirror', {
    found: mirror === undefined ? 'none is configured' : mirrors.map(({ name }) => name).join(', '),
    hint: 'name it with --mirror-url',
  });
}

async function readExcept(files: readonly string[], cwd: string): Promise<ReadonlySet<string>> {
  const hashes = new Set<string>();
  for (const name of files) {
    const file = resolve(cwd, name);
    const text = await readBoundedText(file, MOST).catch((error: unknown) => {
      throw fileError(error, file, 'read the list of what the other side has');
    });
    for (const hash of parseExceptList(text, file)) hashes.add(hash);
  }
  return hashes;
}

/** Bytes. A list of a million specs is smaller. */
const MOST = 512 * 1024 * 1024;
