import { Component, createRef, h } from "preact";
import { type Chat, MAX_CHARS } from "./chat";
import { PersonIcon, SendIcon } from "./icons";
import type { Labels } from "./labels";

/** From here on the visitor is told how much room is left. */
const COUNT_FROM = MAX_CHARS - 400;

interface Props {
  chat: Chat;
  labels: Labels;
}

export class Composer extends Component<Props> {
  readonly #area = createRef<HTMLTextAreaElement>();

  override componentDidMount(): void {
    this.#grow();
  }

  /** The field grows with its text; the style sheet sets the limit. */
  #grow(): void {
    const field = this.#area.current;
    if (field) {
      field.style.height = "auto";
      field.style.height = `${field.scrollHeight}px`;
    }
  }

  #write(text: string): void {
    this.props.chat.draft = text;
    this.setState({}, () => this.#grow());
  }

  readonly #submit = (event: Event): void => {
    const { chat } = this.props;
    event.preventDefault();
    chat.send(chat.draft);
    this.#write("");
    this.#area.current?.focus();
  };

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      this.#submit(event);
    }
  };

  override render({ chat, labels }: Props) {
    const text = chat.draft;
    // Pressed again before an answer, it would only say the same thing twice.
    const last = chat.queue.at(-1) ?? chat.messages.at(-1);
    const asked = last?.text === labels.askPersonText;

    return (
      <form onSubmit={this.#submit}>
        <div class="field">
          <textarea
            ref={this.#area}
            rows={1}
            maxLength={MAX_CHARS}
            aria-label={labels.placeholder}
            placeholder={labels.placeholder}
            enterkeyhint="send"
            value={text}
            onInput={(event) => this.#write(event.currentTarget.value)}
            onKeyDown={this.#onKeyDown}
          />
          <button
            type="submit"
            class="send"
            aria-label={labels.send}
            title={labels.send}
            disabled={text.trim() === ""}
          >
            <SendIcon />
          </button>
        </div>
        <div class="foot">
          <button
            type="button"
            class="person"
            aria-disabled={asked}
            onClick={() => !asked && chat.send(labels.askPersonText)}
          >
            <PersonIcon />
            {labels.askPerson}
          </button>
          <span class="count" role="status">
            {text.length >= COUNT_FROM && labels.left(MAX_CHARS - text.length)}
          </span>
        </div>
      </form>
    );
  }
}
