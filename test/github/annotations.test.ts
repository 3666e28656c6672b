import { describe, expect, it } from 'vitest';
import { collectAnnotations } from '../../src/github/annotations.ts';
import { readCommands } from '../harness/runner-commands.ts';
import { createMasker } from '../harness/runner-masks.ts';

function collecting(limit?: number) {
  const reader = readCommands(createMasker());
  const annotations = collectAnnotations({
    write: (text) => text.split('\n').forEach((line) => void reader.line(line)),
    ...(limit === undefined ? {} : { limit }),
  });
  return { ...annotations, reader, messages: () => reader.annotations.map((a) => `${a.level} ${a.message}`) };
}

describe('annotations', () => {
  it('go out at once up to the ninth, the tenth when it is the last', () => {
    const a = collecting();
    for (let i = 1; i <= 10; i++) a.add('error', `e${i}`, { file: 'spack.yaml', line: i });
    a.add('warning', 'w');
    expect(a.messages()).toHaveLength(10);
    a.flush();
    expect(a.messages().at(-1)).toBe('error e10');
    expect(a.reader.annotations.at(-1)).toMatchObject({ file: 'spack.yaml', line: '10', shown: true });
    expect(a.reader.log).toContain('error: e10');
  });

  it('beyond ten the rest is folded into the tenth, and each stands in the log', () => {
    const a = collecting();
    for (let i = 1; i <= 12; i++) a.add('warning', i === 11 ? '##[error]\nw11' : `w${i}`);
    a.flush();
    expect(a.messages().at(-1)).toBe('warning and 3 more: w10; ##[error]\\nw11; w12');
    expect(a.reader.annotations.every((each) => each.shown)).toBe(true);
    expect(a.reader.annotations).toHaveLength(10);
    const logged = ['warning: w10', 'warning: ##\\[error]', 'w11', 'warning: w12'];
    expect(a.reader.log.slice(9, 13)).toEqual(logged);
    a.flush();
    expect(a.reader.annotations).toHaveLength(10);
  });

  it('a fold stays below what GitHub cuts', () => {
    for (const length of [300, 5000]) {
      const a = collecting();
      for (let i = 0; i < 100; i++) a.add('notice', 'x'.repeat(length));
      a.flush();
      const folded = a.reader.annotations.at(-1)?.message ?? '';
      expect(folded).toMatch(/^and 91 more: x+.*(…$|… \(all of them are in the log\)$)/);
      expect(folded.length).toBeLessThan(4096);
    }
  });

  it('can be lines of the log only', () => {
    const a = collecting(0);
    a.add('error', 'e1');
    a.flush();
    expect([a.messages(), a.reader.log]).toEqual([[], ['error: e1']]);
  });
});
