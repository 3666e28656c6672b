/**
 * Who waits for whose layer, among the specs that go to one registry: an image names the layers of all it runs with. They
 * begin in an order, and each waits for those only that began before it, so that however few are under way at once,
 * nobody waits for ever.
 */
export class LayerTurns {
  readonly #places = new Map<string, number>();
  readonly #sent = new Map<string, Promise<void>>();
  readonly #settle = new Map<string, () => void>();

  readonly #failed = new Set<string>();

  /** @param hashes all that will be settled, one way or the other, in the order in which they begin */
  constructor(hashes: Iterable<string>) {
    for (const hash of hashes) {
      this.#places.set(hash, this.#places.size);
      this.#sent.set(hash, new Promise((resolve) => void this.#settle.set(hash, resolve)));
    }
  }

  /** Its layer is there, or was not to come. */
  settle(hash: string): void {
    this.#settle.get(hash)?.();
    this.#settle.delete(hash);
  }

  /** Its layer will not come. One that is there all the same was to be replaced, and is nothing to rely on. */
  fail(hash: string): void {
    if (!this.#settle.has(hash)) return;
    this.#failed.add(hash);
    this.settle(hash);
  }

  hasFailed(hash: string): boolean {
    return this.#failed.has(hash);
  }

  /** Whether a layer is still to come that a spec can wait for. */
  isToCome(hash: string, forWhom: string): boolean {
    return this.#settle.has(hash) && this.#place(hash) < this.#place(forWhom);
  }

  /** Ends when none of these is {@link isToCome}. @returns those that have failed */
  async settled(hashes: readonly string[], forWhom: string): Promise<ReadonlySet<string>> {
    for (const hash of hashes) if (this.isToCome(hash, forWhom)) await this.#sent.get(hash);
    return new Set(hashes.filter((hash) => this.#failed.has(hash)));
  }

  #place(hash: string): number {
    return this.#places.get(hash) ?? Number.POSITIVE_INFINITY;
  }
}
