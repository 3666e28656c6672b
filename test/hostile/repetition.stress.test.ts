/** Nothing takes the square of its input: long texts that say the same over and over are read, or refused, at once. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { BuildcacheError } from '../../src/core/errors.ts';
import { DOCUMENTS, type Parser, WORDS } from './parsers.ts';

const LENGTH = 200_000;
const MOST_MS = 1000;

const BEGIN_KEY = '-----BEGIN PGP PUBLIC KEY BLOCK-----\n';

/** What is repeated, alone and after what it could follow. */
const TELLING = [
  'a',
  '0',
  ' ',
  '\n',
  '"',
  '-',
  '/',
  ':',
  '[',
  '"a" ',
  'k: 1\n',
  '*a ',
  '"1" ',
  '*-',
  '{,',
  'a-',
  BEGIN_KEY,
];
/** Of this process, in milliseconds: others may keep the machine busy. */
function work(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function timed(parser: Parser, text: string): Promise<number> {
  const started = work();
  try {
    await parser(text);
  } catch (error) {
    if (!(error instanceof BuildcacheError)) throw error;
  }
  return work() - started;
}

function cases(): readonly (readonly [beginning: string, piece: string])[] {
  return TELLING.map((piece) => ['', piece] as const);
}

describe('a parser is done with two hundred thousand characters in a second', () => {
  test.each(Object.entries({ ...DOCUMENTS, ...WORDS }))('%s', { timeout: 110_000 }, async (_, parser) => {
    const slow: string[] = [];
    for (const [beginning, piece] of cases()) {
      const text = beginning + piece.repeat(Math.ceil((LENGTH - beginning.length) / piece.length));
      let took = await timed(parser, text);
      if (took > MOST_MS) took = await timed(parser, text); // garbage of others may have been collected
      if (took > MOST_MS)
        slow.push(`${JSON.stringify(beginning)}, then ${JSON.stringify(piece)}: ${took} ms`);
    }
    expect(slow).toEqual([]);
  });
});

const SRC = fileURLToPath(new URL('../../src', import.meta.url));

describe('no pattern in the source takes the square of its input', () => {
  const found = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) =>
      patternsOf(readFileSync(path.join(SRC, file), 'utf8')).map((each) => [file, each] as const),
    );

  test('they are found', () => {
    expect(found.length).toBeGreaterThan(150);
    expect(found.map(([, { source }]) => source)).toContain('^[a-z2-7]{32}$');
  });

  test('each is done with ten thousand characters at once', { timeout: 110_000 }, () => {
    const slow = new Set<string>();
    for (const [file, pattern] of found) {
      if (!/[*+]|,\}/.test(pattern.source)) continue;
      for (const text of textsFor(pattern)) {
        let took = execution(pattern, text);
        if (took > SLOW_MS) took = Math.min(execution(pattern, text), execution(pattern, text));
        if (took > SLOW_MS)
          slow.add(`${file}: ${pattern} against ${JSON.stringify(text.slice(0, 40))}…: ${took} ms`);
      }
    }
    expect([...slow]).toEqual([]);
  });
});

/** What goes through them once takes a tenth of one, the square of them a hundred. */
const SLOW_MS = 20;

function execution(pattern: RegExp, text: string): number {
  const started = work();
  pattern.lastIndex = 0;
  if (pattern.global) text.replace(pattern, '');
  else pattern.exec(text);
  return work() - started;
}

/** Repetitions of what the pattern itself names, and of two of those, with something at the end that it does not want. */
function* textsFor({ source }: RegExp): Generator<string> {
  const own = [...new Set(source.replaceAll(/\\[a-zA-Z]|\{\d+(?:,\d*)?\}|[()|^$*+?\\[\]]/g, ''))];
  const letters = [...new Set([...own, 'a', '0', ' ', '-'])].slice(0, 10);
  const start = /^\^?((?:[\w/:<-]|\\[/.{$])+)/.exec(source)?.[1]?.replaceAll('\\', '') ?? '';
  for (const a of letters) {
    for (const b of letters) {
      const unit = a === b ? a : a + b;
      const text = unit.repeat(10_000 / unit.length);
      yield `${text}\n\u0001`;
      if (start !== '') yield `${start}${text}\n\u0001`;
    }
    if (start !== '') yield start.repeat(Math.ceil(10_000 / start.length));
    yield `${a}${' '.repeat(10_000)}\u0001`;
  }
}

function patternsOf(text: string): RegExp[] {
  const literal =
    /(?<=[=(,:!&|?{};[\s]|return )\/(?![*/])((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+)\/([dgimsuvy]*)/g;
  const code = text.replaceAll(/^\s*(?:\/\/|\/?\*).*$/gm, '');
  return [...code.matchAll(literal)].flatMap(([, source = '', flags = '']) => {
    try {
      return [new RegExp(source, flags)];
    } catch {
      return [];
    }
  });
}
