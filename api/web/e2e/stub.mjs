import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";

const SCRIPT = new URL("../widget/dist/widget.js", import.meta.url);
const DAYS_30 = 30 * 86_400_000;

/**
 * The widget's server side in memory, with faults to order. `inbox` is the one inbox it knows;
 * every request to the API is recorded in `requests`.
 */
export async function startStub() {
  const stub = new Stub();
  await stub.up();
  return stub;
}

class Stub {
  inbox = "inbox-1";
  shop = "Casa Clara";
  visitors = new Map();
  requests = [];
  /** Answers a customer's text, or stays silent when it returns nothing. */
  reply = () => undefined;
  #faults = [];
  #sockets = new Set();
  #port = 0;

  get url() {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** The only visitor there is. */
  get visitor() {
    return [...this.visitors.values()].at(-1);
  }

  get texts() {
    return this.visitor.messages.map((message) => message.text);
  }

  async up() {
    this.server = createServer((request, response) => {
      this.#serve(request, response).catch((error) => response.destroy(error));
    });
    this.server.on("connection", (socket) => {
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
    });
    await new Promise((resolve) => this.server.listen(this.#port, "127.0.0.1", resolve));
    this.#port = this.server.address().port;
  }

  /** Cuts every connection and stops listening, as a killed process does. */
  async down() {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const socket of this.#sockets) {
      socket.destroy();
    }
    await closed;
  }

  /**
   * The next `times` requests to `what` ("POST /messages") fail: with `status` (and `headers`, `code`, `message`), or, with
   * `lost`, after having had their effect, without an answer.
   */
  fail(what, fault, times = 1) {
    this.#faults.push({ what, times, ...fault });
  }

  heal() {
    this.#faults = [];
  }

  dropStreams() {
    for (const visitor of this.visitors.values()) {
      for (const stream of visitor.streams) {
        stream.destroy();
      }
    }
  }

  /** Somebody else writes into the visitor's chat. */
  say(text, from = "agent", visitor = this.visitor) {
    return this.#store(visitor, { from, text });
  }

  setState(change, visitor = this.visitor) {
    Object.assign(visitor.state, change);
    this.#send(visitor, `event: state\ndata: ${JSON.stringify(visitor.state)}\n\n`);
  }

  count(method, path) {
    return this.requests.filter((seen) => seen.method === method && seen.path === path).length;
  }

  #store(visitor, fields) {
    visitor.seq += 1;
    const message = { seq: visitor.seq, id: randomUUID(), at: new Date().toISOString(), ...fields };
    visitor.messages.push(message);
    this.#send(visitor, frame(message));
    return message;
  }

  /** In small pieces, so that events and characters are cut in two. */
  #send(visitor, text) {
    const bytes = Buffer.from(text);
    for (const stream of visitor.streams) {
      for (let at = 0; at < bytes.length; at += 7) {
        stream.write(bytes.subarray(at, at + 7));
      }
    }
  }

  async #serve(request, response) {
    const url = new URL(request.url, this.url);
    if (url.pathname === "/widget.js") {
      response.setHeader("Content-Type", "text/javascript");
      response.end(await readFile(SCRIPT));
      return;
    }
    if (!url.pathname.startsWith("/v1/")) {
      this.#page(url, response);
      return;
    }
    const [, , , inbox, name] = url.pathname.split("/");
    const path = `/${name}`;
    const body = await json(request);
    this.requests.push({ method: request.method, path, body, at: Date.now() });
    const what = `${request.method} ${path}`;
    const fault = this.#faults.find((one) => one.what === what && one.times > 0);
    if (fault) {
      fault.times -= 1;
    }
    if (fault?.status) {
      response.writeHead(fault.status, fault.headers);
      response.end(problem(fault.code ?? "fault", fault.message ?? "ordered to fail"));
      return;
    }
    if (inbox !== this.inbox) {
      response.writeHead(404).end(problem("not_found", "there is no such inbox"));
      return;
    }
    const answer = fault?.lost ? silent(response) : response;
    const visitor = this.visitors.get(request.headers.authorization?.replace("Bearer ", ""));
    if (path === "/session") {
      this.#session(visitor, answer);
    } else if (!visitor) {
      answer.writeHead(401).end(problem("unauthorized", "the token is not valid"));
    } else {
      this.#call(what, visitor, body, url, answer);
    }
  }

  #page(url, response) {
    const language = url.searchParams.get("lang") ?? "en";
    const inbox = url.searchParams.get("inbox") ?? this.inbox;
    response.writeHead(200, {
      "Content-Type": "text/html; charset=utf-8",
      // As strict as a shop may have it.
      "Content-Security-Policy": "default-src 'none'; script-src 'self'; connect-src 'self'",
    });
    response.end(`<!doctype html><html lang="${language}"><meta name="viewport" content="width=device-width">
      <title>Shop</title><h1>Shop</h1><a href="#top">A link</a>
      <script src="/widget.js" data-inbox="${inbox}" data-language="${language}" async></script></html>`);
  }

  #session(known, response) {
    const token = known?.token ?? randomUUID();
    if (!known) {
      const state = { typing: false, served_by: "nobody", read_seq: 0 };
      this.visitors.set(token, { token, seq: 0, messages: [], streams: new Set(), state });
    }
    send(response, 200, {
      token,
      expires_at: new Date(Date.now() + DAYS_30).toISOString(),
      language: "en",
      shop: this.shop,
      seq: this.visitors.get(token).seq,
    });
  }

  #call(what, visitor, body, url, response) {
    const after = Number(url.searchParams.get("after") ?? 0);
    const messages = visitor.messages.filter((message) => message.seq > after);
    switch (what) {
      case "GET /messages":
        send(response, 200, { messages, state: visitor.state, seq: visitor.seq });
        return;
      case "POST /messages": {
        const { client_id, text } = body;
        const before = visitor.messages.find((message) => message.client_id === client_id);
        const { id, seq } = before ?? this.#store(visitor, { from: "customer", text, client_id });
        send(response, 202, { id, seq });
        const reply = !before && this.reply(text);
        if (reply) {
          setTimeout(() => this.say(reply, "agent", visitor), 30);
        }
        return;
      }
      case "POST /read":
        visitor.state.read_seq = Math.max(visitor.state.read_seq, body.seq);
        response.writeHead(204).end();
        return;
      case "POST /identity":
        visitor.jwt = body.jwt;
        response.writeHead(204).end();
        return;
      case "GET /stream":
        response.writeHead(200, { "Content-Type": "text/event-stream" });
        response.write(": hello\n\n");
        visitor.streams.add(response);
        response.on("close", () => visitor.streams.delete(response));
        response.write(`event: state\r\ndata: ${JSON.stringify(visitor.state)}\r\n\r\n`);
        for (const message of messages) {
          response.write(frame(message));
        }
        return;
      default:
        response.writeHead(404).end(problem("not_found", "no such path"));
    }
  }
}

function frame(message) {
  return `event: message\nid: ${message.seq}\ndata: ${JSON.stringify(message)}\n\n`;
}

function problem(code, message) {
  return JSON.stringify({ error: { code, message } });
}

function send(response, status, body) {
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
}

/** Stands in for a response whose answer never arrives. */
function silent(response) {
  return {
    writeHead() {
      return this;
    },
    end() {
      response.destroy();
    },
  };
}

async function json(request) {
  let text = "";
  for await (const chunk of request) {
    text += chunk;
  }
  return text ? JSON.parse(text) : undefined;
}
