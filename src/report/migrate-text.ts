/** The result of a migration, for a person and for machines. */
import { oneLine } from '../core/errors.ts';
import { type MigrateOutcome, type MigrateResult, migrateExitCode } from '../plan/migrate-result.ts';
import { shortHash } from '../spec/node.ts';
import { bytesText } from './amounts.ts';
import { PLAIN_STYLE, type Style } from './check-text.ts';
import { failedLines } from './push-text.ts';

/** Lines without line ends. @param verbose also list entries that were migrated */
export function migrateText(result: MigrateResult, verbose: boolean, style: Style = PLAIN_STYLE): string[] {
  const lines: string[] = [];
  const failures: { name: string; reason: string }[] = [];
  for (const outcome of result.outcomes) {
    if (outcome.kind === 'failed') failures.push({ name: outcome.key, reason: outcome.reason });
    else if (verbose) {
      const { name, version } = outcome.spec;
      lines.push(oneLine(`${WORDS[outcome.kind]}: ${name}@${version}/${shortHash(outcome.spec)}`));
    }
  }
  lines.push(...failedLines(failures, style));
  const counts = countOutcomes(result.outcomes);
  const sent = result.outcomes.reduce((sum, each) => sum + (each.kind === 'migrated' ? each.sent : 0), 0);
  const parts = result.dryRun
    ? [`${counts['would-migrate']} would be migrated`]
    : [`${counts.migrated} migrated (${bytesText(sent)})`];
  if (counts.present > 0) parts.push(`${counts.present} already there`);
  if (counts.failed > 0) parts.push(style.bad(`${counts.failed} failed`));
  if (result.deleted > 0) parts.push(`${result.deleted} objects of the old layout deleted`);
  lines.push(`${parts.join(', ')}  ${style.dim(oneLine(result.to))}`);
  for (const problem of result.problems) lines.push(style.doubt(oneLine(problem)));
  return lines;
}

/** What `migrate --json` prints. Within one `version`, fields are only added. */
export function migrateJson(result: MigrateResult): unknown {
  return {
    version: 1,
    exit_code: migrateExitCode(result),
    from: result.from,
    to: result.to,
    dry_run: result.dryRun,
    counts: countOutcomes(result.outcomes),
    specs: result.outcomes.map((outcome) =>
      outcome.kind === 'failed'
        ? { key: outcome.key, outcome: outcome.kind, reason: outcome.reason }
        : {
            key: outcome.key,
            outcome: outcome.kind,
            name: outcome.spec.name,
            version: outcome.spec.version,
            hash: outcome.spec.hash,
          },
    ),
    index: result.index ?? null,
    deleted: result.deleted,
    problems: result.problems,
  };
}

const WORDS = {
  migrated: 'migrated',
  'would-migrate': 'would be migrated',
  present: 'already there',
} as const;

function countOutcomes(outcomes: readonly MigrateOutcome[]): Record<MigrateOutcome['kind'], number> {
  const counts = { migrated: 0, 'would-migrate': 0, present: 0, failed: 0 };
  for (const { kind } of outcomes) counts[kind]++;
  return counts;
}
