/** Reasons that many specs share, each said once: a mirror that is down or an untrusted key must not fill the screen. */

export interface SharedReason {
  /** The whole reason of the first spec, with its place. */
  readonly reason: string;
  /** The names of the specs with this reason, in their order. */
  readonly names: readonly string[];
}

/** Groups specs by reason, in the order of each group's first spec. The place at the beginning of a reason may differ. */
export function shareReasons(
  failures: Iterable<{ readonly name: string; readonly reason: string }>,
): SharedReason[] {
  return groupByReason(failures).map(({ reason, of }) => ({ reason, names: of.map(({ name }) => name) }));
}

/** The same for any values with a reason. The reason of a group is that of its first value. */
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
 * @returns a function that replaces the reason of a failure if it was said before; other outcomes stay as they are
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
