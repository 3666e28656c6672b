/** `buildcache list`: options in, specs and exit code out. */
import type { Command } from 'commander';
import { type ListResult, list } from '../../../commands/list.ts';
import { BuildcacheError, describeError } from '../../../core/errors.ts';
import { isGlob } from '../../../plan/selection.ts';
import { listJson } from '../../../report/list-json.ts';
import { listText } from '../../../report/list-text.ts';
import type { Reporter } from '../../../report/reporter.ts';
import { terminalStyle } from '../../../report/terminal.ts';
import { parseSpecArguments } from '../../../spec/constraint/parse.ts';
import { hostArchitecture } from '../../../spec/host-architecture.ts';
import { withIndexStore } from '../../shared/index-folder.ts';
import { addSharedOptions, readSurroundings, type SharedOptions } from '../shared-options.ts';
import type { VerbContext } from '../verb.ts';

interface ListCommandOptions extends SharedOptions {
  readonly long: boolean;
  readonly veryLong: boolean;
  readonly variants: boolean;
  readonly namespaces: boolean;
  readonly allarch: boolean;
  readonly allowEmpty: boolean;
}

export function define(command: Command, context: VerbContext): void {
  // Spack's `buildcache list -v` shows variants.
  addSharedOptions(command, { verbose: '--verbose' })
    .argument(
      '[spec...]',
      'specs to list, or patterns of names such as py-* (default: all that run on this machine)',
    )
    .option('-l, --long', 'show the first characters of hashes', false)
    .option('-L, --very-long', 'show whole hashes', false)
    .option('-v, --variants', 'show variants', false)
    .option('-N, --namespaces', 'show namespaces', false)
    .option('-a, --allarch', 'list what other machines run, too', false)
    .option('--allow-empty', 'no match or no mirrors is fine', false)
    .action((specs: readonly string[], options: ListCommandOptions) => run(specs, options, context));
}

async function run(
  specs: readonly string[],
  options: ListCommandOptions,
  context: VerbContext,
): Promise<void> {
  const names = specs.filter(isGlob);
  const constraints = parseSpecArguments(specs.filter((spec) => !isGlob(spec)));
  const around = await readSurroundings(options, context);
  const { mirrors, reporter } = around;
  if (mirrors.length === 0 && !options.allowEmpty) {
    throw new BuildcacheError('usage', 'there is no mirror to list', {
      hint: 'configure it in spack.yaml, or name it with --mirror-url or --mirrors (in the action: the input mirrors)',
    });
  }
  const result = await withIndexStore(around, async (store) =>
    list(
      {
        ...around,
        constraints,
        names,
        host: options.allarch ? undefined : await hostArchitecture(),
        index: { ...around.index, store },
        signal: context.signal,
      },
      reporter,
    ),
  );
  const { stdout } = context;
  if (options.json) {
    writeInPieces(stdout, listJson(result.specs), '');
  } else {
    const shown = {
      hash: options.veryLong ? 'full' : options.long ? 'short' : 'none',
      namespaces: options.namespaces,
      variants: options.variants,
      mirrors: mirrors.length > 1,
    } as const;
    writeInPieces(stdout, listText(result.specs, shown, terminalStyle(around.color)), '\n');
  }
  report(result, specs, options, reporter);
  const empty = result.specs.length === 0 && !options.allowEmpty;
  context.exit(result.failures.length > 0 || empty ? 2 : 0);
}

function report(
  { specs, elsewhere, failures, notes }: ListResult,
  asked: readonly string[],
  options: ListCommandOptions,
  to: Reporter,
): void {
  for (const note of notes) to.warn(note);
  for (const { mirror, error } of failures) {
    const text = describeError(error);
    // The text already begins with a mirror that is named by its URL.
    to.error(text.startsWith(mirror) ? text : `${mirror}: ${text}`);
  }
  const more = elsewhere === 1 ? 'one more runs' : `${elsewhere} more run`;
  if (specs.length > 0)
    to.debug(elsewhere > 0 ? `${more} on other machines: --allarch lists them` : 'that is all');
  else if (elsewhere > 0)
    to.error(`nothing that matches runs on this machine; ${more} on others: --allarch lists them`);
  else if (failures.length === 0 && !options.allowEmpty)
    to.error(
      asked.length === 0 ? 'the mirrors hold no specs' : `no spec in the mirrors matches ${asked.join(' ')}`,
    );
}

/** Writes pieces of many lines: line by line would be slow, and a million lines are too long for one string. */
function writeInPieces(to: VerbContext['stdout'], parts: Iterable<string>, end: string): void {
  let piece = '';
  for (const part of parts) {
    piece += part + end;
    if (piece.length < 64 * 1024) continue;
    to.write(piece);
    piece = '';
  }
  if (piece !== '') to.write(piece);
}
