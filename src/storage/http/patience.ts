/**
 * How long each server is waited for in all. A request has its time-out and is tried again, and there are many
 * requests: a server that hangs would cost the product of all that. So time waited in vain adds up for each server.
 * At 1.8 times the time-out (54 seconds of the usual 30) the server is not asked again. Each answer takes a second
 * off. So a server that works for hours is forgiven a few stumbles, and one that answers one question in ten is not
 * waited for ten times. The same holds for a server that says "later" (429, 5xx): the time until it is asked again
 * adds up, and ends at four times the time-out. All places that a server leads to (redirects, token endpoints, uploads)
 * count as one: it could name another one each time.
 */
import { monotonicMs } from '../../core/clock.ts';
import { BuildcacheError } from '../../core/errors.ts';
import { redactUrl } from '../../core/redact.ts';

export interface Patience {
  /**
   * @returns milliseconds this request may take to be answered
   * @throws BuildcacheError `unreachable`, not to be tried again, when there is no patience left
   */
  left(at: Asked): number;
  /** Notes that nothing came since then. @returns whether there is patience left */
  silent(at: Asked, since: number): boolean;
  /** Notes an answer that came to its end. */
  heard(at: Asked): void;
  /** Notes that the server answered that it has no time. */
  sentAway(at: Asked): void;
}

/** Who is asked, and on whose word. */
export interface Asked {
  readonly url: URL;
  /** The server that has led there; undefined: nobody has. */
  readonly home?: URL | undefined;
}

function accountOf({ url, home }: Asked): string {
  return home === undefined || home.origin === url.origin ? url.origin : `led by ${home.origin}`;
}

/** @param timeoutMs 0: no limit */
export function patience(timeoutMs: number, now: () => number = monotonicMs): Patience {
  const nothing = () => undefined;
  if (timeoutMs === 0) return { left: () => 0, silent: () => true, heard: nothing, sentAway: nothing };
  const most = MORE_THAN_ONCE * timeoutMs;
  /** Requests wait side by side: no moment counts twice. */
  const servers = new Map<string, { waited: number; until: number }>();
  const busy = new Map<string, { waited: number; since: number | undefined }>();
  /** @returns for how many milliseconds the server has had no time */
  const sentAwayFor = (account: string): number => {
    const server = busy.get(account);
    if (server?.since === undefined) return server?.waited ?? 0;
    server.waited += now() - server.since;
    server.since = undefined;
    return server.waited;
  };
  const leftOf = (waited: number) => (most - waited < timeoutMs / 10 ? 0 : most - waited);
  return {
    left(at) {
      const account = accountOf(at);
      const waited = servers.get(account)?.waited ?? 0;
      const left = leftOf(waited);
      const away = sentAwayFor(account);
      const isTooBusy = away > BUSY_MOST * timeoutMs;
      if (left > 0 && !isTooBusy) return Math.min(timeoutMs, left);
      throw new BuildcacheError('unreachable', 'the server is not asked again', {
        url: redactUrl(at.url),
        found: isTooBusy
          ? `it had no time for ${Math.round(away / 1000)} seconds`
          : `no answer in ${Math.round(waited / 1000)} seconds`,
        hint: 'try again later, or with a longer --timeout (in the action: timeout)',
        givenUp: true,
      });
    },
    silent(at, since) {
      const account = accountOf(at);
      const before = servers.get(account) ?? { waited: 0, until: 0 };
      const until = now();
      const waited = before.waited + until - Math.min(until, Math.max(since, before.until));
      servers.set(account, { waited, until });
      return leftOf(waited) > 0;
    },
    heard(at) {
      const account = accountOf(at);
      const server = servers.get(account);
      if (server !== undefined) server.waited = Math.max(0, server.waited - FORGIVEN_MS);
      const other = busy.get(account);
      if (other !== undefined) other.waited = Math.max(0, other.waited - FORGIVEN_MS);
    },
    sentAway(at) {
      const account = accountOf(at);
      const { waited = 0, since = now() } = busy.get(account) ?? {};
      busy.set(account, { waited, since });
    },
  };
}

const MORE_THAN_ONCE = 1.8;
const BUSY_MOST = 4;
const FORGIVEN_MS = 1_000;
