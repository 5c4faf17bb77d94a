import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

/** Starts Chromium with a profile folder of its own, which goes when it closes. */
export function launch() {
  return chromium.launch({ executablePath: executable(), args: FLAGS });
}

function executable() {
  if (process.env.KEDAI_CHROMIUM) {
    return process.env.KEDAI_CHROMIUM;
  }
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    for (const name of ["chromium", "chromium-browser", "google-chrome"]) {
      const path = join(folder, name);
      if (existsSync(path)) {
        return path;
      }
    }
  }
  throw new Error("no Chromium in PATH: install the chromium package, or set KEDAI_CHROMIUM to its path");
}

/** The parts of the chat on a page, found by what a visitor perceives where that is possible. */
export function chatOn(page) {
  const panel = page.getByRole("dialog");
  return {
    panel,
    launcher: page.locator("kedai-chat .launcher"),
    log: page.getByRole("log"),
    input: panel.getByRole("textbox"),
    askPerson: panel.locator(".person"),
    rows: page.locator("kedai-chat .row"),
    from: (author) => page.locator(`kedai-chat .row[data-from="${author}"] .bubble`),
    inState: (state) => page.locator(`kedai-chat .row[data-state="${state}"] .bubble`),
    async open() {
      await this.launcher.click();
      await this.input.waitFor();
    },
    async send(text) {
      await this.input.fill(text);
      await this.input.press("Enter");
    },
    async texts() {
      return page.locator("kedai-chat .bubble").allTextContents();
    },
  };
}

/** Polls until check passes; its last failure is the error. */
export async function eventually(check, timeout = 10_000) {
  const end = Date.now() + timeout;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) {
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
