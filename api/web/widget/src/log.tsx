import { Component, createRef, h } from "preact";
import type { Chat } from "./chat";
import { DownIcon, SparkIcon } from "./icons";
import type { Labels } from "./labels";
import { pieces } from "./links";
import type { Author, Message, Pending } from "./types";

interface Props {
  chat: Chat;
  language: string;
  labels: Labels;
}

/** How far from the end still counts as reading the newest messages. */
const NEAR = 60;

export class Log extends Component<Props, { behind: boolean }> {
  override state = { behind: false };
  readonly #box = createRef<HTMLDivElement>();
  #observer: ResizeObserver | undefined;
  #atEnd = true;
  #own = 0;
  #newest = "";

  override componentDidMount(): void {
    if (this.#box.current) {
      this.#observer = new ResizeObserver(() => this.#stay());
      this.#observer.observe(this.#box.current);
    }
    this.componentDidUpdate();
  }

  override componentWillUnmount(): void {
    this.#observer?.disconnect();
  }

  /** Follows the end, unless the visitor is reading further up: then a button leads there. */
  override componentDidUpdate(): void {
    const { messages, queue } = this.props.chat;
    const own = queue.length + messages.filter((message) => message.from === "customer").length;
    const newest = messages.at(-1)?.id ?? "";
    if (own > this.#own) {
      this.#atEnd = true;
    } else if (newest !== this.#newest && !this.#atEnd) {
      this.setState({ behind: true });
    }
    this.#own = own;
    this.#newest = newest;
    this.#stay();
  }

  #stay(): void {
    const box = this.#box.current;
    if (box && this.#atEnd) {
      box.scrollTop = box.scrollHeight;
    }
  }

  readonly #onScroll = (): void => {
    const box = this.#box.current;
    if (box) {
      this.#atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
      if (this.#atEnd && this.state.behind) {
        this.setState({ behind: false });
      }
    }
  };

  readonly #toEnd = (): void => {
    this.#atEnd = true;
    this.#stay();
    this.#box.current?.focus();
  };

  override render({ chat, language, labels }: Props) {
    const { messages, queue } = chat;
    const typing = chat.state.typing && chat.link === "online";
    const empty = messages.length === 0 && queue.length === 0;
    const loading = !chat.loaded && chat.link === "connecting";
    return (
      <div class="middle">
        <div
          ref={this.#box}
          class="log"
          role="log"
          aria-live="polite"
          aria-busy={loading}
          aria-label={labels.chat}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
          tabIndex={0}
          onScroll={this.#onScroll}
        >
          {empty && loading && <Skeleton label={labels.connecting} />}
          {empty && !loading && <p class="greeting">{labels.greeting}</p>}
          {[...messages, ...queue].map((entry, index, all) => (
            <Row
              key={entry.client_id ?? (entry as Message).id}
              entry={entry}
              first={author(all[index - 1] ?? entry) !== author(entry) || index === 0}
              chat={chat}
              language={language}
              labels={labels}
            />
          ))}
          <div class="typing" role="status">
            {typing && (
              <span class="dots">
                <span class="hidden">{labels.typing}</span>
                <i />
                <i />
                <i />
              </span>
            )}
          </div>
        </div>
        {this.state.behind && (
          <button type="button" class="newest" onClick={this.#toEnd}>
            <DownIcon />
            {labels.newest}
          </button>
        )}
      </div>
    );
  }
}

interface RowProps extends Props {
  entry: Message | Pending;
  /** The one before it is by somebody else, so the author is named. */
  first: boolean;
}

/** One message, unsent or sent: the same element throughout, so that it is announced once. */
function Row({ entry, first, chat, language, labels }: RowProps) {
  const from = author(entry);
  const unsent = !("seq" in entry);
  const error = unsent && entry.error;
  const name = { customer: labels.you, agent: labels.agent, person: labels.person }[from];
  return (
    <div
      class={first ? "row first" : "row"}
      data-from={from}
      data-state={unsent ? (error ? "failed" : "sending") : "sent"}
    >
      <span class={first && from !== "customer" ? "author" : "hidden"}>
        {from === "agent" && <SparkIcon />}
        {name}
      </span>
      <p class="bubble" dir="auto" title={moment(entry.at, language)}>
        <Text text={entry.text} />
      </p>
      {error && (
        <div class="failed">
          <span>{labels.failed(error)}</span>
          <button type="button" onClick={() => chat.retry(entry)}>
            {labels.retry}
          </button>
          <button type="button" onClick={() => chat.discard(entry)}>
            {labels.remove}
          </button>
        </div>
      )}
      {unsent && !error && <span class="fate late">{chat.waiting ? labels.waiting : labels.sending}</span>}
    </div>
  );
}

function author(entry: Message | Pending): Author {
  return "seq" in entry ? entry.from : "customer";
}

function moment(at: string | number, language: string): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime())
    ? ""
    : date.toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });
}

/** A message's words as text nodes; only http(s) addresses become links. */
function Text({ text }: { text: string }) {
  return pieces(text).map((piece) =>
    piece.href ? (
      <a href={piece.href} target="_blank" rel="noopener">
        {piece.text}
      </a>
    ) : (
      piece.text
    ),
  );
}

function Skeleton({ label }: { label: string }) {
  return (
    <div class="skeleton">
      <span class="hidden">{label}</span>
      <i />
      <i />
      <i />
    </div>
  );
}
