/** Where a mirror is going, from prune to prune. */
import type { PruneTrend } from '../plan/prune-history.ts';
import { bytesText } from './amounts.ts';

/** One sentence. */
export function trendSentence({ since, entries, bytes }: PruneTrend): string {
  const size = bytes === undefined ? '' : `, ${signed(bytes, bytesText)}`;
  return `Since ${dayOf(since)}: ${signed(entries, String)} entries${size}`;
}

/** A row a run: day, entries, size, removed, freed. */
export function trendRows({ runs }: PruneTrend): string[][] {
  const size = (bytes: number | undefined) => (bytes === undefined ? '' : bytesText(bytes));
  return runs.map(({ time, entries, removed, bytes, freed }) => [
    ...[dayOf(time), String(entries), size(bytes), String(removed), size(freed)],
  ]);
}

export function trendJson(trend: PruneTrend | undefined) {
  if (trend === undefined) return null;
  const { since, entries, bytes = null } = trend;
  return { since: since.toISOString(), entries, bytes };
}

function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}

function signed(value: number, text: (amount: number) => string): string {
  return `${value < 0 ? '−' : '+'}${text(Math.abs(value))}`;
}
