import { type Api, ApiError } from "./api";
import type { Store } from "./storage";
import { readEvents } from "./stream";
import type { Accepted, History, Message, Pending, State } from "./types";

/** idle: nobody has chatted yet. refused: the server will not serve this inbox or page. */
export type Link = "idle" | "connecting" | "online" | "offline" | "refused";

export const MAX_CHARS = 4000;

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 15_000;
const REFUSED_WAIT = 60_000;
const SILENCE = 40_000;
const CONNECT_TIMEOUT = 15_000;
const SETTLED = 10_000;
const HIDDEN_GRACE = 5_000;

const NO_STATE: State = { typing: false, served_by: "nobody", read_seq: 0 };

/**
 * One visitor's conversation: what the server has said (by sequence), what it has not yet
 * acknowledged (in the store, shared by all tabs), and the two loops that keep them in step.
 */
export class Chat {
  messages: Message[] = [];
  state: State = NO_STATE;
  link: Link = "idle";
  /** Why the server refuses, in its words. */
  refusal = "";
  loaded = false;
  open: boolean;

  #unsent: string;
  #token: string | undefined;
  #cursor = 0;
  #readSeen = 0;
  #readSent = 0;
  #sending = false;
  #sendFailed = false;
  #started = false;
  #greeted = false;
  #current = new AbortController();
  readonly #sleepers = new Set<() => void>();
  readonly #watchers = new Set<() => void>();

  readonly #api: Api;
  readonly #store: Store;

  constructor(api: Api, store: Store) {
    this.#api = api;
    this.#store = store;
    this.open = store.get<boolean>("open") ?? false;
    this.#unsent = store.tab("draft") ?? "";
    api.onNewVisitor = () => this.#forget();
    store.watch((key) => this.#otherTab(key));
    addEventListener("online", () => this.wake());
    addEventListener("offline", () => this.#drop());
    document.addEventListener("visibilitychange", () => this.#visibilityChanged());
    // A page that nobody has chatted on costs the server nothing: no session until the first opening.
    if (this.open || api.session() || this.queue.length > 0) {
      this.#start();
    }
  }

  subscribe(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  get shop(): string {
    return this.#api.session()?.shop ?? "";
  }

  get language(): string {
    return this.#api.session()?.language ?? "";
  }

  get queue(): Pending[] {
    const known = new Set(this.messages.map((message) => message.client_id));
    return this.#store
      .list<Pending>("queue:")
      .filter((pending) => !known.has(pending.client_id))
      .sort((a, b) => a.at - b.at);
  }

  /** The head of the queue was tried and will be tried again. */
  get waiting(): boolean {
    return this.#sendFailed;
  }

  get unread(): number {
    const read = Math.max(this.#readSeen, this.state.read_seq);
    return this.messages.filter((message) => message.from !== "customer" && message.seq > read).length;
  }

  /** What the visitor is writing; each tab has its own. */
  get draft(): string {
    return this.#unsent;
  }

  set draft(text: string) {
    this.#unsent = text;
    this.#store.setTab("draft", text);
  }

  show(open: boolean): void {
    this.open = open;
    this.#store.set("open", open);
    if (open) {
      this.#start();
    }
    this.#changed();
  }

  send(text: string): void {
    const trimmed = text.trim().slice(0, MAX_CHARS);
    if (!trimmed) {
      return;
    }
    const last = this.queue.at(-1)?.at ?? 0;
    this.#put({ client_id: newID(), text: trimmed, at: Math.max(Date.now(), last + 1) });
    this.#start();
    this.wake();
  }

  retry(pending: Pending): void {
    const { error: _, ...fresh } = pending;
    this.#put(fresh);
    this.wake();
  }

  discard(pending: Pending): void {
    this.#store.remove(`queue:${pending.client_id}`);
    this.#changed();
  }

  async identify(jwt: string): Promise<void> {
    const prove = () => this.#api.call("POST", "/identity", { jwt });
    const token = await this.#api.token();
    try {
      await prove();
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 409) {
        throw error;
      }
      // The chat is another customer's: it is left behind, unless another tab has done so.
      if (this.#api.session()?.token === token) {
        this.reset();
      }
      await prove();
    }
    this.#start();
  }

  /** Forgets the visitor, in all tabs: whoever writes next is another one. */
  reset(): void {
    for (const pending of this.#store.list<Pending>("queue:")) {
      this.discard(pending);
    }
    this.#store.remove("session");
    this.draft = "";
    this.#forget();
  }

  /** Ends every wait: something happened that makes another try worthwhile. */
  wake(): void {
    for (const awaken of this.#sleepers) {
      awaken();
    }
    void this.#flush();
    this.#changed();
  }

  #start(): void {
    if (!this.#started) {
      this.#started = true;
      this.link = "connecting";
      void this.#receive();
      void this.#flush();
      this.#visibilityChanged();
    }
  }

  // Receiving

  async #receive(): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      while (document.hidden && this.loaded) {
        await this.#pause(LONGEST_WAIT);
      }
      const began = Date.now();
      let wait = 0;
      try {
        await this.#connect();
        this.#settle("connecting");
      } catch (error) {
        wait = this.#failed(error);
      }
      if (Date.now() - began > SETTLED) {
        attempt = 0;
      }
      // What the visitor does may cut a wait short, but not one that the server asked for.
      const atLeast = this.link === "refused" ? 0 : wait;
      await this.#pause(Math.max(wait, backoff(attempt)), atLeast);
    }
  }

