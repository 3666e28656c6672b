/**
 * The body of an object whose bytes are in memory already. It is a stream like any other. Who wants all of the bytes can
 * have them without one, which costs many times as much as a small document.
 */
import { Readable } from 'node:stream';

export class BytesBody extends Readable {
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    super();
    this.#bytes = bytes;
  }

  override _read(): void {
    if (this.#bytes.length > 0) this.push(this.#bytes);
    this.push(null);
  }

  /** All bytes, of a body that nobody has read from. It counts as read. */
  takeAll(): Buffer {
    this.destroy();
    return this.#bytes;
  }
}

/** The body in chunks, to be read once. */
export function chunksOf(body: Readable): AsyncIterable<Buffer> | Iterable<Buffer> {
  if (!(body instanceof BytesBody)) return body as AsyncIterable<Buffer>;
  const bytes = body.takeAll();
  return bytes.length === 0 ? [] : [bytes];
}
