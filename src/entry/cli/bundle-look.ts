/** `buildcache bundle verify` and `list`: say what is in volumes, and whether they are complete. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { openBundle } from '../../cache/bundle/bundle.ts';
import type { EntryName } from '../../cache/entries.ts';
import { bundledSpecs, findBundle, travellingKeys, verifyVolumes } from '../../commands/bundle-volumes.ts';
import { list } from '../../commands/list.ts';
import { verifiedExitCode } from '../../plan/bundle-result.ts';
import { listedJson, verifiedJson } from '../../report/bundle-json.ts';
import { bundledLine, keyLines, verifiedLine } from '../../report/bundle-text.ts';
import { terminalReporter } from '../../report/terminal.ts';
import { readSurroundings, type SharedOptions } from './shared-options.ts';
import type { VerbContext } from './verb.ts';

export async function runBundleVerify(
  files: readonly string[],
  { json, quiet }: { readonly json: boolean; readonly quiet: boolean },
  { cwd, stdout, stderr, signal, exit }: VerbContext,
): Promise<void> {
  const reporter = terminalReporter({
    verbosity: quiet ? 'quiet' : 'normal',
    color: false,
    interactive: stderr.isTTY,
    columns: () => stderr.columns,
    write: (text) => stderr.write(text),
  });
  const paths = files.map((file) => resolve(cwd, file));
  const volumes = await verifyVolumes(paths, reporter, signal);
  const whole = volumes.filter(({ problem }) => problem === undefined);
  // Volumes of several bundles may be verified at once. The first volume of each has the keys.
  const keys = new Set<string>();
  for (const { file } of whole.filter(({ volume }) => volume?.number === 1)) {
    for (const key of await travellingKeys(await openBundle([file]), reporter, signal)) keys.add(key);
  }
  if (json) stdout.write(`${JSON.stringify(verifiedJson(volumes, [...keys]), null, 2)}\n`);
  else {
    for (const volume of volumes) {
      if (volume.problem !== undefined) reporter.error(verifiedLine(volume));
      else if (!quiet) stdout.write(`${verifiedLine(volume)}\n`);
    }
    if (!quiet) for (const line of keyLines([...keys])) stdout.write(`${line}\n`);
  }
  exit(verifiedExitCode(volumes));
}

export async function runBundleList(
  places: readonly string[],
  options: SharedOptions,
  context: VerbContext,
): Promise<void> {
  const { cwd, stdout, signal, exit } = context;
  const specs = new Map<string, EntryName>();
  const add = ({ name, version, hash }: EntryName) => void specs.set(hash, { name, version, hash });
  const mirrors: string[] = [];
  let isPart = false;
  const around = await readSurroundings(options, context);
  for (const place of places) {
    const file = resolve(cwd, place);
    if (!(await isFile(file))) {
      mirrors.push(place);
      continue;
    }
    const bundle = await findBundle([file]);
    for (const spec of bundledSpecs(bundle)) add(spec);
    for (const missing of bundle.missing) {
      around.reporter.warn(
        `volume ${missing} of ${bundle.manifest.volumes.length} of ${place} is not here: its specs are not listed`,
      );
      isPart = true;
    }
  }
  for (const spec of await listMirrors(mirrors, options, context)) add(spec);
  const sorted = [...specs.values()].sort((a, b) => (bundledLine(a) < bundledLine(b) ? -1 : 1));
  if (options.json) stdout.write(`${JSON.stringify(listedJson(sorted), null, 2)}\n`);
  else for (const spec of sorted) stdout.write(`${bundledLine(spec)}\n`);
  signal.throwIfAborted();
  exit(isPart ? 1 : 0);
}

/** @throws BuildcacheError where the contents of a mirror are unknown, since a partial list would look complete */
async function listMirrors(
  names: readonly string[],
  options: SharedOptions,
  context: VerbContext,
): Promise<readonly EntryName[]> {
  if (names.length === 0) return [];
  const around = await readSurroundings({ ...options, mirrorUrl: names }, context);
  const { connection, index, reporter } = around;
  const { specs, failures, notes } = await list(
    {
      mirrors: around.mirrors,
      ...{ constraints: [], names: [], host: undefined, connection, index },
      signal: context.signal,
    },
    reporter,
  );
  for (const note of notes) reporter.warn(note);
  for (const { error } of failures) throw error;
  return specs;
}

async function isFile(file: string): Promise<boolean> {
  return await stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
}
