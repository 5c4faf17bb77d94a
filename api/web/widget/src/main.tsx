import { h, render } from "preact";
import { Api } from "./api";
import { App } from "./app";
import { Chat } from "./chat";
import { labelsIn, pickLanguage } from "./labels";
import { Store } from "./storage";
import styles from "./styles.css?inline";

interface Kedai {
  open(): void;
  close(): void;
  /** Proves who the visitor is by a short-lived JWT that the shop has signed. */
  identify(jwt: string): Promise<void>;
  /** Forgets who the visitor is and what was said, as when a customer signs out. */
  reset(): void;
}

declare global {
  interface Window {
    kedai?: Kedai;
  }
}

function start(script: HTMLScriptElement, inbox: string): void {
  const store = new Store(inbox);
  const chat = new Chat(new Api(new URL(script.src).origin, inbox, store), store);

  const host = document.createElement("kedai-chat");
  const root = host.attachShadow({ mode: "open" });
  dress(root);
  document.body.append(host);

  const draw = () => {
    const language = pickLanguage(script.dataset["language"], chat.language, navigator.language);
    host.lang = language;
    render(<App chat={chat} language={language} labels={labelsIn(language)} />, root);
  };
  chat.subscribe(draw);
  draw();

  window.kedai = {
    open: () => chat.show(true),
    close: () => chat.show(false),
    identify: (jwt) => chat.identify(jwt),
    reset: () => chat.reset(),
  };
  dispatchEvent(new Event("kedai:ready"));
}

/** Adopted style sheets hold under a shop's strict content security policy; a style element would not. */
function dress(root: ShadowRoot): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets = [sheet];
}

const script = document.currentScript as HTMLScriptElement | null;
const inbox = script?.dataset["inbox"];
if (!script || !inbox) {
  console.error("kedai: the script tag needs a data-inbox attribute");
} else if (!window.kedai) {
  if (document.body) {
    start(script, inbox);
  } else {
    addEventListener("DOMContentLoaded", () => start(script, inbox));
  }
}
