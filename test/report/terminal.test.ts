import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { terminalReporter } from '../../src/report/terminal.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function terminal(options: Partial<Parameters<typeof terminalReporter>[0]> = {}) {
  const written: string[] = [];
  const reporter = terminalReporter({
    verbosity: 'normal',
    color: false,
    interactive: true,
    write: (text) => void written.push(text),
    ...options,
  });
  return { reporter, written };
}

it('draws one line of a terminal, as wide as it is by now, and leaves nothing of it', async () => {
  let columns = 80;
  const { reporter, written } = terminal({ columns: () => columns });
  const progress = reporter.progress('Pushing', 7);
  const transfer = progress.watch('sending llvm', 310e6);
  await vi.advanceTimersByTimeAsync(700);
  transfer.add(120e6);
  await vi.advanceTimersByTimeAsync(200);
  columns = 40;
  await vi.advanceTimersByTimeAsync(100);
  progress.done();
  expect(written[0]).toBe('\r\x1b[KPushing 0/7, sending llvm, 120 of 310 MB, 150 MB/s, 1 s left');
  expect(written.at(-2)).toBe('\r\x1b[KPushing 0/7, 120 of 310 MB, 2 s left');
  expect(written.at(-1)).toBe('\r\x1b[K');
});

it('puts what is said meanwhile in place of the line', async () => {
  const { reporter, written } = terminal();
  const progress = reporter.progress('Checking', 7);
  await vi.advanceTimersByTimeAsync(850);
  reporter.warn('it may be new');
  progress.done();
  expect(written.join('')).toContain('\r\x1b[Kwarning: it may be new\n');
});

it('writes whole lines to a log, the first within two seconds', async () => {
  const { reporter, written } = terminal({ interactive: false });
  const progress = reporter.progress('Checking', 300);
  await vi.advanceTimersByTimeAsync(2000);
  expect(written).toEqual(['Checking 0/300\n']);
  await vi.advanceTimersByTimeAsync(60_000);
  progress.done();
  expect(written.length).toBeLessThan(8);
});

it('says no word of progress when it is to be quiet', async () => {
  const { reporter, written } = terminal({ verbosity: 'quiet' });
  const progress = reporter.progress('Checking', 300);
  progress.advance(1);
  progress.watch('sending a', 1e9).add(1e8);
  await vi.advanceTimersByTimeAsync(60_000);
  progress.done();
  expect(written).toEqual([]);
});
