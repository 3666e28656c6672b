import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fittedLine, logLine, logPace, type ProgressLine, trackProgress } from '../../src/report/progress.ts';
import type { Total } from '../../src/report/reporter.ts';

const FULL: ProgressLine = {
  count: 'Pushing 3/87',
  doing: 'sending llvm',
  amount: '120 of 310 MB',
  rate: '45.0 MB/s',
  time: '4 s left',
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What was shown, as a log has it, and when. */
function follow(every: (elapsed: number) => number = logPace, total?: Total) {
  const lines: string[] = [];
  const started = Date.now();
  const show = (line: ProgressLine) => void lines.push(`${Date.now() - started}: ${logLine(line)}`);
  return {
    lines,
    progress: trackProgress({ label: 'Pushing', total, first: 2000, every, show, underWay: [] }),
  };
}

describe('fittedLine', () => {
  it('has all of it where there is room', () => {
    expect(fittedLine(FULL, 80)).toBe('Pushing 3/87, sending llvm, 120 of 310 MB, 45.0 MB/s, 4 s left');
  });

  it('leaves out first what one can do without', () => {
    expect(fittedLine(FULL, 60)).toBe('Pushing 3/87, 120 of 310 MB, 45.0 MB/s, 4 s left');
    expect(fittedLine(FULL, 40)).toBe('Pushing 3/87, 120 of 310 MB, 4 s left');
    expect(fittedLine(FULL, 30)).toBe('Pushing 3/87, 120 of 310 MB');
    expect(fittedLine(FULL, 20)).toBe('Pushing 3/87');
    expect(fittedLine(FULL, 10)).toBe('Pushing …');
  });

  it('never is as wide as the terminal, whatever the names are', () => {
    for (let columns = 2; columns <= 130; columns++) {
      const line = { ...FULL, doing: `sending ${'py-x'.repeat(12)}` };
      expect(fittedLine(line, columns).length).toBeLessThan(columns);
    }
  });

  it('lets nothing of a name reach the terminal', () => {
    expect(fittedLine({ ...FULL, doing: 'sending \x1b[2Jevil\n' }, 200)).not.toContain('\x1b');
  });
});

describe('trackProgress', () => {
  it('shows something within two seconds, though nothing gets on, and says that it waits', async () => {
    const { lines, progress } = follow(logPace, 10);
    await vi.advanceTimersByTimeAsync(13_000);
    progress.done();
    expect(lines).toEqual(['2000: Pushing 0/10', '12000: Pushing 0/10, waiting 12 s']);
  });

  it('says nothing of what is done within two seconds, or once it is done', async () => {
    const { lines, progress } = follow(logPace, 10);
    await vi.advanceTimersByTimeAsync(1500);
    progress.advance(10);
    progress.done();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(lines).toEqual([]);
  });

  it('says of a large file its bytes, rate and time left', async () => {
    const { lines, progress } = follow(logPace, 10);
    const transfer = progress.watch('sending llvm', 310e6);
    for (let i = 0; i < 25; i++) {
      await vi.advanceTimersByTimeAsync(100);
      transfer.add(5e6);
    }
    expect(lines).toEqual([
      expect.stringMatching(/^2000: .*, sending llvm, 95.0 of 310 MB, 47.5 MB\/s, 5 s left$/),
    ]);
    progress.done();
  });

  it('counts large files that are under way together, and forgets those that have ended', async () => {
    const { lines, progress } = follow(() => 1000, 10);
    const [one, two] = [progress.watch('sending a', 20e6), progress.watch('sending b', 40e6)];
    progress.watch('sending small', 1000).add(1000);
    one.add(10e6);
    two.add(10e6);
    await vi.advanceTimersByTimeAsync(2000);
    two.end();
    await vi.advanceTimersByTimeAsync(900);
    one.add(1e6);
    await vi.advanceTimersByTimeAsync(100);
    progress.done();
    expect(lines[0]).toMatch(/^2000: Pushing 0\/10, sending b and 1 more, 20.0 of 60.0 MB/);
    expect(lines[1]).toMatch(/^3000: Pushing 0\/10, sending a, 11.0 of 20.0 MB/);
  });

  it('goes without the whole where nobody knows it, and without counts where there are none', async () => {
    const { lines, progress } = follow();
    const transfer = progress.watch('packing llvm', undefined);
    await vi.advanceTimersByTimeAsync(1000);
    transfer.add(120e6);
    await vi.advanceTimersByTimeAsync(1000);
    progress.done();
    expect(lines).toEqual([expect.stringMatching(/^2000: Pushing, packing llvm, 120 MB, 60.0 MB\/s$/)]);
  });

  it('counts once it is known how many there are', async () => {
    let total: number | undefined;
    const { lines, progress } = follow(
      () => 1000,
      () => total,
    );
    await vi.advanceTimersByTimeAsync(2000);
    total = 7;
    await vi.advanceTimersByTimeAsync(1000);
    progress.done();
    expect(lines).toEqual(['2000: Pushing', '3000: Pushing 0/7, waiting 3 s']);
  });

  it('shows only what began last: it is a part of the rest', async () => {
    const [lines, underWay]: [string[], unknown[]] = [[], []];
    const show = (line: ProgressLine) => void lines.push(line.count);
    const begin = (label: string) =>
      trackProgress({ label, total: undefined, first: 2000, every: () => 1000, show, underWay });
    const whole = begin('Checking the mirror');
    const part = begin('Checking entries');
    await vi.advanceTimersByTimeAsync(2500);
    part.done();
    await vi.advanceTimersByTimeAsync(1000);
    whole.done();
    expect([...new Set(lines)]).toEqual(['Checking entries', 'Checking the mirror']);
    expect(underWay).toEqual([]);
  });
});
