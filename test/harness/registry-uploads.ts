/** A test registry's uploads: sessions whose place must be kept, chunks in order, digests that must be right. */
import type { IncomingMessage } from 'node:http';
import type { Answer, RegistryFault, RegistryRequestLog, TestRegistryOptions } from './registry.ts';
import { Refused, sha256Of, type TestRepository } from './registry-store.ts';

interface Session {
  readonly name: string;
  bytes: Buffer;
  /** Changes with each answer; what is asked with another is refused. */
  state: number;
}

export interface TestUploads {
  /** POST: a new session, or a mount. */
  begin(log: RegistryRequestLog, url: URL, name: string): Answer;
  /** Anything at the location of a session. */
  proceed(
    incoming: IncomingMessage,
    log: RegistryRequestLog,
    url: URL,
    name: string,
    id: string,
    fault: RegistryFault,
  ): Promise<Answer>;
}

/** @param repository makes the one of a name where there is none */
export function testUploads(
  options: TestRegistryOptions,
  repositories: ReadonlyMap<string, TestRepository>,
  repository: (name: string) => TestRepository,
): TestUploads {
  const sessions = new Map<string, Session>();
  let opened = 0;

  const begin = (log: RegistryRequestLog, url: URL, name: string): Answer => {
    if (log.method !== 'POST') throw new Refused(405, 'UNSUPPORTED', 'POST only');
    const { searchParams } = url;
    const mount = searchParams.get('mount');
    const from = repositories.get(searchParams.get('from') ?? '')?.blobs.get(mount ?? '');
    if (mount !== null && from !== undefined && options.mounts !== false) {
      repository(name).blobs.set(mount, from);
      return {
        status: 201,
        headers: { location: `/v2/${name}/blobs/${mount}`, 'docker-content-digest': mount },
      };
    }
    const id = `upload-${++opened}`;
    const session = { name, bytes: Buffer.alloc(0), state: 0 };
    sessions.set(id, session);
    const least =
      options.chunkLeast === undefined ? {} : { 'oci-chunk-min-length': String(options.chunkLeast) };
    return { status: 202, headers: { ...whereTo(id, session), ...least } };
  };

  const proceed = async (
    incoming: IncomingMessage,
    log: RegistryRequestLog,
    url: URL,
    name: string,
    id: string,
    fault: RegistryFault,
  ): Promise<Answer> => {
    const session = sessions.get(id);
    if (session?.name !== name || url.searchParams.get('_state') !== `${session.state}=`) {
      throw new Refused(404, 'BLOB_UPLOAD_UNKNOWN', 'no such upload, or not at this point');
    }
    if (log.method === 'GET') return { status: 204, headers: whereTo(id, session) };
    if (log.method === 'DELETE') {
      sessions.delete(id);
      return { status: 204 };
    }
    const length = Number(log.headers['content-length']);
    if (length > (options.requestMost ?? Number.POSITIVE_INFINITY)) {
      incoming.resume();
      throw new Refused(413, 'SIZE_INVALID', 'too much', { connection: 'close' });
    }
    const range = /^(\d+)-(\d+)$/.exec(log.headers['content-range'] ?? '');
    if (log.method === 'PATCH') {
      const fits =
        Number(range?.[1]) === session.bytes.length && Number(range?.[2]) - Number(range?.[1]) + 1 === length;
      if (range === null || !fits)
        throw new Refused(416, 'BLOB_UPLOAD_INVALID', 'out of order', whereTo(id, session));
    }
    const before = session.bytes;
    const keep = (bytes: Buffer) => {
      session.bytes = Buffer.concat([before, bytes]);
    };
    const cutAfter = typeof fault === 'object' && 'cutAfter' in fault ? fault.cutAfter : undefined;
    try {
      const received = await receive(incoming, log, cutAfter);
      keep(log.method === 'PATCH' ? received.subarray(0, options.chunkKept) : received);
    } catch (error) {
      if (options.resumable === false) sessions.delete(id);
      else if (error instanceof CutOff) keep(error.received);
      throw error;
    }
    if (log.method === 'PATCH') return { status: 202, headers: whereTo(id, session) };
    sessions.delete(id);
    const digest = url.searchParams.get('digest') ?? '';
    if (digest !== sha256Of(session.bytes))
      throw new Refused(400, 'DIGEST_INVALID', 'provided digest did not match uploaded content');
    repository(name).blobs.set(digest, session.bytes);
    return {
      status: 201,
      headers: { location: `/v2/${name}/blobs/${digest}`, 'docker-content-digest': digest },
    };
  };

  const whereTo = (id: string, session: Session): Record<string, string> => {
    session.state++;
    const { name, bytes, state } = session;
    // With characters that a parser of queries would write otherwise.
    return {
      location: `/v2/${name}/blobs/uploads/${id}?_state=${state}=`,
      range: `0-${Math.max(0, bytes.length - 1)}`,
    };
  };

  return { begin, proceed };
}

/** The connection ended in the middle of a request's body. */
export class CutOff extends Error {
  readonly received: Buffer;
  constructor(received: Buffer) {
    super('the connection broke');
    this.received = received;
  }
}

/** The body; with `cutAfter`, its beginning, and the connection is gone. */
export async function receive(
  incoming: IncomingMessage,
  log: RegistryRequestLog,
  cutAfter: number | undefined,
): Promise<Buffer> {
  const { socket } = incoming; // leaving the loop takes it away
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      log.received += chunk.length;
      if (cutAfter !== undefined && log.received >= cutAfter) break;
    }
  } catch {
    throw new CutOff(Buffer.concat(chunks));
  }
  const bytes = Buffer.concat(chunks);
  if (cutAfter === undefined) return bytes;
  socket.destroy();
  throw new CutOff(bytes.subarray(0, cutAfter));
}
