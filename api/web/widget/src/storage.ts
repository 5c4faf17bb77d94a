/** What one inbox keeps in the browser. Falls back to memory where the browser forbids storage. */
export class Store {
  readonly #prefix: string;
  readonly #memory = new Map<string, string>();

  constructor(inbox: string) {
    this.#prefix = `kedai:${inbox}:`;
  }

  get<T>(key: string): T | undefined {
    const name = this.#prefix + key;
    let raw = this.#memory.get(name) ?? null;
    try {
      raw ??= localStorage.getItem(name);
      return raw === null ? undefined : (JSON.parse(raw) as T);
    } catch {
      return undefined;
    }
  }

  set(key: string, value: unknown): void {
    const name = this.#prefix + key;
    const raw = JSON.stringify(value);
    try {
      localStorage.setItem(name, raw);
      this.#memory.delete(name);
    } catch {
      this.#memory.set(name, raw);
    }
  }

  remove(key: string): void {
    const name = this.#prefix + key;
    this.#memory.delete(name);
    try {
      localStorage.removeItem(name);
    } catch {
      // Nothing was stored there.
    }
  }

  /** All values whose key begins with start. */
  list<T>(start: string): T[] {
    const names = new Set(this.#memory.keys());
    try {
      for (const name of Object.keys(localStorage)) {
        names.add(name);
      }
    } catch {
      // Memory is all there is.
    }
    return [...names]
      .filter((name) => name.startsWith(this.#prefix + start))
      .map((name) => this.get<T>(name.slice(this.#prefix.length)))
      .filter((value) => value !== undefined);
  }

  /** What this tab alone keeps over a reload. */
  tab(key: string): string | undefined {
    try {
      return sessionStorage.getItem(this.#prefix + key) ?? undefined;
    } catch {
      return undefined;
    }
  }

  setTab(key: string, value: string): void {
    try {
      sessionStorage.setItem(this.#prefix + key, value);
    } catch {
      // It is lost with the page, then.
    }
  }

  /** Calls back with the key when another tab changes something. */
  watch(changed: (key: string) => void): void {
    addEventListener("storage", (event) => {
      if (event.key?.startsWith(this.#prefix)) {
        changed(event.key.slice(this.#prefix.length));
      }
    });
  }

  /** Runs fn in one tab at a time. Without locks (plain http) it just runs: the server is idempotent. */
  exclusive<T>(name: string, fn: () => Promise<T>): Promise<T> {
    if (!navigator.locks) {
      return fn();
    }
    return navigator.locks.request(this.#prefix + name, fn) as Promise<T>;
  }
}