  /** Loads what is missing and follows the stream until it ends. */
  async #connect(): Promise<void> {
    const controller = new AbortController();
    this.#current = controller;
    if (navigator.onLine === false) {
      throw new Error("offline");
    }
    if (!this.#greeted) {
      await this.#api.renew();
      this.#greeted = true;
    }
    if (!this.loaded) {
      await this.#load();
    }
    let timer = setTimeout(() => controller.abort(), CONNECT_TIMEOUT);
    try {
      const body = await this.#api.stream(`/stream?after=${this.#cursor}`, controller.signal);
      const alive = () => {
        clearTimeout(timer);
        timer = setTimeout(() => controller.abort(), SILENCE);
      };
      alive();
      this.#settle("online");
      await readEvents(body, alive, ({ event, data }) => {
        if (controller.signal.aborted) {
          return;
        }
        if (event === "message") {
          this.#add([JSON.parse(data) as Message], true);
        } else if (event === "state") {
          this.#setState(JSON.parse(data) as State);
        }
      });
    } finally {
      clearTimeout(timer);
    }
  }

  async #load(): Promise<void> {
    const visitor = this.#current;
    this.#token = this.#api.session()?.token;
    for (;;) {
      const page = await this.#api.call<History>("GET", `/messages?after=${this.#cursor}`);
      if (!page || visitor.signal.aborted) {
        throw new Error("interrupted");
      }
      const before = this.#cursor;
      this.#add(page.messages, true);
      this.#setState(page.state);
      if (!page.more || this.#cursor === before) {
        break;
      }
    }
    this.loaded = true;
    this.#changed();
  }

  #failed(error: unknown): number {
    if (error instanceof ApiError && error.permanent) {
      this.refusal = error.message;
      this.#settle("refused");
      return REFUSED_WAIT;
    }
    const broken = this.link === "online" && navigator.onLine !== false;
    const renewed = error instanceof ApiError && error.status === 401;
    this.#settle(broken || renewed || document.hidden ? "connecting" : "offline");
    return error instanceof ApiError ? error.retryAfter : 0;
  }

  /** Breaks the stream, so that the loop notices at once. */
  #drop(): void {
    this.#current.abort();
    this.#settle(navigator.onLine === false ? "offline" : this.link);
  }

  /** The token may now belong to another visitor, who must not see what this one read. */
  #forget(): void {
    this.#cursor = this.#readSeen = this.#readSent = 0;
    this.messages = [];
    this.state = NO_STATE;
    this.loaded = false;
    this.#current.abort();
    this.wake();
  }

  /** Puts messages in their places. Only what the server listed in order moves the cursor. */
  #add(incoming: Message[], listed: boolean): void {
    for (const message of incoming) {
      const at = this.messages.findIndex((known) => known.id === message.id);
      if (at >= 0) {
        this.messages[at] = message;
      } else {
        this.messages.push(message);
      }
      if (message.client_id) {
        this.#store.remove(`queue:${message.client_id}`);
      }
      if (listed) {
        this.#cursor = Math.max(this.#cursor, message.seq);
      }
    }
    this.messages.sort((a, b) => a.seq - b.seq);
    this.#changed();
  }

  #setState(state: State): void {
    this.state = state;
    this.#changed();
  }

  /** Tells the server, once, up to where an open and visible panel has shown the shop's messages. */
  #markRead(): void {
    const newest = this.messages.findLast((message) => message.from !== "customer")?.seq ?? 0;
    if (!this.open || document.hidden) {
      return;
    }
    this.#readSeen = Math.max(this.#readSeen, newest);
    if (this.link !== "online" || newest <= Math.max(this.#readSent, this.state.read_seq)) {
      return;
    }
    const before = this.#readSent;
    this.#readSent = newest;
    this.#api.call("POST", "/read", { seq: newest }).catch(() => {
      // The next change tells it again.
      this.#readSent = Math.min(this.#readSent, before);
    });
  }

  // Sending

  async #flush(): Promise<void> {
    if (this.#sending) {
      return;
    }
    this.#sending = true;
    for (let attempt = 0; this.#next; attempt++) {
      try {
        while (await this.#store.exclusive("send", () => this.#sendNext())) {
          attempt = 0;
        }
        break;
      } catch (error) {
        this.#sendFailed = true;
        this.#changed();
        const wait = error instanceof ApiError ? error.retryAfter : 0;
        await this.#pause(Math.max(wait, backoff(attempt)), wait);
      }
    }
    this.#sending = false;
    this.#sendFailed = false;
    if (this.#next) {
      void this.#flush();
    }
  }

  get #next(): Pending | undefined {
    return this.queue.find((pending) => !pending.error);
  }

  /** Sends the oldest message of the queue; false when there is none. */
  async #sendNext(): Promise<boolean> {
    const pending = this.#next;
    if (!pending) {
      return false;
    }
    const { client_id, text } = pending;
    // Once the visitor is forgotten, so is what they wrote.
    const kept = () => this.#store.get(`queue:${client_id}`);
    try {
      const accepted = await this.#api.call<Accepted>("POST", "/messages", { client_id, text });
      if (accepted && kept()) {
        const at = new Date(pending.at).toISOString();
        const confirmed: Message = { ...accepted, client_id, from: "customer", text, at };
        if (!this.messages.some((message) => message.id === accepted.id)) {
          this.#add([confirmed], false);
        }
      }
      this.#store.remove(`queue:${client_id}`);
    } catch (error) {
      if (!(error instanceof ApiError) || !error.permanent) {
        throw error;
      }
      if (kept()) {
        this.#put({ ...pending, error: error.message });
      }
    }
    this.#sendFailed = false;
    this.#changed();
    return true;
  }

  #put(pending: Pending): void {
    this.#store.set(`queue:${pending.client_id}`, pending);
    this.#changed();
  }

  // The world around

  #otherTab(key: string): void {
    if (key === "session") {
      if (this.#api.session()) {
        this.#start();
      }
      // Storage reaches other tabs late: two that began at once each got a session, and the later one counts.
      if (this.#token && this.#api.session()?.token !== this.#token) {
        this.#forget();
      }
    } else if (key.startsWith("queue:")) {
      void this.#flush();
      this.#changed();
    }
  }

  /** A hidden tab gives its stream back: browsers allow six connections to one host in all tabs together. */
  #visibilityChanged(): void {
    if (!document.hidden) {
      this.wake();
      return;
    }
    setTimeout(() => {
      if (document.hidden) {
        this.#drop();
      }
    }, HIDDEN_GRACE);
  }

  #settle(link: Link): void {
    this.link = link;
    this.#changed();
  }

  #changed(): void {
    this.#markRead();
    for (const watcher of this.#watchers) {
      watcher();
    }
  }

  /** Waits, at most until something wakes the chat; `atLeast` is waited out in any case. */
  #pause(wait: number, atLeast = 0): Promise<void> {
    return new Promise((resolve) => {
      const began = Date.now();
      const done = () => {
        this.#sleepers.delete(awaken);
        clearTimeout(timer);
        resolve();
      };
      const awaken = () => {
        if (Date.now() - began >= atLeast) {
          done();
        }
      };
      const timer = setTimeout(done, wait);
      this.#sleepers.add(awaken);
    });
  }
}

/** Half a second at first, doubling to 15 s, with half of it left to chance. */
function backoff(attempt: number): number {
  const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** attempt);
  return wait / 2 + (wait / 2) * Math.random();
}

/** A random UUID, on plain http too, where randomUUID is missing. */
function newID(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
