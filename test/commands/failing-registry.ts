/** A registry that fails now and then, as they do under load; never so often that giving up would be right. */
import type { RegistryFault, RegistryRequestLog } from '../harness/registry.ts';

export interface Failures {
  isFailing: boolean;
  /** So far. */
  faults: number;
}

/** One request in so many. */
const ONE_IN = 20;
/** In a row, of one method and path; of a blob in all, since to read one takes several requests. */
const MOST = 2;

export function failNowAndThen(failures: Failures): (request: RegistryRequestLog) => RegistryFault {
  const inARow = new Map<string, number>();
  return ({ method, path }) => {
    const blob = /sha256:[0-9a-f]{64}/.exec(path)?.[0];
    const key = blob ?? `${method} ${path}`;
    const before = inARow.get(key) ?? 0;
    if (!failures.isFailing || before >= MOST || Math.random() * ONE_IN >= 1) {
      if (blob === undefined) inARow.delete(key);
      return undefined;
    }
    inARow.set(key, before + 1);
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
