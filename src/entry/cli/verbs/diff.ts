/** `buildcache diff`: two environments in, what changed and exit code out. */
import type { Command } from 'commander';
import { diff } from '../../../commands/diff.ts';
import { diffExitCode } from '../../../plan/explain-result.ts';
import { diffJson } from '../../../report/diff-json.ts';
import { diffText } from '../../../report/diff-text.ts';
import { terminalStyle } from '../../../report/terminal.ts';
import { addSharedOptions, readSurroundings, type SharedOptions } from '../shared-options.ts';
import type { VerbContext } from '../verb.ts';

interface DiffCommandOptions extends SharedOptions {
  readonly exitCode: boolean;
  readonly markdown: boolean;
}

export function define(command: Command, context: VerbContext): void {
  addSharedOptions(command)
    .argument('<old>', 'an environment: a folder, a lockfile, or git:REV:PATH')
    .argument('<new>', 'the other one')
    .option('--exit-code', 'exit with 1 where they differ', false)
    .option('--markdown', 'print it as Markdown', false)
    .action((old: string, to: string, options: DiffCommandOptions) => run(old, to, options, context));
}

async function run(
  old: string,
  to: string,
  options: DiffCommandOptions,
  context: VerbContext,
): Promise<void> {
  // Two environments are named, and neither is the environment of the working directory.
  const around = await readSurroundings({ ...options, environment: options.environment ?? '.' }, context);
  const { cwd, env, signal, stdout } = context;
  const isAsked = options.mirrorUrl.length > 0 || options.mirrors !== undefined;
  const result = await diff(
    {
      ...around,
      mirrors: isAsked || options.environment !== undefined ? around.mirrors : [],
      cwd,
      env,
      signal,
      old,
      new: to,
      needs: { kind: 'all' },
      verify: 'exists',
      forbidden: 'auto',
    },
    around.reporter,
  );
  for (const { name, notes } of result.gate?.answers ?? []) {
    for (const note of notes) around.reporter.warn(`${name}: ${note}`);
  }
  if (options.json) stdout.write(`${JSON.stringify(diffJson(result, options.exitCode), null, 2)}\n`);
  else if (options.markdown) {
    const { diffMarkdown } = await import('../../../github/explain-markdown.ts');
    stdout.write(diffMarkdown(result));
  } else if (!options.quiet) {
    stdout.write(`${diffText(result, options.verbose, terminalStyle(around.color)).join('\n')}\n`);
  }
  context.exit(diffExitCode(result, options.exitCode));
}
