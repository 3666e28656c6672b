/** The history of prunes in a file, for verb and step: read before anything is removed, written after. */
import { resolve } from 'node:path';
import type { PruneResult } from '../../commands/prune.ts';
import { refuseDevice } from '../../core/device-path.ts';
import { fileError, systemCode } from '../../core/errors.ts';
import { readBoundedText } from '../../core/read-file.ts';
import {
  addRun,
  formatHistory,
  type PruneRun,
  type PruneTrend,
  parseHistory,
  trendOf,
} from '../../plan/prune-history.ts';
import { changeFile } from '../../storage/file/change-file.ts';

export interface PruneHistory {
  /** Undefined where there is no run to compare with. */
  trend(result: PruneResult): PruneTrend | undefined;
  /** Adds a run, unless it only looked. To be called last: what was removed is to be told also where this fails. */
  save(result: PruneResult): Promise<void>;
}

const MOST_BYTES = 4 * 1024 * 1024;

/**
 * @param name undefined: there is none
 * @throws BuildcacheError for what cannot be read, so that nothing is removed and the file stays
 */
export async function openHistory(name: string | undefined, cwd: string): Promise<PruneHistory> {
  if (name === undefined) return { trend: () => undefined, save: async () => undefined };
  const file = resolve(cwd, name);
  refuseDevice(file);
  const read = () =>
    readBoundedText(file, MOST_BYTES).catch((error: unknown) => {
      if (systemCode(error) === 'ENOENT') return undefined;
      throw fileError(error, file, 'read the history');
    });
  const parsed = (text: string | undefined) => (text === undefined ? [] : parseHistory(text, file));
  const runs = parsed(await read());
  const time = new Date();
  return {
    trend: (result) => trendOf(runs, runOf(result, time)),
    async save(result) {
      if (result.dryRun) return;
      // The prune of another mirror may have added its own meanwhile.
      const add = async (text: string | undefined) =>
        formatHistory(addRun(parsed(text), runOf(result, time)));
      await changeFile(file, read, add, undefined);
    },
  };
}

function runOf({ url, plan, removed, blobs }: PruneResult, time: Date): PruneRun {
  const bytes = blobs === undefined ? plan.size?.after : blobs.all.bytes - blobs.removed.bytes;
  const freed = blobs === undefined ? undefined : blobs.removed.bytes;
  const entries = plan.entries.length - removed.length;
  return { time, url, entries, removed: removed.length, bytes, freed };
}
