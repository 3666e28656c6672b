/**
 * Every verb that speaks with a mirror, against servers of each protocol that hang, trickle, lie or do not end: it comes to an
 * end in a time that can be said, in bounded memory, and never with an answer. `HOSTILE=all` tries every fault with every
 * verb and protocol, each at one of a verb's requests; without it, one in twenty-three of them, and none of the faults that
 * are bounded by bytes or pages rather than by time. HOSTILE_VERBS, _PROTOCOLS and _FAULTS narrow it, HOSTILE_LOG names a
 * file for what each has said.
 */
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type HostileFault, hostileFaults } from '../harness/hostile-server.ts';
import { unpackStore } from '../package/store-fixture.ts';
import { furnish, PROTOCOLS, type Protocol, TIMEOUT, VERBS, verbProcess } from './servers.ts';

const ALL = process.env['HOSTILE'] === 'all';
/** One after the other would mostly wait. All of them are enough for more, which then share the processors. */
const PROCESSES = ALL ? 10 : 6;
/** Seconds that nothing takes: twenty-five times the time-out, and a lot for a machine that is busy with that many. */
const MOST_SECONDS = 25 * TIMEOUT + (ALL ? 45 : 15);
/** An index that says yes and is another each time is replaced two hundred times, as where others write it too. */
const RACES = /^(?:push|autopush|sync to|update-index|prune|migrate to)$/;
const RACES_SECONDS = 180;
const MOST_MEGABYTES = 500;
/** One of so many is tried in every run. */
const SELECTED = 23;
/** What is bounded by bytes or pages rather than by time. */
const TAKES_LONG = /^(?:wrong types|length too short|endless index|endless body|pages for ever)$/;

interface Cell {
  readonly verb: string;
  readonly protocol: Protocol;
  readonly fault: HostileFault;
  readonly honest: number;
}

interface Ran extends Cell {
  readonly code: number | undefined;
  readonly seconds: number;
  readonly megabytes: number;
  readonly faults: number;
  readonly requests: number;
  readonly said: string;
}

// Packages have no room for a longer prefix than where they were built.
const root = mkdtempSync('/tmp/');
afterAll(() => rmSync(root, { recursive: true, force: true }));

const only = (name: string) => process.env[name]?.split(',');
const verbs = Object.keys(VERBS).filter((verb) => only('HOSTILE_VERBS')?.includes(verb) !== false);
const protocols = (Object.keys(PROTOCOLS) as Protocol[]).filter(
  (protocol) => only('HOSTILE_PROTOCOLS')?.includes(protocol) !== false,
);

/** Layout 2 is not in registries; what is only read cannot be listed. */
function fits({ verb, protocol }: Pick<Cell, 'verb' | 'protocol'>): boolean {
  const isListing =
    /^(?:push|autopush|keys --publish|sync to|update-index|prune|migrate to|check-index|migrate from)$/.test(
      verb,
    );
  if (isListing && (protocol === 'http' || protocol === 'redirect')) return false;
  return !/^(?:keys|migrate)/.test(verb) || !/registry|token/.test(protocol);
}

const pairs = verbs.flatMap((verb) =>
  protocols.map((protocol) => ({ verb, protocol })).filter((pair) => fits(pair)),
);

async function runAll(cells: readonly Cell[], timeout = TIMEOUT): Promise<readonly Ran[]> {
  const left = [...cells];
  const { store } = stores();
  const results: Ran[] = [];
  const work = async (_: unknown, letter: number) => {
    using worker = verbProcess();
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const cell = next;
      const tree = join(root, `${letter}`);
      const own = `${tree}.own`;
      furnish(own);
      await using place = await PROTOCOLS[cell.protocol](cell.fault, cell.honest);
      const mirrors = Object.entries(place.mirrors).map(([name, value]) => `  ${name}: ${value}\n`);
      const file = join(own, 'mirrors.yaml');
      writeFileSync(file, `mirrors:\n${mirrors.join('')}`);
      const args = VERBS[cell.verb]?.({ own, store, tree }) ?? [];
      const isOfOne = args.includes('it') || args.includes('old') || args.includes('signed');
      if (!isOfOne) writeFileSync(file, `mirrors:\n${mirrors[0]}`);
      const common = [
        '--mirrors',
        file,
        '--timeout',
        `${timeout}`,
        '--retries',
        '1',
        '--index-max-size',
        '64M',
      ];
      const env = { PATH: process.env['PATH'] ?? '', HOME: own, ...place.env };
      const answer = await worker.run({ args: [...args, ...common], env, cwd: own }, RACES_SECONDS);
      const ran: Ran =
        typeof answer === 'string'
          ? {
              ...cell,
              code: undefined,
              seconds: RACES_SECONDS,
              megabytes: 0,
              ...counts(place),
              said: answer,
            }
          : { ...cell, ...answer, ...counts(place), said: `${answer.err}${answer.out}` };
      results.push(ran);
      if (process.env['HOSTILE_LOG']) appendFileSync(process.env['HOSTILE_LOG'], `${JSON.stringify(ran)}\n`);
      for (const folder of [own, tree]) rmSync(folder, { recursive: true, force: true });
    }
  };
  await Promise.all(Array.from({ length: PROCESSES }).map(work));
  return results;
}

