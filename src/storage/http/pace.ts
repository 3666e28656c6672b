/**
 * Ends an exchange that goes on and on a byte at a time. A request has a credit of time. Waiting uses it up, and
 * bytes that move refill it at a pace that any line keeps. So a small document has a deadline for the whole, and a
 * large one may be slow for a while. Neither headers nor the interim answers before them (1xx) refill the credit.
 */
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

/** Bytes a millisecond: sixteen connections side by side need half a megabit a second. */
const PACE = 4;

/** The first credit in time-outs: for the headers, and for the first bytes of an object that lies there ready. */
const SOON = 2;
/** The credit where the server first has to make or take something, and the most there can be of it. */
const LATER = 10;

/**
 * @param timeoutMs the longest silence; 0: no limit
 * @param tooSlow the error for the caller
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
    // The bytes that have come, or the end, wait for their reader: this time is ours, not the server's.
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
