/**
 * Ends an exchange that goes on and on a byte at a time. Who waits has a credit of time, which waiting uses up and what
 * comes, or is taken, fills again at a pace that any line keeps: so the whole of a small document has a deadline, and a
 * large one may be slow for a while. Headers fill nothing, the interim answers before them (1xx) neither.
 */
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

/** Bytes a millisecond: sixteen connections side by side need half a megabit a second. */
const PACE = 4;

/** Times the time-out: for headers, and for the first bytes of what lies there ready. */
const SOON = 2;
/** For what the server has to make first, for what it has to take, and at most for what is long. */
const LATER = 10;

/**
 * @param timeoutMs of a silence; 0: as long as it takes
 * @param tooSlow the error for who waits
 */
export function limitPace(
  socket: Socket,
  request: ClientRequest,
  answer: () => IncomingMessage | undefined,
  timeoutMs: number,
  tooSlow: () => Error,
): void {
  if (timeoutMs === 0) return;
  const tick = timeoutMs / 2;
  let phase: Phase = 'sending';
  let credit = LATER * timeoutMs;
  let moved = socket.bytesWritten;
  const readBefore = socket.bytesRead;
  const onTick = () => {
    const response = answer();
    const now = phaseOf(request, response);
    if (now !== phase) {
      const isReady = now === 'waiting' || request.method === 'GET';
      credit = (isReady ? SOON : LATER) * timeoutMs;
      moved = now === 'receiving' ? readBefore : 0;
      phase = now;
    }
    // What has come, or its end, waits for its reader: the time is ours.
    if (response !== undefined && (response.complete || response.readableLength > 0)) return;
    const before = moved;
    if (phase !== 'waiting') moved = phase === 'sending' ? socket.bytesWritten : socket.bytesRead;
    credit = Math.min(credit + (moved - before) / PACE, LATER * timeoutMs) - tick;
    if (credit < 0) (response ?? request).destroy(tooSlow());
  };
  const timer = setInterval(onTick, tick);
  timer.unref();
  request.once('close', () => clearInterval(timer));
}

type Phase = 'sending' | 'waiting' | 'receiving';

function phaseOf(request: ClientRequest, response: IncomingMessage | undefined): Phase {
  if (response !== undefined) return 'receiving';
  return request.writableFinished ? 'waiting' : 'sending';
}
