/** `buildcache explain`: options in, causes and exit code out. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { explainEnvironment } from '../../../commands/explain.ts';
import { explainExitCode } from '../../../plan/explain-result.ts';
import { EVERYTHING } from '../../../plan/selection.ts';
import { explainJson } from '../../../report/explain-json.ts';
import { explainText } from '../../../report/explain-text.ts';
import { terminalStyle } from '../../../report/terminal.ts';
import { withIndexStore } from '../../shared/index-folder.ts';
import { parseNeeds } from '../../shared/presence-request.ts';
import { addSharedOptions, readSurroundings, type SharedOptions } from '../shared-options.ts';
import type { VerbContext } from '../verb.ts';

interface ExplainCommandOptions extends SharedOptions {
  readonly against?: string;
  readonly store?: string;
  readonly needs: string;
  readonly markdown: boolean;
}

export function define(command: Command, context: VerbContext): void {
  addSharedOptions(command)
    .argument('[spec...]', 'specs to explain (default: all of the environment)')
    .option(
      '--against <env|git:rev:path>',
      'compare with another lockfile, too: a file, or one of a git revision',
    )
    .option('--store <dir>', 'compare with what is installed there, too: the root of an install tree')
    .option(
      '--needs <any|all|mirror>',
      'a spec is missing when any mirror lacks it, all do, or that one',
      'any',
    )
    .option('--markdown', 'print it as Markdown', false)
    .action((specs: readonly string[], options: ExplainCommandOptions) => run(specs, options, context));
}

async function run(
  specs: readonly string[],
  options: ExplainCommandOptions,
  context: VerbContext,
): Promise<void> {
  const around = await readSurroundings(options, context);
  const { cwd, env, signal, stdout } = context;
  const result = await withIndexStore(around, (store) =>
    explainEnvironment(
      {
        ...around,
        cwd,
        env,
        signal,
        index: { ...around.index, store },
        against: options.against,
        store: options.store === undefined ? undefined : resolve(cwd, options.store),
        selection: { ...EVERYTHING, specs },
        needs: parseNeeds(options.needs),
        verify: 'exists',
        forbidden: 'auto',
      },
      around.reporter,
    ),
  );
  const notes = (result.gate?.answers ?? []).flatMap((answer) =>
    answer.notes.map((note) => `${answer.name}: ${note}`),
  );
  for (const note of new Set([...notes, ...result.notes])) around.reporter.warn(note);
  if (options.json) stdout.write(`${JSON.stringify(explainJson(result), null, 2)}\n`);
  else if (options.markdown) {
    const { explainMarkdown } = await import('../../../github/explain-markdown.ts');
    stdout.write(explainMarkdown(result));
  } else if (!options.quiet) {
    stdout.write(`${explainText(result, options.verbose, terminalStyle(around.color)).join('\n')}\n`);
  }
  context.exit(explainExitCode(result));
}
