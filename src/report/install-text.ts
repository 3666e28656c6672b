/** The result of an install: a line for each spec while it works, and the sum at the end; also as JSON. */
import { oneLine } from '../core/errors.ts';
import {
  type InstalledSpec,
  type InstallOutcome,
  type InstallResult,
  installExitCode,
} from '../plan/install-result.ts';
import { shortSpec } from '../spec/format.ts';
import { type SpecNode, shortHash } from '../spec/node.ts';
import { PLAIN_STYLE, type Style } from './check-text.ts';
import { failedLines } from './push-text.ts';
import { nameSome, shareReasons } from './shared-reasons.ts';

/** One line for one outcome, when it is known. */
export function installLine({ spec, outcome, prefix }: InstalledSpec): string {
  return oneLine(`${specName(spec)}: ${outcomeText(outcome, prefix)}`);
}

/** Whether an outcome gets a line of its own when it is known. The sum says how many others there are. */
export function isTold({ kind }: InstallOutcome): boolean {
  return kind !== 'present' && kind !== 'external';
}

/** How far it came, in one line. */
export function installSum(result: InstallResult): string {
  return sumParts(result, PLAIN_STYLE).join(', ');
}

function sumParts(result: InstallResult, style: Style): string[] {
  const counts = countOutcomes(result);
  const parts: string[] = [];
  if (result.dryRun) parts.push(`${counts['would-install']} would be installed`);
  else parts.push(style.good(`${counts.installed} installed`));
  if (counts.present > 0) parts.push(`${counts.present} already there`);
  if (counts.external > 0) parts.push(`${counts.external} external`);
  if (counts['not-tried'] > 0) parts.push(style.doubt(`${counts['not-tried']} not tried`));
  if (counts.failed > 0) parts.push(style.bad(`${counts.failed} failed`));
  return parts;
}

/** Lines without line ends: the failures with their reasons, and the sum. */
export function installText(result: InstallResult, style: Style = PLAIN_STYLE): string[] {
  const lines = [`${sumParts(result, style).join(', ')}  ${style.dim(oneLine(result.root))}`];
  return [...lines, ...installProblems(result, style).map((text) => `  ${text}`)];
}

/** The specs that failed, and those that were not tried because of them. */
export function installProblems(result: InstallResult, style: Style = PLAIN_STYLE): string[] {
  const skipped = shareReasons(reasonsOf(result, 'not-tried')).map(
    ({ reason, names }) => `${style.doubt('not tried')} ${oneLine(`${nameSome(names)}: ${reason}`)}`,
  );
  return [...installFailures(result, style), ...skipped];
}

export function installFailures(result: InstallResult, style: Style = PLAIN_STYLE): string[] {
  return failedLines(reasonsOf(result, 'failed'), style);
}

function reasonsOf({ specs }: InstallResult, kind: 'failed' | 'not-tried') {
  return specs.flatMap(({ spec, outcome }) =>
    outcome.kind === kind && 'reason' in outcome ? [{ name: specName(spec), reason: outcome.reason }] : [],
  );
}

/** What `install --json` prints. Within one `version`, fields are only added. */
export function installJson(
  result: InstallResult,
  environment: ReadonlyMap<string, readonly string[]>,
): unknown {
  return {
    version: 1,
    exit_code: installExitCode(result),
    dry_run: result.dryRun,
    root: result.root,
    counts: countOutcomes(result),
    notes: result.notes,
    environment: Object.fromEntries(environment),
    specs: installedJson(result),
  };
}

/** The specs alone, as the action's output has them. */
export function installedJson({ specs }: InstallResult): readonly unknown[] {
  return specs.map(({ spec, prefix, root, outcome: { kind, ...facts } }) => ({
    name: spec.name,
    version: spec.version,
    hash: spec.hash,
    short_spec: shortSpec(spec),
    prefix: prefix ?? null,
    root,
    outcome: kind,
    ...snakeCase(facts),
  }));
}

/** Renames the keys to the form that all our JSON has. */
function snakeCase(facts: object): object {
  if (!('signedBy' in facts)) return facts;
  const { signedBy, ...rest } = facts;
  return { ...rest, signed_by: signedBy };
}

function countOutcomes({ specs }: InstallResult): Record<InstallOutcome['kind'], number> {
  const counts = { installed: 0, 'would-install': 0, present: 0, external: 0, 'not-tried': 0, failed: 0 };
  for (const { outcome } of specs) counts[outcome.kind]++;
  return counts;
}

function outcomeText(outcome: InstallOutcome, prefix: string | undefined): string {
  switch (outcome.kind) {
    case 'installed':
      return `installed from ${outcome.mirror}${outcome.signedBy === undefined ? ' (unsigned)' : ''}`;
    case 'would-install':
      return 'would be installed';
    case 'present':
      return 'already there';
    case 'external': {
      const place = prefix === undefined ? 'external' : `external, ${prefix}`;
      return outcome.missing ? `${place}, which is missing` : place;
    }
    case 'not-tried':
      return `not tried: ${outcome.reason}`;
    case 'failed':
      return `failed: ${outcome.reason}`;
  }
}

function specName(spec: SpecNode): string {
  return `${spec.name}@${spec.version}/${shortHash(spec)}`;
}
