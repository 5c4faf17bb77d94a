import { Component, createRef, h } from "preact";
import type { Chat } from "./chat";
import { Composer } from "./composer";
import { ChatIcon, CloseIcon } from "./icons";
import type { Labels } from "./labels";
import { Log } from "./log";

interface Props {
  chat: Chat;
  language: string;
  labels: Labels;
}

/** What covers less than this is a browser's bar, not a keyboard. */
const KEYBOARD = 100;
const VIEW_EVENTS = ["resize", "scroll"] as const;

export class App extends Component<Props> {
  readonly #launcher = createRef<HTMLButtonElement>();
  #wasOpen = this.props.chat.open;
  #leaving = false;

  override componentDidUpdate(): void {
    if (this.#leaving) {
      this.#launcher.current?.focus();
      this.#leaving = false;
    }
    this.#wasOpen = this.props.chat.open;
  }

  /** Closed from inside: the focus must not be lost with the panel. */
  readonly #leave = (): void => {
    this.#leaving = true;
    this.props.chat.show(false);
  };

  override render({ chat, language, labels }: Props) {
    if (chat.open) {
      return (
        <Panel chat={chat} language={language} labels={labels} entered={!this.#wasOpen} leave={this.#leave} />
      );
    }
    const { unread } = chat;
    return (
      <button
        ref={this.#launcher}
        type="button"
        class="launcher"
        aria-label={labels.open(unread)}
        aria-expanded={false}
        onClick={() => chat.show(true)}
      >
        <ChatIcon />
        {unread > 0 && (
          <span class="badge" aria-hidden="true">
            {unread > 99 ? "99+" : unread}
          </span>
        )}
      </button>
    );
  }
}

interface PanelProps extends Props {
  /** True when the visitor opened it, false when a reload found it open: then focus stays put. */
  entered: boolean;
  leave: () => void;
}

class Panel extends Component<PanelProps> {
  readonly #panel = createRef<HTMLElement>();
  readonly #entered = this.props.entered;

  override componentDidMount(): void {
    const panel = this.#panel.current;
    if (this.#entered) {
      // On a touch screen the keyboard would cover the conversation before it was seen.
      const touch = matchMedia("(pointer: coarse)").matches;
      panel?.querySelector<HTMLElement>(touch ? ".close" : "textarea")?.focus();
    }
    this.#fitToKeyboard();
    for (const event of VIEW_EVENTS) {
      visualViewport?.addEventListener(event, this.#fitToKeyboard);
    }
  }

  override componentWillUnmount(): void {
    for (const event of VIEW_EVENTS) {
      visualViewport?.removeEventListener(event, this.#fitToKeyboard);
    }
  }

  /** Phones lay their keyboard over the page: the panel keeps to what is left visible. */
  readonly #fitToKeyboard = (): void => {
    const style = this.#panel.current?.style;
    if (style && visualViewport) {
      const covered = innerHeight - visualViewport.height > KEYBOARD;
      style.setProperty("--view-height", covered ? `${visualViewport.height}px` : null);
      style.setProperty("--view-top", covered ? `${visualViewport.offsetTop}px` : null);
    }
  };

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && !event.isComposing) {
      this.props.leave();
    }
    // The shop's own shortcuts must not fire while somebody writes here.
    event.stopPropagation();
  };

  override render({ chat, language, labels, leave }: PanelProps) {
    const shop = chat.shop || labels.fallbackShop;
    const serves = {
      agent: labels.agentServes,
      person: labels.personServes,
      nobody: labels.nobodyServes,
    }[chat.state.served_by];

    return (
      <section
        ref={this.#panel}
        class={this.#entered ? "panel entered" : "panel"}
        role="dialog"
        aria-label={`${labels.chat}: ${shop}`}
        onKeyDown={this.#onKeyDown}
        onKeyUp={keepHere}
        onKeyPress={keepHere}
      >
        <header>
          <span class="face" aria-hidden="true">
            {Array.from(shop)[0]?.toUpperCase()}
          </span>
          <div class="who">
            <h2>{shop}</h2>
            <p data-served-by={chat.state.served_by}>{serves}</p>
          </div>
          <button type="button" class="close" aria-label={labels.close} title={labels.close} onClick={leave}>
            <CloseIcon />
          </button>
        </header>
        <Notice chat={chat} labels={labels} />
        <Log chat={chat} language={language} labels={labels} />
        <Composer chat={chat} labels={labels} />
      </section>
    );
  }
}

const keepHere = (event: Event) => event.stopPropagation();

function Notice({ chat, labels }: { chat: Chat; labels: Labels }) {
  const { link } = chat;
  return (
    <div class="notices" role="status">
      {link === "connecting" && <p class="notice late">{labels.connecting}</p>}
      {link === "offline" && <p class="notice warn">{labels.offline}</p>}
      {link === "refused" && (
        <p class="notice bad">
          <span>
            {labels.refused}
            {chat.refusal && `: ${chat.refusal}`}
          </span>
          <button type="button" onClick={() => chat.wake()}>
            {labels.retry}
          </button>
        </p>
      )}
    </div>
  );
}
