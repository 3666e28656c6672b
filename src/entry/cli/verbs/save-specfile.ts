/** `buildcache save-specfile`: a root and which of its dependencies in, a spec.json for each out. */
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { BuildcacheError, fileError } from '../../../core/errors.ts';
import { makeFolder } from '../../../core/make-folder.ts';
import { writeWholeFile } from '../../../core/write-file.ts';
import type { Constraint } from '../../../spec/constraint/constraint.ts';
import { formatConstraint } from '../../../spec/constraint/format.ts';
import { satisfies } from '../../../spec/constraint/match.ts';
import { parseSpecArguments } from '../../../spec/constraint/parse.ts';
import { specEmitter } from '../../../spec/emit-spec.ts';
import { postOrder } from '../../../spec/graph.ts';
import type { SpecNode } from '../../../spec/node.ts';
import { readOneSpec } from '../one-spec.ts';
import { addSharedOptions, readSurroundings, type SharedOptions } from '../shared-options.ts';
import type { VerbContext } from '../verb.ts';

interface SaveCommandOptions extends SharedOptions {
  readonly rootSpec?: string;
  readonly rootSpecfile?: string;
  readonly specs: string;
  readonly specfileDir: string;
}

export function define(command: Command, context: VerbContext): void {
  addSharedOptions(command)
    .option('--root-spec <spec>', 'a spec of the environment')
    .option('--root-specfile <file>', 'its spec.json instead')
    .requiredOption('-s, --specs <specs>', 'which of the root and all below it to save, separated by spaces')
    .requiredOption('--specfile-dir <dir>', 'the folder to save them in, as NAME.json')
    .action((options: SaveCommandOptions) => run(options, context));
}

async function run(options: SaveCommandOptions, context: VerbContext): Promise<void> {
  const { environment, reporter } = await readSurroundings(options, context);
  const named = { spec: options.rootSpec, file: options.rootSpecfile };
  const flags = { spec: '--root-spec', file: '--root-specfile' };
  const { graph, spec } = await readOneSpec(named, flags, environment, context);
  const wanted = parseSpecArguments(options.specs.split(/\s+/).filter((text) => text !== ''));
  const nodes = postOrder(graph, [spec.hash]);
  const isMatch = (constraint: Constraint) => (node: SpecNode) => satisfies(graph, node, constraint);
  // A job that was told of all of them must not go on without one.
  const absent = wanted.filter((constraint) => !nodes.some(isMatch(constraint))).map(formatConstraint);
  if (absent.length > 0 || wanted.length === 0) {
    const what = absent.length === 0 ? options.specs : absent.join(' ');
    throw new BuildcacheError('not-found', `nothing in ${spec.name} matches ${JSON.stringify(what)}`);
  }
  const matching = nodes.filter((node) => wanted.some((constraint) => isMatch(constraint)(node)));
  const folder = resolve(context.cwd, options.specfileDir);
  await makeFolder(folder).catch((error: unknown) => {
    throw fileError(error, folder, 'make the folder');
  });
  const emitter = specEmitter(graph);
  const files = new Map<string, string>();
  // The root is written last: if a dependency has the same name, the file of that name is the root's.
  for (const node of matching) {
    const name = `${node.name}.json`;
    const other = files.get(name);
    if (other !== undefined)
      reporter.warn(`${name} was to be of /${other.slice(0, 7)} too: save that one by its hash`);
    files.set(name, node.hash);
    await writeWholeFile(join(folder, name), emitter.installedDocument(node.hash));
  }
  if (options.json) {
    const saved = [...files].map(([file, hash]) => ({ file: join(folder, file), hash }));
    context.stdout.write(`${JSON.stringify({ version: 1, saved }, null, 2)}\n`);
  } else if (!options.quiet) {
    for (const file of files.keys()) context.stdout.write(`${join(folder, file)}\n`);
  }
  context.exit(0);
}
