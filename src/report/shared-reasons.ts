/** Reasons that many specs share, said once: a mirror that is down, or a key nobody trusts, must not fill the screen. */

export interface SharedReason {
  /** In full, with the place of the first. */
  readonly reason: string;
  /** Whom it is about, in their order. */
  readonly names: readonly string[];
}

/** Groups by what is wrong, in the order of the first of each: what differs between specs is the place in front. */
export function shareReasons(
  failures: Iterable<{ readonly name: string; readonly reason: string }>,
): SharedReason[] {
  return groupByReason(failures).map(({ reason, of }) => ({ reason, names: of.map(({ name }) => name) }));
}

/** The same of whatever has a reason; the reason of a group is the first one's. */
export function groupByReason<T extends { readonly reason: string | undefined }>(
  failures: Iterable<T>,
): { readonly reason: string; readonly of: readonly T[] }[] {
  const shared = new Map<string, { reason: string; of: T[] }>();
  for (const failure of failures) {
    const { reason = '' } = failure;
    const key = withoutPlace(reason);
    const known = shared.get(key);
    if (known === undefined) shared.set(key, { reason, of: [failure] });
    else known.of.push(failure);
  }
  return [...shared.values()];
}

/** `a, b, c and 4 more`. */
export function nameSome(names: readonly string[], most = 5): string {
  const shown = names.slice(0, most).join(', ');
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}

/**
 * For lines that come one by one.
 * @returns what makes of a failure one whose reason is told only if it has not been before; leaves the rest alone
 */
export function tellReasonsOnce(): <T extends { readonly kind: string }>(outcome: T) => T {
  const told = new Set<string>();
  return (outcome) => {
    if (outcome.kind !== 'failed' || !('reason' in outcome) || typeof outcome.reason !== 'string')
      return outcome;
    const key = withoutPlace(outcome.reason);
    if (told.has(key)) return { ...outcome, reason: 'as above' };
    told.add(key);
    return outcome;
  };
}

/** A message opens with its file or URL. */
function withoutPlace(reason: string): string {
  return reason.replace(/^\S+: /, '');
}
