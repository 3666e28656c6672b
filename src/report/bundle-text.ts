/** What `bundle` prints, for people. */
import type { External } from '../cache/bundle/documents.ts';
import type { EntryName } from '../cache/entries.ts';
import { oneLine } from '../core/errors.ts';
import {
  type BundleVolume,
  type CreatedBundle,
  missingFrom,
  type VerifiedVolume,
} from '../plan/bundle-result.ts';
import { bytesText } from './amounts.ts';
import { PLAIN_STYLE, type Style } from './check-text.ts';
import { syncProblems } from './sync-text.ts';

/** Lines without line ends. */
export function createdText(created: CreatedBundle, style: Style = PLAIN_STYLE): string[] {
  const { volumes, externals, keys, leftOut, allowMissing } = created;
  const missing = missingFrom(created).length;
  const specs = volumes.reduce((sum, volume) => sum + volume.specs, 0);
  const out = leftOut === 0 ? [] : [`${leftOut} left out: the other side has them`];
  if (volumes.length === 0) {
    const sum =
      missing === 0
        ? 'There is nothing to bundle'
        : `Nothing was written: ${missing === 1 ? 'one spec is' : `${missing} specs are`} missing`;
    const hint = missing > 0 && !allowMissing ? ['  --allow-missing makes a bundle of the rest'] : [];
    return [...createdProblems(created, style), [sum, ...out].join(', '), ...hint];
  }
  const lines = volumes.map((volume) => `${volume.file}  ${volumeText(volume)}`);
  const sum = [
    style.good(`${specs} specs`),
    bytesText(volumes.reduce((all, { size }) => all + size, 0)),
    ...out,
  ];
  if (missing > 0) sum.push(style.bad(`${missing} missing`));
  return [
    ...createdProblems(created, style),
    ...lines.map(oneLine),
    `${sum.join(', ')}${created.dryRun ? ' (dry run: nothing was written)' : ''}`,
    ...externalLines(externals),
    ...keyLines(keys),
  ];
}

/** Only the problems. */
export function createdProblems({ read, dryRun }: CreatedBundle, style: Style = PLAIN_STYLE): string[] {
  return syncProblems({ mirrors: [read], dryRun, cancelled: false }, style);
}

/** The externals, which no bundle can have. */
export function externalLines(externals: readonly External[]): string[] {
  if (externals.length === 0) return [];
  return ['The other side must have:', ...externals.map(externalText)];
}

/** Externals that are not on the machine that imports. A bundle may name any number of them; the first few are shown. */
export function absentWarnings(absent: readonly External[]): string[] {
  const shown = absent.slice(0, MOST_ABSENT).map((external) => {
    const text = externalText(external).trim();
    const short = text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS)}…` : text;
    return `what was imported needs an external that is not on this machine: ${short}`;
  });
  const more = absent.length - shown.length;
  if (more === 0) return shown;
  return [
    ...shown,
    `${more} more externals are not on this machine: --json and the bundle.json of each volume name them all`,
  ];
}

const MOST_ABSENT = 20;
const MOST_LETTERS = 500;

export function externalText({ name, version, path, modules }: External): string {
  const where = path ?? (modules.length > 0 ? `module ${modules.join(', ')}` : 'nowhere in particular');
  return oneLine(`  ${name}@${version}  ${where}`);
}

export function keyLines(keys: readonly string[]): string[] {
  if (keys.length === 0) return [];
  return [
    'Public keys in the bundle (that alone does not make them trusted):',
    ...keys.map((key) => `  ${key}`),
  ];
}

/** A line in the form that `--except` reads: `name@version /hash`. */
export function bundledLine({ name, version, hash }: EntryName): string {
  return oneLine(`${name}@${version} /${hash}`);
}

export function verifiedLine({ file, volume, problem }: VerifiedVolume, style: Style = PLAIN_STYLE): string {
  if (problem !== undefined)
    return style.bad(oneLine(problem.startsWith(file) ? problem : `${file}: ${problem}`));
  if (volume === undefined) return oneLine(file);
  const { bundle, number, of, specs } = volume;
  return oneLine(
    `${file}: ${style.good('whole')}: volume ${number} of ${of} of bundle ${bundle}, ${specs} specs`,
  );
}

const OUTCOMES: Readonly<Record<BundleVolume['outcome'], string>> = {
  kept: 'already there',
  resumed: 'finished',
  written: 'written',
  'would-write': 'would be written',
};

function volumeText({ size, specs, outcome }: BundleVolume): string {
  return `${OUTCOMES[outcome]}: ${specs} specs, ${bytesText(size)}`;
}
