/** One server-sent event. */
export interface ServerEvent {
  event: string;
  data: string;
}

/**
 * Reads server-sent events from a fetched body until it ends. `alive` is called at every chunk,
 * comments included, so that the caller can tell a quiet stream from a dead one.
 */
export async function readEvents(
  body: ReadableStream<Uint8Array>,
  alive: () => void,
  handle: (event: ServerEvent) => void,
): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  let event = "";
  let data: string[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return;
    }
    alive();
    rest += decoder.decode(value, { stream: true });
    // The last piece is an unfinished line; a line end may also be cut in two, so it stays there.
    const lines = rest.split(/\r?\n/);
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (line === "") {
        if (data.length > 0) {
          handle({ event: event || "message", data: data.join("\n") });
        }
        event = "";
        data = [];
        continue;
      }
      const colon = line.indexOf(":");
      const field = colon < 0 ? line : line.slice(0, colon);
      const content = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
      if (field === "event") {
        event = content;
      } else if (field === "data") {
        data.push(content);
      }
    }
  }
}
