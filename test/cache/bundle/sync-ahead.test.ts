import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { SyncFailure, syncAhead } from '../../../src/cache/bundle/sync-ahead.ts';

const EIO = Object.assign(new Error('no disk'), { code: 'EIO' });
const fail = async () => {
  throw EIO;
};

/** A file whose syncs are noted, and end when they are let to. */
function file({ datasync = async () => {}, sync = async () => {} } = {}) {
  const calls: string[] = [];
  const noted = (what: string, call: () => Promise<void>) => async () => {
    calls.push(what);
    await call();
  };
  return { calls, datasync: noted('datasync', datasync), sync: noted('sync', sync) };
}

it('syncs once for so many bytes, one sync at a time, and all at the end', async () => {
  let end: () => void = () => undefined;
  const handle = file({ datasync: () => new Promise<void>((done) => (end = done)) });
  const ahead = syncAhead(handle, 10);
  ahead.wrote(9);
  expect(handle.calls).toEqual([]);
  ahead.wrote(1);
  ahead.wrote(100);
  expect(handle.calls).toEqual(['datasync']);
  end();
  await sleep(0);
  ahead.wrote(1);
  expect(handle.calls).toEqual(['datasync', 'datasync']);
  const finished = ahead.finish();
  await sleep(0);
  expect(handle.calls).toEqual(['datasync', 'datasync']);
  end();
  await finished;
  expect(handle.calls).toEqual(['datasync', 'datasync', 'sync']);
});

it('keeps the error of a sync that the system would not tell again, and goes no further', async () => {
  const handle = file({ datasync: fail });
  const ahead = syncAhead(handle, 10);
  ahead.wrote(10);
  await sleep(0);
  expect(() => ahead.wrote(1)).toThrow(SyncFailure);
  await expect(ahead.finish()).rejects.toMatchObject({ cause: EIO });
  expect(handle.calls).toEqual(['datasync']);
});

it('waits for a sync that fails at the end', async () => {
  const ahead = syncAhead(file({ datasync: () => sleep(5).then(fail) }), 10);
  ahead.wrote(10);
  expect(await ahead.failure()).toMatchObject({ cause: EIO });
  await expect(ahead.finish()).rejects.toMatchObject({ cause: EIO });
  await expect(syncAhead(file({ sync: fail })).finish()).rejects.toMatchObject({ cause: EIO });
});