const counts = (place: { faults(): number; requests(): number }) => ({
  faults: place.faults(),
  requests: place.requests(),
});

let unpacked: { readonly store: string } | undefined;
function stores(): { readonly store: string } {
  if (unpacked !== undefined) return unpacked;
  const store = join(root, 'store');
  const { root: recorded } = unpackStore('1.2', store);
  const database = join(store, '.spack-db/index.json');
  writeFileSync(database, readFileSync(database, 'utf8').replaceAll(`"${recorded}/`, `"${store}/`));
  unpacked = { store };
  return unpacked;
}

test('a server that is none of these is spoken to by every verb, which does its work', async () => {
  const ran = await runAll(
    pairs.map((pair) => ({ ...pair, fault: 'hang', honest: Number.POSITIVE_INFINITY })),
    30,
  );
  const wrong = ran.filter(({ code, requests }) => code !== 0 || requests === 0);
  expect(wrong.map(({ verb, protocol, code, said }) => ({ verb, protocol, code, said }))).toEqual([]);
});

test('a server that hangs, trickles, lies or has no end costs a bounded time and gets no answer said', async () => {
  const start = performance.now();
  const ran = await runAll(selection());
  const wrong = ran.flatMap((cell) => complaints(cell).map((complaint) => ({ complaint, ...cell })));
  const minutes = ((performance.now() - start) / 60_000).toFixed(1);
  console.log(`${table(ran)}\n\n${ran.length} cells in ${minutes} minutes. ${slowest(ran)}`);
  expect(wrong).toEqual([]);
}, 3_600_000);

function selection(): Cell[] {
  const faults = hostileFaults().filter((fault) => only('HOSTILE_FAULTS')?.includes(fault) !== false);
  const every = pairs.flatMap((pair) =>
    faults.map((fault) => ({ ...pair, fault, honest: [0, 2, 5][placeOf(pair, fault) % 3] ?? 0 })),
  );
  return ALL ? every : every.filter(({ fault }, n) => n % SELECTED === 0 && !TAKES_LONG.test(fault));
}

/** Which cell of the whole table it is: a part of it has the same cells. */
function placeOf({ verb, protocol }: Pick<Cell, 'verb' | 'protocol'>, fault: HostileFault): number {
  const pair = Object.keys(VERBS).indexOf(verb) * 6 + Object.keys(PROTOCOLS).indexOf(protocol);
  return pair + (pair >> 1) + hostileFaults().indexOf(fault);
}

/** An answer without a body, or whose body nobody needs, is still one. */
const HARMLESS: ReadonlySet<HostileFault> = new Set(['flipped bit', 'cut in half']);

/** What works says "failed" with 1; what answers has no answer. All that there was to ask for is there; a 403
 * for a single entry of a mirror that has just answered means that it is not (the option --forbidden). */
function complaints({ verb, fault, code, seconds, megabytes, faults, honest, said }: Ran): string[] {
  const isWork = /^(?:push|autopush|install|sync|migrate|prune|update-index)/.test(verb);
  // That something is wrong is what a check of a mirror is for.
  const isCheck = verb === 'check-index' && /wrong|missing|damaged/i.test(said);
  return [
    ...(code === undefined ? ['died'] : []),
    ...(code === 0 && faults > 0 && honest === 0 && !HARMLESS.has(fault) ? ['said that all is well'] : []),
    ...(code === 1 && !isWork && !isCheck && !/403/.test(fault) ? ['gave an answer'] : []),
    ...(code === 1 && isWork && !/fail|not pushed|could not|left out/i.test(said)
      ? ['did not say what failed']
      : []),
    ...(seconds > (RACES.test(verb) || TAKES_LONG.test(fault) ? RACES_SECONDS - 1 : MOST_SECONDS)
      ? ['took too long']
      : []),
    ...(megabytes > MOST_MEGABYTES ? ['took too much memory'] : []),
    ...(faults > 0 && (code ?? 0) > 0 && !/127\.0\.0\.1|bucket/.test(said) ? ['did not say who'] : []),
    ...(/internal error|Cannot read|undefined|is not a function|@aws-sdk|\.ts:/.test(said)
      ? ['does not explain itself']
      : []),
  ];
}

function table(ran: readonly Ran[]): string {
  const rows = verbs.map((verb) => {
    const cellsOf = protocols.map((protocol) => {
      const mine = ran.filter((each) => each.verb === verb && each.protocol === protocol);
      if (mine.length === 0) return '-';
      const worst = (name: 'seconds' | 'megabytes') => Math.max(...mine.map((each) => each[name]));
      return `${worst('seconds').toFixed(1)} s, ${worst('megabytes').toFixed(0)} MB`;
    });
    return `| ${verb} | ${cellsOf.join(' | ')} |`;
  });
  return [`| | ${protocols.join(' | ')} |`, `| --- |${protocols.map(() => ' --- |').join('')}`, ...rows].join(
    '\n',
  );
}

/** What takes most of the time. */
function slowest(ran: readonly Ran[]): string {
  const worst = ran.toSorted((a, b) => b.seconds - a.seconds).slice(0, 5);
  const names = worst.map(
    ({ verb, protocol, fault, seconds }) => `${verb}, ${protocol}, ${fault}: ${seconds.toFixed(1)} s`,
  );
  return `The slowest: ${names.join('; ')}`;
}
