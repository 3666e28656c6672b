/** The result of an autopush as one list: a row for each spec and mirror, for the outputs and the summary. */
import type { ErrorCode } from '../core/errors.ts';
import type { LeftOut } from '../plan/autopush-selection.ts';
import type { MirrorPush, PushOutcome } from '../plan/push-result.ts';
import { shortSpec } from '../spec/format.ts';
import type { SpecNode } from '../spec/node.ts';
import { bytesText } from './amounts.ts';
import { nameSome, shareReasons } from './shared-reasons.ts';

export interface PushRow {
  readonly kind: 'pushed' | 'skipped' | 'failed';
  readonly name: string;
  readonly version: string;
  readonly hash: string;
  readonly short_spec: string;
  /** The mirror's name; empty for a spec that is pushed to no mirror. */
  readonly mirror: string;
  readonly reason: string | undefined;
  /** Digest of the tarball, if the spec was pushed, or of the image. */
  readonly sha256: string | undefined;
  /** The image's name. */
  readonly image?: string | undefined;
  /** Set if the spec was sent while the build went on. */
  readonly when?: 'building' | undefined;
}

export interface RowOptions {
  /** The run is a fork's or Dependabot's: it may not write, and that is not a failure. */
  readonly readOnly: boolean;
  /** The reason for specs that were not tried. */
  readonly stopped: string;
}

/** The reason of specs in a dry run, each of which is reported when it is known. */
const DRY_RUN = 'dry run: it would be pushed';

/** Says in the log that a spec was sent beside the build. */
const WHILE_BUILDING = 'while building';

export const READ_ONLY = 'read-only: the run of a fork or of Dependabot has no secrets to push with';

export function leftOutRow({ spec, reason }: LeftOut): PushRow {
  const { name, version, hash, node } = spec;
  const short = node === undefined ? name : shortSpec(node);
  return { kind: 'skipped', name, version, hash, short_spec: short, mirror: '', reason, sha256: undefined };
}

export function outcomeRows({ name, outcomes }: MirrorPush, nodes: readonly SpecNode[], options: RowOptions) {
  return nodes.map((node) =>
    outcomeRow(node, name, outcomes.get(node.hash) ?? { kind: 'not-tried' }, options),
  );
}

/** The rows of a mirror that could not be used: all its specs have the same reason. */
export function brokenRows(
  { name, code, reason }: { readonly name: string; readonly code: ErrorCode; readonly reason: string },
  nodes: readonly SpecNode[],
  options: RowOptions,
): PushRow[] {
  return nodes.map((node) => outcomeRow(node, name, { kind: 'failed', code, reason }, options));
}

/** JSON of the outputs. */
export function rowsJson(rows: readonly PushRow[], kind: PushRow['kind']): unknown[] {
  return rows
    .filter((row) => row.kind === kind)
    .map(({ kind: _, sha256: __, image: ___, when: ____, ...facts }) => facts); // an undefined reason is left out of JSON
}

/** One line of the log. */
export function rowText(row: PushRow): string {
  const { kind, mirror, reason } = row;
  return `${rowName(row)}: ${kind}${mirror === '' ? '' : ` (${mirror})`}${reason === undefined ? '' : `: ${reason}`}`;
}

/** Whether an outcome gets a line of its own when it is known. The others are reported together at the end. */
export function isTold({ kind }: PushOutcome): boolean {
  return kind === 'pushed' || kind === 'would-push' || kind === 'failed';
}

function rowName({ name, version, hash }: PushRow): string {
  return `${name}${version === '' ? '' : `@${version}`}${hash === '' ? '' : `/${hash.slice(0, 7)}`}`;
}

/** The specs that were left out, by mirror and reason: 300 specs that came from a build cache take one line. */
export function skippedReasons(
  rows: readonly PushRow[],
): { readonly mirror: string; readonly reason: string; readonly rows: readonly PushRow[] }[] {
  const groups = new Map<string, { mirror: string; reason: string; rows: PushRow[] }>();
  for (const row of rows) {
    if (row.kind !== 'skipped') continue;
    const { mirror, reason = '' } = row;
    const key = JSON.stringify([mirror, reason]);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { mirror, reason, rows: [row] });
    else known.rows.push(row);
  }
  return [...groups.values()];
}

