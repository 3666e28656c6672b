/** A registry that fails now and then, as they do under load; never so often that giving up would be right. */
import type { RegistryFault, RegistryRequestLog } from '../harness/registry.ts';

export interface Failures {
  isFailing: boolean;
  /** So far. */
  faults: number;
}

/** One request in so many. */
const ONE_IN = 20;
/**
 * Of one blob, which takes several requests, else of one method and path. In all: requests of many jobs may have one path,
 * such as those that begin an upload, and one of them could fail each time it is tried while the others go through.
 */
const MOST = 2;

export function failNowAndThen(failures: Failures): (request: RegistryRequestLog) => RegistryFault {
  const soFar = new Map<string, number>();
  return ({ method, path }) => {
    const key = /sha256:[0-9a-f]{64}/.exec(path)?.[0] ?? `${method} ${path}`;
    const before = soFar.get(key) ?? 0;
    if (!failures.isFailing || before >= MOST || Math.random() * ONE_IN >= 1) return undefined;
    soFar.set(key, before + 1);
    failures.faults++;
    return FAULTS[Math.floor(Math.random() * FAULTS.length)];
  };
}

const FAULTS: readonly RegistryFault[] = [
  { status: 429, headers: { 'retry-after': '0' } },
  { status: 429 },
  { status: 500, body: 'internal error' },
  { status: 503, headers: { 'retry-after': '1' } },
  'reset',
  'lose-answer',
  { truncateAt: 10 },
];
