// A small store: one object that is replaced, never changed, and whoever wants to know of it.
//
//     const store = new Store({ period: '2020', busy: false });
//     store.subscribe(['period'], ({ period }) => console.log(period));
//     store.update({ busy: true });      // says nothing
//     store.update({ period: '2021' });  // says 2021

type Listener<T> = (now: Readonly<T>) => void;

export class Store<T extends object> {
  private readonly listeners = new Set<{ keys: readonly (keyof T)[]; listener: Listener<T> }>();

  constructor(private current: Readonly<T>) {}

  get(): Readonly<T> {
    return this.current;
  }

  /** Replaces some values, then tells those who asked for one of them, in the order in which they asked. */
  update(changes: Partial<T>): void {
    const before = this.current;
    const after = { ...before, ...changes };
    this.current = after;
    for (const { keys, listener } of [...this.listeners]) {
      // A listener may have changed more: each is told of the newest.
      if (keys.some((key) => before[key] !== after[key])) listener(this.current);
    }
  }

  /** Calls `listener` whenever one of `keys` gets another value; returns what ends that. */
  subscribe(keys: readonly (keyof T)[], listener: Listener<T>): () => void {
    const entry = { keys, listener };
    this.listeners.add(entry);
    return () => this.listeners.delete(entry);
  }

  /** Resolves once `holds`, looked at after each change of one of `keys`. */
  until(keys: readonly (keyof T)[], holds: (now: Readonly<T>) => boolean): Promise<void> {
    if (holds(this.current)) return Promise.resolve();
    return new Promise((resolve) => {
      const end = this.subscribe(keys, (now) => {
        if (!holds(now)) return;
        end();
        resolve();
      });
    });
  }
}