/** A line of the log for each of them. */
export function skippedTexts(rows: readonly PushRow[]): string[] {
  const others = rows.filter(({ reason }) => reason !== DRY_RUN);
  return skippedReasons(others).map(({ mirror, reason, rows: group }) => {
    const [first] = group;
    if (first !== undefined && group.length === 1) return rowText(first);
    const where = mirror === '' ? '' : ` (${mirror})`;
    return `${group.length} skipped${where}: ${reason} (${nameSome(group.map(rowName))})`;
  });
}

/** `3 pushed, 2 skipped, 0 failed`. @param done the word for a pushed spec; a sync says "copied" */
export function rowsSum(rows: readonly PushRow[], done: 'pushed' | 'copied' = 'pushed'): string {
  const count = (kind: PushRow['kind']) => rows.filter((row) => row.kind === kind).length;
  return `${count('pushed')} ${done}, ${count('skipped')} skipped, ${count('failed')} failed`;
}

/** For a build that was watched: how many specs were sent while it went on, and how many after it. */
export function whenText(rows: readonly PushRow[]): string {
  const pushed = rows.filter(({ kind }) => kind === 'pushed');
  const early = pushed.filter(({ when }) => when === 'building').length;
  return `${early} pushed ${WHILE_BUILDING}, ${pushed.length - early} at the end`;
}

/** Problems that came after the specs were sent. */
export function finishProblems(
  mirrors: readonly (Pick<MirrorPush, 'name' | 'index' | 'keyFailed'> &
    Partial<Pick<MirrorPush, 'tagged'>>)[],
): string[] {
  return mirrors.flatMap(({ name, index, keyFailed, tagged }) => {
    const texts: string[] = [];
    if (index !== undefined && 'failed' in index)
      texts.push(`${name}: the index could not be updated: ${index.failed}`);
    if (keyFailed !== undefined) texts.push(`${name}: the public key could not be published: ${keyFailed}`);
    if (tagged !== undefined && 'failed' in tagged)
      texts.push(`${name}: the image of all roots could not be made: ${tagged.failed}`);
    return texts;
  });
}

/** The text for a mirror that is configured not to take any of the new specs. */
export function allFilteredText({ name }: Pick<MirrorPush, 'name'>): string {
  return `${name}: nothing was pushed, its include_binary or exclude_binary leaves out all that is new`;
}

/** The failures. A reason that many specs share is said once. */
export function failureTexts(rows: readonly PushRow[], done: 'pushed' | 'copied' = 'pushed'): string[] {
  const byMirror = new Map<string, { name: string; reason: string }[]>();
  for (const { kind, mirror, reason = '', name } of rows) {
    if (kind !== 'failed') continue;
    const known = byMirror.get(mirror) ?? [];
    byMirror.set(mirror, known);
    known.push({ name, reason });
  }
  return [...byMirror].flatMap(([mirror, failures]) =>
    shareReasons(failures).map(
      ({ reason, names }) => `Not ${done} to ${mirror}: ${reason} (${nameSome(names)})`,
    ),
  );
}

export function outcomeRow(
  node: SpecNode,
  mirror: string,
  outcome: PushOutcome,
  options: RowOptions,
): PushRow {
  const { name, version, hash } = node;
  const row = (kind: PushRow['kind'], reason: string | undefined): PushRow => {
    return { kind, name, version, hash, short_spec: shortSpec(node), mirror, reason, sha256: undefined };
  };
  switch (outcome.kind) {
    case 'pushed':
      return {
        ...row(
          'pushed',
          `${bytesText(outcome.size)}${outcome.when === undefined ? '' : `, ${WHILE_BUILDING}`}`,
        ),
        sha256: outcome.image?.sha256 ?? outcome.sha256,
        image: outcome.image?.name,
        when: outcome.when,
      };
    case 'would-push':
      return row('skipped', DRY_RUN);
    case 'present':
      return row('skipped', 'the mirror has it already');
    case 'elsewhere':
      return row('skipped', `${outcome.mirror} has it`);
    case 'not-installed':
      return row('skipped', 'it is not installed');
    case 'filtered':
      return row('skipped', `the mirror is not for it: ${outcome.reason}`);
    case 'not-tried':
      return row('failed', options.stopped);
    case 'failed':
      if (options.readOnly && outcome.code === 'denied') return row('skipped', READ_ONLY);
      return row('failed', outcome.reason);
  }
}
