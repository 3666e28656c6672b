/** `buildcache get-buildcache-name`: a spec in, the name of its entry out. */
import type { Command } from 'commander';
import { entryName } from '../../../cache/layouts/layout3.ts';
import { readOneSpec } from '../one-spec.ts';
import { addSharedOptions, readSurroundings, type SharedOptions } from '../shared-options.ts';
import type { VerbContext } from '../verb.ts';

interface NameCommandOptions extends SharedOptions {
  readonly spec?: string;
  readonly specFile?: string;
}

export function define(command: Command, context: VerbContext): void {
  addSharedOptions(command)
    .option('-s, --spec <spec>', 'a spec of the environment')
    .option('--spec-file <file>', 'a spec.json')
    .action((options: NameCommandOptions) => run(options, context));
}

async function run(options: NameCommandOptions, context: VerbContext): Promise<void> {
  const { environment } = await readSurroundings(options, context);
  const named = { spec: options.spec, file: options.specFile };
  const { spec } = await readOneSpec(named, { spec: '--spec', file: '--spec-file' }, environment, context);
  const name = entryName(spec);
  context.stdout.write(
    options.json ? `${JSON.stringify({ version: 1, name, hash: spec.hash })}\n` : `${name}\n`,
  );
  context.exit(0);
}
