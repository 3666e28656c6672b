/**
 * `buildcache plan`: divides what is missing into jobs for a site's engine. With `--chunk`, in such a job, it builds what
 * is still missing of the chunk and can be built.
 */

import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Forbidden, Verify } from '../../../cache/reading/presence.ts';
import { type PlanResult, plan } from '../../../commands/plan.ts';
import { BuildcacheError, errorCode, fileError } from '../../../core/errors.ts';
import { readBoundedText } from '../../../core/read-file.ts';
import { MAX_JOBS } from '../../../plan/matrix.ts';
import { EVERYTHING } from '../../../plan/selection.ts';
import { unknownReasons } from '../../../report/check-text.ts';
import { nameSome } from '../../../report/shared-reasons.ts';
import { readTreeIfThere } from '../../../tree/install-snapshot.ts';
import type { InstallTree } from '../../../tree/install-tree.ts';
import { removeAnswer, writeAnswer } from '../../shared/answer-file.ts';
import { RUNNERS } from '../../shared/limits.ts';
import { jobCommand } from '../../shared/plan-command.ts';
import { PLAN_DEFAULTS } from '../../shared/plan-request.ts';
import { FORBIDDEN, parseNeeds, VERIFY } from '../../shared/presence-request.ts';
import {
  addSharedOptions,
  readSurroundings,
  type SharedOptions,
  type Surroundings,
  wholeNumber,
} from '../shared-options.ts';
import { specArguments } from '../spec-arguments.ts';
import { storePlace } from '../store-options.ts';
import type { VerbContext } from '../verb.ts';

export type PlanFormat = 'text' | 'json' | 'github' | 'gitlab' | 'slurm';

export interface PlanCommandOptions extends SharedOptions {
  readonly format: PlanFormat;
  readonly outputFile?: string;
  readonly runners: number;
  readonly overhead: number;
  readonly maxJobs: number;
  readonly waves: number;
  readonly times?: string;
  readonly store?: string;
  readonly needs: string;
  readonly verify: Verify;
  readonly forbidden: Forbidden;
  readonly onUnknown: 'fail' | 'rebuild';
  readonly command?: string;
  readonly default?: string;
  readonly chunk?: string;
  readonly allowEmpty: boolean;
}

export function define(command: Command, context: VerbContext): void {
  addSharedOptions(command)
    .argument(
      '[spec...]',
      'specs to plan, with what they need (default: all); with --chunk: the command that builds',
    )
    .addOption(
      new Option('--format <what>', 'for people, for programs, or for an engine')
        .choices(['text', 'json', 'github', 'gitlab', 'slurm'])
        .default('text'),
    )
    .option('-o, --output-file <file>', 'write the plan there')
    .option('--runners <n>', 'how many jobs run at once', wholeNumber(RUNNERS), RUNNERS.default)
    .option('--overhead <seconds>', 'what a job costs beside its builds', seconds, PLAN_DEFAULTS.overhead)
    .option(
      '--max-jobs <n>',
      'most jobs; for GitHub, of a wave',
      wholeNumber({ least: 1, most: 2000 }),
      MAX_JOBS,
    )
    .option(
      '--waves <n>',
      'for GitHub: most waves of jobs',
      wholeNumber({ least: 1, most: 100 }),
      PLAN_DEFAULTS.waves,
    )
    .option('--times <file>', 'how long builds took before, as autopush --times writes it')
    .option(
      '--store <dir>',
      'an install tree whose builds say how long they took (default: the configured one)',
    )
    .option(
      '--needs <any|all|mirror>',
      'a spec is missing when it is on none of the mirrors (all), not on each, or not on that one',
      'all',
    )
    .addOption(
      new Option('--verify <how>', 'believe the index, read every manifest, or ask for every blob too')
        .choices(VERIFY)
        .default(VERIFY[0]),
    )
    .addOption(
      new Option('--forbidden <meaning>', 'what a 403 for a single entry means')
        .choices(FORBIDDEN)
        .default(FORBIDDEN[0]),
    )
    .addOption(
      new Option(
        '--on-unknown <what>',
        'when a mirror gives no answer: no plan, or what it may lack is missing',
      )
        .choices(['fail', 'rebuild'])
        .default('fail'),
    )
    .option('--command <line>', 'for GitLab and Slurm: what a job runs; $BUILDCACHE_CHUNK has its hashes')
    .option('--default <file>', "for GitLab: YAML for the pipeline's default:")
    .option('--chunk <hashes>', 'in a job: build these, as far as they are missing and nothing they need is')
    .option('--allow-empty', 'no specs or no mirrors is fine', false)
    .action(async (operands: readonly string[], options: PlanCommandOptions) => {
      if (options.chunk === undefined) return await run(operands, options, context);
      if (options.outputFile !== undefined)
        throw new BuildcacheError('usage', '--chunk builds and makes no plan that --output-file could take');
      const { runChunk } = await import('../plan-chunk.ts');
      return await runChunk(options.chunk, operands, options, context);
    });
}

