import { describe, expect, it } from 'vitest';
import { addRun, formatHistory, type PruneRun, parseHistory, trendOf } from '../../src/plan/prune-history.ts';

const DAY = 24 * 3_600_000;
const NOW = Date.UTC(2026, 10, 29);
const run = (daysAgo: number, entries: number, more: Partial<PruneRun> = {}): PruneRun => ({
  ...{
    time: new Date(NOW - daysAgo * DAY),
    url: 's3://ours',
    entries,
    removed: 1,
    bytes: entries * 10,
    freed: 10,
  },
  ...more,
});

describe('the history of prunes', () => {
  it('reads what it wrote, in the order of time, and forgets the oldest', () => {
    const runs = addRun([run(3, 5), run(1, 7, { bytes: undefined, freed: undefined })], run(2, 6));
    expect(runs.map(({ entries }) => entries)).toEqual([5, 6, 7]);
    expect(parseHistory(formatHistory(runs), 'f')).toEqual(runs);
    const many = Array.from({ length: 500 }, (_, i) => run(600 - i, i));
    expect(addRun(many, run(0, 9)).length).toBe(500);
    expect(addRun(many, run(0, 9))[0]?.entries).toBe(1);
  });

  it('says where things go since a month ago, of this mirror alone', () => {
    const earlier = [run(60, 1), run(29, 10), run(20, 99, { url: 's3://theirs' }), run(1, 30)];
    const now = run(0, 40);
    expect(trendOf(earlier, now)).toEqual({
      ...{ runs: [now, run(1, 30), run(29, 10), run(60, 1)], since: new Date(NOW - 29 * DAY) },
      ...{ entries: 30, bytes: 300 },
    });
    expect(trendOf([run(60, 1)], now)).toMatchObject({ entries: 39, since: new Date(NOW - 60 * DAY) });
    expect(trendOf([run(5, 1, { bytes: undefined })], now)).toMatchObject({ entries: 39, bytes: undefined });
    expect(trendOf([], now)).toBeUndefined();
  });

  it('leaves out runs of a clock that was ahead', () => {
    expect(trendOf([run(-400, 1000)], run(0, 5))).toBeUndefined();
    expect(trendOf([run(2, 3), run(-1, 1000)], run(0, 5))).toMatchObject({ entries: 2 });
  });

  it.each([
    ['', 'not valid JSON'],
    ['{}', 'not a history'],
    ['[]', 'not a history'],
    ['{"version": 1, "runs": [1]}', 'not a history'],
    ['{"version": 1, "runs": [{"time": "x", "url": "u", "entries": 1, "removed": 1}]}', 'not a history'],
    [
      '{"version": 1, "runs": [{"time": "2026-01-01", "url": "u", "entries": -1, "removed": 1}]}',
      'not a history',
    ],
    ['{"version": 2}', 'a history of version 2'],
  ])('refuses %j', (text, message) => {
    expect(() => parseHistory(text, 'f')).toThrow(message);
  });
});
