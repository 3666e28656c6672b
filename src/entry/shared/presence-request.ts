/** The words in which verbs and steps ask about presence. */
import type { Forbidden, Verify } from '../../cache/reading/presence.ts';
import type { VerifyLevel } from '../../commands/check-index.ts';
import type { Needs } from '../../plan/rebuild.ts';

/** How sure to be that a spec is there. The first is the default. */
export const VERIFY: readonly [Verify, ...Verify[]] = ['exists', 'manifests', 'blobs'];

/** How much of a mirror to check. Beyond the levels of `VERIFY`, `all` reads every byte. */
export const VERIFY_LEVELS: readonly [VerifyLevel, ...VerifyLevel[]] = [...VERIFY, 'all'];

/** What a 403 for a single entry means. The first is the default. */
export const FORBIDDEN: readonly [Forbidden, ...Forbidden[]] = ['auto', 'missing', 'unknown'];

/** The text of `--needs` and of the action's input. */
export function parseNeeds(text: string): Needs {
  return text === 'any' || text === 'all' ? { kind: text } : { kind: 'mirror', name: text };
}