async function run(
  operands: readonly string[],
  options: PlanCommandOptions,
  context: VerbContext,
): Promise<void> {
  const output = options.outputFile === undefined ? undefined : resolve(context.cwd, options.outputFile);
  let told = false;
  try {
    const around = await readSurroundings(options, context);
    const format = options.json ? 'json' : options.format;
    const result = await plan(
      {
        ...asked(options, around, context),
        selection: { ...EVERYTHING, specs: await specArguments(operands) },
        limits: {
          runners: options.runners,
          overhead: options.overhead,
          maxJobs: format === 'github' ? Math.min(options.maxJobs, MAX_JOBS) : options.maxJobs,
          waves: format === 'github' ? options.waves : undefined,
        },
        tree: await treeOf(options, around, context),
        times: options.times === undefined ? undefined : resolve(context.cwd, options.times),
      },
      around.reporter,
    );
    sayNotes(result.check.answers, around);
    if (result.plan === undefined) {
      sayUnknown(result.check, around);
      context.exit(2);
      return;
    }
    if (['github', 'gitlab', 'slurm'].includes(format)) {
      const { homelessWarning } = await import('../../../report/plan-text.ts');
      const warning = homelessWarning(result.homeless);
      if (warning !== undefined) around.reporter.warn(warning);
    }
    const text = await formatted(format, { ...result, plan: result.plan }, options, context);
    told = true;
    if (output !== undefined) await writeAnswer(output, text, context);
    else if (!options.quiet) context.stdout.write(text);
    context.exit(0);
  } finally {
    // The file of an earlier run must not be taken for this run's plan.
    if (!told && output !== undefined) await removeAnswer(output);
  }
}

/** The options for asking the mirrors, the same with and without `--chunk`. */
export function asked(options: PlanCommandOptions, around: Surroundings, { signal }: VerbContext) {
  return {
    ...around,
    needs: parseNeeds(options.needs),
    verify: options.verify,
    forbidden: options.forbidden,
    allowEmpty: options.allowEmpty,
    isConfined: options.onlyMirrors.length > 0,
    unknownIsMissing: options.onUnknown === 'rebuild',
    signal,
  };
}

async function formatted(
  format: PlanFormat,
  { plan: made, homeless, check }: PlanResult & { readonly plan: NonNullable<PlanResult['plan']> },
  options: PlanCommandOptions,
  context: VerbContext,
): Promise<string> {
  switch (format) {
    case 'text': {
      const { planText } = await import('../../../report/plan-text.ts');
      return `${planText(made, homeless, check.decisions.length).join('\n')}\n`;
    }
    case 'json': {
      const { planJson } = await import('../../../report/plan-json.ts');
      return `${JSON.stringify(planJson(made, homeless), null, 2)}\n`;
    }
    case 'github': {
      const { githubWaves } = await import('../../../report/plan-github.ts');
      return `${JSON.stringify(githubWaves(made))}\n`;
    }
    case 'gitlab': {
      const { gitlabPipeline } = await import('../../../report/plan-gitlab.ts');
      const defaults = await defaultsOf(options.default, context);
      return gitlabPipeline(made, { command: lineOfJobs(options, context), defaults });
    }
    case 'slurm': {
      const { slurmScript } = await import('../../../report/plan-slurm.ts');
      return slurmScript(made, { command: lineOfJobs(options, context) });
    }
  }
}

/** What a job runs. A job need not have the variables of this process. */
function lineOfJobs(options: PlanCommandOptions, { env }: VerbContext): string {
  const environment = options.environment ?? (env['SPACK_ENV'] || '.');
  return options.command ?? jobCommand({ ...options, environment });
}

/** Bytes. No file of settings is as long. */
const MAX_DEFAULTS = 64 * 1024;

/** The text unchanged, so that tags and anchors stay. @throws BuildcacheError `bad-input` if it is not a mapping */
async function defaultsOf(name: string | undefined, { cwd }: VerbContext): Promise<string | undefined> {
  if (name === undefined) return undefined;
  const file = resolve(cwd, name);
  const text = await readBoundedText(file, 16 * MAX_DEFAULTS).catch((error: unknown) => {
    throw fileError(error, file, 'read what jobs have in common');
  });
  const { isMap, parseDocument } = await import('yaml');
  const document = text.length > MAX_DEFAULTS ? undefined : parseDocument(text, { logLevel: 'silent' });
  const isWhole = document !== undefined && document.errors.length === 0 && !/^(---|\.\.\.|%)/m.test(text);
  if (isWhole && isMap(document.contents)) return text;
  throw new BuildcacheError('bad-input', "this cannot be the pipeline's default:", {
    file,
    expected: `a mapping in YAML, without --- around it, of at most ${MAX_DEFAULTS} characters`,
    ...(document?.errors[0] === undefined ? {} : { found: document.errors[0].message.split('\n')[0] ?? '' }),
  });
}

/** The install tree. It has to exist only if the user named it. */
export async function treeOf(
  options: PlanCommandOptions,
  around: Surroundings,
  context: VerbContext,
): Promise<InstallTree | undefined> {
  try {
    return await readTreeIfThere(await storePlace(options, around, context));
  } catch (error) {
    if (options.store === undefined && errorCode(error) === 'usage') return undefined;
    throw error;
  }
}

/** How many specs are named where there are many. */
export const NAMED = 3;

export function sayNotes(answers: PlanResult['check']['answers'], { reporter }: Surroundings): void {
  for (const { name, notes } of answers) for (const note of notes) reporter.warn(`${name}: ${note}`);
}

export function sayUnknown(result: PlanResult['check'], { reporter }: Surroundings): void {
  for (const { reason, names } of unknownReasons(result))
    reporter.error(`unknown: ${nameSome(names, NAMED)}: ${reason}`);
  reporter.error(
    'there is no plan from a guess: try again, or take what is unknown for missing with --on-unknown rebuild',
  );
}

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 86_400) return value;
  throw new InvalidArgumentError('Expected seconds, from 0 to 86400.');
}
