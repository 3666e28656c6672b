/** argv -> verb -> exit code. Only the modules that the verb needs are loaded. */
import { setMaxListeners } from 'node:events';
import { inspect } from 'node:util';
import { readBeside } from '../../core/beside-bundle.ts';
import { BuildcacheError, describeError, describeInLines, errorCode, fileError } from '../../core/errors.ts';
import { inert } from '../../github/workflow-commands.ts';
import { abortOnSignals } from '../shared/signals.ts';
import { exitOnUncaught } from '../uncaught.ts';
import { variables } from '../variables.ts';
import { refuseBlanks } from './blank-values.ts';
import { HELP_LAYOUT, PROGRAM_EPILOGUE, verbEpilogue } from './help.ts';
import type { VerbContext, Output as VerbOutput } from './verb.ts';
import { VERBS } from './verbs.ts';

/**
 * Runs the command line in this process: its streams, environment, working directory and signals.
 * @param argv without the interpreter and the script
 * @returns the exit code: 0 done or yes, 1 no, 2 could not tell or wrong usage
 */
export async function runCli(argv: readonly string[], version: string): Promise<number> {
  // Every request under way listens for the signal. Node 20 takes more than ten listeners for a leak, and warns.
  setMaxListeners(0);
  const { signal } = abortOnSignals(() => process.exit(2));
  const { stdout, stderr } = process;
  const out = output(stdout);
  const streams = { stdout: out, stderr: output(stderr) };
  const env = variables();
  exitOnUncaught((text) => void withoutCommands(streams.stderr).write(`error: ${text}\n`));
  const code = await runVerb(argv, { env, cwd: process.cwd(), ...streams, signal }, version);
  const failure = await out.end();
  if (failure === undefined) return code;
  stderr.write(`error: ${describeError(fileError(failure, 'stdout', 'write the answer'))}\n`);
  return 2; // the reader of the output has only a part of it, or nothing
}

/** Runs the command line in a given context. Arguments and exit codes are those of {@link runCli}. */
export async function runVerb(
  argv: readonly string[],
  surroundings: Omit<VerbContext, 'exit' | 'version'>,
  version: string,
): Promise<number> {
  const { env, signal } = surroundings;
  const stdout = withoutCommands(surroundings.stdout);
  const stderr = withoutCommands(surroundings.stderr);
  if (argv[0] === '--version' || argv[0] === '-V') {
    stdout.write(`${version}\n`);
    return 0;
  }
  let code = 0;
  const exit = (verdict: number) => {
    code = verdict;
  };
  const { CommanderError } = await import('commander');
  try {
    const program = await buildProgram(argv, { ...surroundings, stdout, stderr, exit }, version);
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const cancelled = signal.aborted || errorCode(error) === 'cancelled';
    // The error is one line, with how far the verb came if that is known.
    const reached =
      error instanceof BuildcacheError && error.code === 'cancelled' ? error.message : 'cancelled';
    const lines = cancelled ? [reached] : describeInLines(error);
    stderr.write(`error: ${lines.join('\n')}\n`);
    if (errorCode(error) === 'internal' && !cancelled && env['BUILDCACHE_DEBUG'])
      stderr.write(`${inspect(error)}\n`);
    return 2;
  }
}

/** No text of a mirror, a spec or a file is a command to the CI service that runs us: most read all that is printed. */
function withoutCommands(stream: VerbOutput): VerbOutput {
  return {
    write: (text) => stream.write(inert(text)),
    isTTY: stream.isTTY,
    get columns() {
      return stream.columns;
    },
  };
}

/** The program with the options of one verb, or of all of them for `--help` and the generated reference. */
export async function buildProgram(
  argv: readonly string[],
  context: Omit<VerbContext, 'version'>,
  version: string,
) {
  const { Command } = await import('commander');
  const program = new Command('buildcache')
    .description('Spack build caches, without Spack')
    .version(version, '-V, --version')
    .exitOverride()
    .configureHelp(HELP_LAYOUT)
    .addHelpText('after', PROGRAM_EPILOGUE)
    .hook('preAction', (_, verb) => refuseBlanks(verb))
    .showHelpAfterError('(run with --help for the options)')
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: (text) => context.stderr.write(text),
    });
  const asked = VERBS.find(({ name, aliases }) => argv[0] === name || aliases.includes(argv[0] ?? ''));
  for (const verb of VERBS) {
    const command = program
      .command(verb.name)
      .aliases([...verb.aliases])
      .description(verb.summary);
    command.exitOverride().copyInheritedSettings(program);
    if (asked !== undefined && verb !== asked) continue;
    (await verb.load()).define(command, { ...context, version });
    command.addHelpText('after', verbEpilogue(verb));
  }
  return program;
}

/** The version in the package's own manifest, which lies beside the bundle's folder. */
export function packageVersion(file: URL): string {
  const manifest: unknown = JSON.parse(readBeside(file));
  const version =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : '';
  return String(version);
}

interface Output {
  write(text: string): void;
  readonly isTTY: boolean;
  readonly columns: number | undefined;
  /** Waits until everything is written. @returns why it could not be */
  end(): Promise<Error | undefined>;
}

function output(stream: NodeJS.WriteStream): Output {
  let failure: NodeJS.ErrnoException | undefined;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    failure ??= error;
  });
  return {
    write: (text) => void stream.write(text),
    isTTY: stream.isTTY === true,
    get columns() {
      return stream.columns;
    },
    async end() {
      // The stream reports an error only after the callback of a write.
      await new Promise<void>((resolve) => stream.write('', () => setImmediate(resolve)));
      // `check | head` closes the pipe: that is no failure of ours.
      return failure?.code === 'EPIPE' ? undefined : failure;
    },
  };
}
