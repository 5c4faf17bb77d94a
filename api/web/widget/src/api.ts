import type { Store } from "./storage";
import type { Session } from "./types";

const TIMEOUT = 15_000;
const DAY = 86_400_000;
const RENEW_PAUSE = 300_000;

interface StoredSession extends Session {
  /** When it was received, by this machine's clock. */
  got: number;
}

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** Milliseconds that the server asks us to wait; 0 when it doesn't. */
    readonly retryAfter: number,
  ) {
    super(message);
  }

  /** The same request will never succeed. */
  get permanent(): boolean {
    return this.status >= 400 && this.status < 500 && ![401, 408, 429].includes(this.status);
  }
}

export class Api {
  /** Called when the token was refused and another visitor may have come of it. */
  onNewVisitor = (): void => {};

  readonly #root: string;
  readonly #store: Store;

  constructor(origin: string, inbox: string, store: Store) {
    this.#root = `${origin}/v1/widget/${encodeURIComponent(inbox)}`;
    this.#store = store;
  }

  session(): StoredSession | undefined {
    return this.#store.get<StoredSession>("session");
  }

  /** Gets or renews the session, unless another tab has just replaced the refused one. */
  renew(refused?: string): Promise<StoredSession> {
    return this.#store.exclusive("session", () => this.#open(refused));
  }

  async #open(refused?: string): Promise<StoredSession> {
    const current = this.session();
    if (refused && current && current.token !== refused) {
      return current;
    }
    const response = await this.#fetch("POST", "/session", current?.token, {});
    const session = { ...((await response.json()) as Session), got: Date.now() };
    // Given up or replaced meanwhile, the old one must not come back by its renewal.
    if (this.session()?.token !== current?.token) {
      return this.session() ?? this.#open();
    }
    this.#store.set("session", session);
    return session;
  }

  /** One call with a JSON answer; a refused token is renewed once. */
  async call<T>(method: string, path: string, body?: unknown): Promise<T | undefined> {
    const response = await this.#authorized(method, path, body);
    return response.status === 204 ? undefined : ((await response.json()) as T);
  }

  /** Opens a response that is read as it comes; the time-out holds until its headers are there. */
  async stream(path: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const response = await this.#authorized("GET", path, undefined, signal);
    if (!response.body || !response.headers.get("content-type")?.startsWith("text/event-stream")) {
      throw new Error("not a stream");
    }
    return response.body;
  }

  async #authorized(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
    const token = await this.token();
    try {
      return await this.#fetch(method, path, token, body, signal);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) {
        throw error;
      }
      const session = await this.renew(token);
      this.onNewVisitor();
      // What was read with the old token's cursor starts anew; what was to be written is written.
      if (method === "GET") {
        throw error;
      }
      return this.#fetch(method, path, session.token, body, signal);
    }
  }

  /** The session's token, made or renewed where that is due. */
  async token(): Promise<string> {
    const current = this.session();
    if (!current) {
      return (await this.renew()).token;
    }
    const expires = Date.parse(current.expires_at);
    const early = Math.min(DAY, (expires - current.got) / 2);
    // The pause keeps a wrong clock from renewing at each call.
    const due = Date.now() > expires - early && Date.now() > current.got + RENEW_PAUSE;
    return due ? (await this.renew()).token : current.token;
  }

  async #fetch(
    method: string,
    path: string,
    token: string | undefined,
    body?: unknown,
    signal?: AbortSignal,
  ): Promise<Response> {
    const headers: Record<string, string> = {};
    if (token) {
      headers["Authorization"] = `Bearer ${token}`;
    }
    if (body !== undefined) {
      headers["Content-Type"] = "application/json";
    }
    const response = await fetch(this.#root + path, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      cache: "no-store",
      credentials: "omit",
      signal: signal ?? AbortSignal.timeout(TIMEOUT),
    });
    if (response.ok) {
      return response;
    }
    const problem = await response.json().catch(() => null);
    throw new ApiError(
      response.status,
      problem?.error?.code ?? "",
      problem?.error?.message ?? `HTTP ${response.status}`,
      (Number(response.headers.get("retry-after")) || 0) * 1000,
    );
  }
}
