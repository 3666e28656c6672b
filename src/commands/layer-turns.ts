/**
 * Which spec waits for the layer of which other one, among the specs that go to one registry. An image names the layers
 * of everything its spec needs at run time. Specs begin in a fixed order, and each waits only for specs that began before
 * it. So no spec waits for ever, however few are under way at once.
 */
export class LayerTurns {
  readonly #places = new Map<string, number>();
  readonly #sent = new Map<string, Promise<void>>();
  readonly #settle = new Map<string, () => void>();

  readonly #failed = new Set<string>();

  /** @param hashes of all specs that will be settled or fail, in the order in which they begin */
  constructor(hashes: Iterable<string>) {
    for (const hash of hashes) {
      this.#places.set(hash, this.#places.size);
      this.#sent.set(hash, new Promise((resolve) => void this.#settle.set(hash, resolve)));
    }
  }

  /** The spec's layer is present, or none will be sent. */
  settle(hash: string): void {
    this.#settle.get(hash)?.();
    this.#settle.delete(hash);
  }

  /** The spec's layer could not be sent. An old layer in the registry was to be replaced, and must not be used. */
  fail(hash: string): void {
    if (!this.#settle.has(hash)) return;
    this.#failed.add(hash);
    this.settle(hash);
  }

  hasFailed(hash: string): boolean {
    return this.#failed.has(hash);
  }

  /** Whether the layer of a spec is still to come, and another spec may wait for it. */
  isToCome(hash: string, forWhom: string): boolean {
    return this.#settle.has(hash) && this.#place(hash) < this.#place(forWhom);
  }

  /** Waits until none of these layers {@link isToCome}. @returns those that have failed */
  async settled(hashes: readonly string[], forWhom: string): Promise<ReadonlySet<string>> {
    for (const hash of hashes) if (this.isToCome(hash, forWhom)) await this.#sent.get(hash);
    return new Set(hashes.filter((hash) => this.#failed.has(hash)));
  }

  #place(hash: string): number {
    return this.#places.get(hash) ?? Number.POSITIVE_INFINITY;
  }
}
