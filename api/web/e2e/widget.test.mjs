import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { chatOn, eventually, launch, SIZES } from "./browser.mjs";
import { startStub } from "./stub.mjs";

const [DESKTOP, PHONE] = SIZES;

describe("widget", { timeout: 300_000 }, () => {
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser?.close());

  /** A stub server and a new visitor's page on it, closed when the test ends. */
  async function setup(t, { viewport = DESKTOP, query = "", open = true } = {}) {
    const stub = await startStub();
    const context = await browser.newContext({ viewport });
    const page = await context.newPage();
    const errors = [];
    page.on("pageerror", (error) => errors.push(error));
    t.after(async () => {
      await context.close();
      await stub.down();
      assert.deepEqual(errors, []);
    });
    await page.goto(`${stub.url}/${query}`);
    const chat = chatOn(page);
    await chat.launcher.waitFor();
    if (open) {
      await chat.open();
    }
    return { stub, context, page, chat };
  }

  const shown = (chat, texts) => eventually(async () => assert.deepEqual(await chat.texts(), texts));
  const allSent = (chat, count) =>
    eventually(async () => {
      assert.equal(await chat.inState("sent").count(), count);
      assert.equal(await chat.inState("sending").count(), 0);
    });

  for (const viewport of SIZES) {
    test(`sends a message and shows the reply at ${viewport.width} px`, async (t) => {
      const { stub, page, chat } = await setup(t, { viewport });
      stub.reply = () => "It costs 12.00 €.";
      await chat.send("How much is the cup?");
      await shown(chat, ["How much is the cup?", "It costs 12.00 €."]);
      await allSent(chat, 2);
      assert.deepEqual(stub.texts, ["How much is the cup?", "It costs 12.00 €."]);
      assert.equal(await chat.input.inputValue(), "");

      const box = await chat.panel.boundingBox();
      if (viewport === PHONE) {
        assert.deepEqual(box, { x: 0, y: 0, ...PHONE });
      } else {
        assert.equal(box.width, 380);
        assert.equal(box.height, 560);
        assert.equal(box.x + box.width, viewport.width - 20);
        assert.equal(box.y + box.height, viewport.height - 20);
      }
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      assert.equal(sideways, false);
      assert.ok(await chat.askPerson.isVisible());
    });
  }

  test("a page on which nobody chats asks the server for nothing", async (t) => {
    const { stub, page } = await setup(t, { open: false });
    await page.waitForTimeout(300);
    assert.deepEqual(stub.requests, []);
  });

  test("queues while offline and sends each message once, in order", async (t) => {
    const { stub, context, page, chat } = await setup(t);
    await chat.send("before");
    await allSent(chat, 1);
    await context.setOffline(true);
    await page.getByText("Not connected").waitFor();
    await chat.send("one");
    await chat.send("two");
    await chat.send("three");
    await shown(chat, ["before", "one", "two", "three"]);
    assert.equal(await chat.inState("sending").count(), 3);
    await context.setOffline(false);
    await allSent(chat, 4);
    assert.deepEqual(stub.texts, ["before", "one", "two", "three"]);
    await page.getByText("Not connected").waitFor({ state: "detached" });
  });

  test("a message written while offline survives a reload", async (t) => {
    const { stub, page, chat } = await setup(t);
    stub.fail("POST /messages", { status: 503 }, 1000);
    await chat.send("keep me");
    await page.getByText("Not sent yet").waitFor();
    await page.reload();
    await shown(chat, ["keep me"]);
    stub.heal();
    await allSent(chat, 1);
    assert.deepEqual(stub.texts, ["keep me"]);
  });

  test("resumes after a dropped stream without loss or double", async (t) => {
    const { stub, chat } = await setup(t);
    await chat.send("hello");
    await allSent(chat, 1);
    stub.say("first");
    await shown(chat, ["hello", "first"]);
    stub.dropStreams();
    stub.say("second");
    await shown(chat, ["hello", "first", "second"]);
    stub.dropStreams();
    stub.dropStreams();
    stub.say("third");
    await shown(chat, ["hello", "first", "second", "third"]);
    assert.equal(stub.count("GET", "/messages"), 1, "resumed by sequence, not reloaded");
    assert.equal(stub.count("POST", "/session"), 1);
  });

  test("sends what was written while the server restarted", async (t) => {
    const { stub, page, chat } = await setup(t);
    await chat.send("hello");
    await allSent(chat, 1);
    await stub.down();
    await chat.send("are you there?");
    await page.getByText("Not connected").waitFor();
    await stub.up();
    await allSent(chat, 2);
    stub.say("yes");
    await shown(chat, ["hello", "are you there?", "yes"]);
    assert.deepEqual(stub.texts, ["hello", "are you there?", "yes"]);
  });

  test("a lost answer makes no second message", async (t) => {
    const { stub, chat } = await setup(t);
    stub.fail("POST /messages", { status: 500 }, 1);
    stub.fail("POST /messages", { lost: true }, 2);
    await chat.send("once");
    await allSent(chat, 1);
    await eventually(() => assert.deepEqual(stub.texts, ["once"]));
    await shown(chat, ["once"]);
  });

  test("waits as long as a 429 says", async (t) => {
    const { stub, chat } = await setup(t);
    await eventually(() => assert.equal(stub.count("GET", "/stream"), 1));
    stub.fail("POST /messages", { status: 429, headers: { "Retry-After": "2" } });
    await chat.send("slowly");
    await chat.send("and more");
    await allSent(chat, 2);
    const [refused, accepted] = stub.requests.filter(
      (seen) => seen.method === "POST" && seen.path === "/messages",
    );
    assert.ok(accepted.at - refused.at >= 1950, `${accepted.at - refused.at} ms`);
    assert.deepEqual(stub.texts, ["slowly", "and more"]);
  });

  test("shows a refused message with its reason, and tries again when asked", async (t) => {
    const { stub, page, chat } = await setup(t);
    stub.fail("POST /messages", { status: 422, message: "too many links" });
    await chat.send("bad");
    await page.getByText("Not sent: too many links").waitFor();
    await chat.send("good");
    await eventually(() => assert.deepEqual(stub.texts, ["good"]));
    await page.reload();
    await page.getByText("Not sent: too many links").waitFor();
    await page.getByRole("button", { name: "Try again" }).click();
    await allSent(chat, 2);
    assert.deepEqual(stub.texts, ["good", "bad"]);

    stub.fail("POST /messages", { status: 422, message: "no" });
    await chat.send("worse");
    await page.getByRole("button", { name: "Delete" }).click();
    await shown(chat, ["good", "bad"]);
  });

  test("a reload keeps the conversation, the open panel and the draft", async (t) => {
    const { stub, page, chat } = await setup(t);
    stub.reply = (text) => `You said: ${text}`;
    await chat.send("remember");
    await shown(chat, ["remember", "You said: remember"]);
    await chat.input.fill("half a thou");
    await page.reload();
    await shown(chat, ["remember", "You said: remember"]);
    assert.equal(await chat.input.inputValue(), "half a thou");
    assert.equal(await chat.input.evaluate((field) => field.getRootNode().activeElement), null);
    assert.equal(stub.visitors.size, 1);
    await page.keyboard.press("Tab");
    await chat.panel.getByRole("button", { name: "Close chat" }).click();
    await page.reload();
    await chat.launcher.waitFor();
    assert.equal(await chat.panel.count(), 0);
  });

  test("works by keyboard alone", async (t) => {
    const { stub, page, chat } = await setup(t, { open: false });
    stub.reply = () => "Hello!";
    const focused = () =>
      page.evaluate(() => {
        const inside = document.querySelector("kedai-chat").shadowRoot.activeElement;
        return inside && `${inside.localName}.${inside.className}`;
      });
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    assert.equal(await focused(), "button.launcher");
    await page.keyboard.press("Enter");
    await chat.input.waitFor();
    assert.equal(await focused(), "textarea.");
    await page.keyboard.type("first line");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("second line");
    await page.keyboard.press("Enter");
    await shown(chat, ["first line\nsecond line", "Hello!"]);
    assert.equal(await focused(), "textarea.");
    await page.keyboard.press("Tab");
    assert.equal(await focused(), "button.person", "an empty message has no send button to stop at");
    await page.keyboard.press("Enter");
    await eventually(() => assert.equal(stub.texts[2], "I would like to talk to a person."));
    await page.keyboard.press("Escape");
    await chat.panel.waitFor({ state: "detached" });
    assert.equal(await focused(), "button.launcher");
  });

  test("keys pressed in the chat don't reach the shop's shortcuts", async (t) => {
    const { page, chat } = await setup(t);
    await page.evaluate(() => {
      window.keys = [];
      document.addEventListener("keydown", (event) => window.keys.push(event.key));
    });
    await chat.input.pressSequentially("/s");
    assert.deepEqual(await page.evaluate(() => window.keys), []);
  });

  test("shows markup as text and links only http(s)", async (t) => {
    const { stub, page, chat } = await setup(t);
    const markup = `<img src=x onerror="window.hit=1"><b>bold</b> &amp; <script>window.hit=1</script>`;
    const links =
      "See https://shop.example/a(b)?c=1, (http://x.example/y). javascript:alert(1) ftp://z.example";
    await chat.send(markup);
    await allSent(chat, 1);
    stub.say(markup);
    stub.say(links);
    await shown(chat, [markup, markup, links]);
    assert.equal(await page.locator("kedai-chat .log img, kedai-chat .log b, kedai-chat script").count(), 0);
    assert.equal(await page.evaluate(() => window.hit), undefined);
    const found = await page
      .locator("kedai-chat .log a")
      .evaluateAll((all) => all.map((link) => [link.getAttribute("href"), link.rel, link.target]));
    assert.deepEqual(found, [
      ["https://shop.example/a(b)?c=1", "noopener", "_blank"],
      ["http://x.example/y", "noopener", "_blank"],
    ]);
  });

  test("counts what is unread, and tells the server once it is seen", async (t) => {
    const { stub, page, chat } = await setup(t);
    await chat.send("hi");
    await allSent(chat, 1);
    await page.keyboard.press("Escape");
    stub.say("one");
    stub.say("two");
    await page.getByRole("button", { name: "Open chat, 2 unread" }).waitFor();
    assert.equal(stub.count("POST", "/read"), 0);
    await page.reload();
    await page.getByRole("button", { name: "Open chat, 2 unread" }).click();
    await eventually(() => assert.equal(stub.visitor.state.read_seq, 3));
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Open chat", exact: true }).waitFor();
    await page.reload();
    await page.getByRole("button", { name: "Open chat", exact: true }).waitFor();
    assert.equal(stub.count("POST", "/read"), 1);
  });

  test("shows who serves and who types", async (t) => {
    const { stub, page, chat } = await setup(t);
    await page.getByRole("heading", { name: "Casa Clara" }).waitFor();
    await eventually(() => assert.equal(stub.visitor.streams.size, 1));
    stub.setState({ served_by: "agent", typing: true });
    await page.getByText("You are talking to an AI agent").waitFor();
    await page.getByText("Typing…").waitFor({ state: "attached" });
    stub.setState({ served_by: "person", typing: false });
    stub.say("This is Ana.", "person");
    await page.getByText("You are talking to a person").waitFor();
    await page.getByText("Typing…").waitFor({ state: "detached" });
    await shown(chat, ["This is Ana."]);
    assert.equal(await chat.from("person").count(), 1);
  });

  test("a new session after a refused token starts the conversation anew and loses no message", async (t) => {
    const { stub, chat } = await setup(t);
    await chat.send("old");
    await allSent(chat, 1);
    stub.visitors.clear();
    await chat.send("new");
    await shown(chat, ["new"]);
    await allSent(chat, 1);
    stub.say("welcome");
    await shown(chat, ["new", "welcome"]);
    assert.equal(stub.visitors.size, 1);
  });

  test("a stream without a byte for 40 seconds counts as dead", async (t) => {
    const { stub, page, chat } = await setup(t, { open: false });
    await page.clock.install();
    await chat.open();
    await eventually(() => assert.equal(stub.visitor?.streams.size, 1));
    stub.say("the last byte");
    await shown(chat, ["the last byte"]);
    await page.clock.runFor(39_000);
    await page.waitForTimeout(200);
    assert.equal(stub.count("GET", "/stream"), 1);
    await page.clock.runFor(3_000);
    await eventually(async () => {
      await page.clock.runFor(500);
      assert.equal(stub.count("GET", "/stream"), 2);
    });
  });

  test("two tabs share one conversation", async (t) => {
    const { stub, context, page, chat } = await setup(t);
    await chat.send("from the first");
    await allSent(chat, 1);
    const other = await context.newPage();
    await other.goto(page.url());
    const second = chatOn(other);
    await shown(second, ["from the first"]);
    stub.fail("POST /messages", { status: 503 }, 2);
    await second.send("from the second");
    await chat.send("again the first");
    await allSent(chat, 3);
    await allSent(second, 3);
    assert.deepEqual(await chat.texts(), await second.texts());
    assert.deepEqual([...stub.texts].sort(), ["again the first", "from the first", "from the second"]);
    assert.equal(stub.visitors.size, 1);
  });

  test("two tabs opened at once become one visitor", async (t) => {
    const { stub, context, page, chat } = await setup(t, { open: false });
    const other = await context.newPage();
    await other.goto(page.url());
    const second = chatOn(other);
    await second.launcher.waitFor();
    await Promise.all([page.evaluate(() => window.kedai.open()), other.evaluate(() => window.kedai.open())]);
    // Storage isn't shared at once: there may have been two for a moment.
    await eventually(() =>
      assert.equal([...stub.visitors.values()].filter((one) => one.streams.size === 2).length, 1),
    );
    await chat.send("a");
    await second.send("b");
    await allSent(chat, 2);
    await allSent(second, 2);
  });

  test("a tab follows when another one's session replaces its own", async (t) => {
    const { stub, context, page, chat } = await setup(t);
    await chat.send("mine");
    await allSent(chat, 1);
    const other = await context.newPage();
    await other.goto(page.url());
    await shown(chatOn(other), ["mine"]);
    await other.evaluate(async () => {
      const answer = await fetch("/v1/widget/inbox-1/session", { method: "POST", body: "{}" });
      const session = { ...(await answer.json()), got: Date.now() };
      localStorage.setItem("kedai:inbox-1:session", JSON.stringify(session));
    });
    stub.say("hello, somebody else");
    await shown(chat, ["hello, somebody else"]);
  });

  test("speaks the page's language, and asks for a person in it", async (t) => {
    const { stub, page, chat } = await setup(t, { open: false });
    const asked = {
      es: "Quiero hablar con una persona.",
      pt: "Quero falar com uma pessoa.",
      ru: "Хочу поговорить с человеком.",
      en: "I would like to talk to a person.",
    };
    for (const [language, text] of Object.entries(asked)) {
      await page.goto(`${stub.url}/?lang=${language}`);
      await page.evaluate(
        () => window.kedai?.open() ?? addEventListener("kedai:ready", () => window.kedai.open()),
      );
      await chat.askPerson.click();
      await eventually(() => assert.equal(stub.texts.at(-1), text));
    }
  });

  test("says plainly when the server refuses the inbox", async (t) => {
    const { page, chat } = await setup(t, { query: "?inbox=unknown" });
    await page.getByText("The chat is not available: there is no such inbox").waitFor();
    assert.ok(await chat.panel.isVisible());
  });

  test("counts down near the limit and never exceeds it", async (t) => {
    const { stub, page, chat } = await setup(t);
    await chat.input.fill("x".repeat(3700));
    await page.getByText("300 characters left").waitFor();
    await page.keyboard.insertText("y".repeat(500));
    await page.getByText("0 characters left", { exact: true }).waitFor();
    await page.keyboard.press("Enter");
    await allSent(chat, 1);
    assert.equal(stub.texts[0].length, 4000);
  });

  test("reading further up is not disturbed; a button leads to the new messages", async (t) => {
    const { stub, page, chat } = await setup(t);
    await chat.send("start");
    await allSent(chat, 1);
    for (let i = 1; i <= 40; i++) {
      stub.say(`line ${i}`);
    }
    const lines = ["start", ...Array.from({ length: 40 }, (_, i) => `line ${i + 1}`)];
    await shown(chat, lines);
    const top = () => chat.log.evaluate((log) => log.scrollTop);
    assert.ok((await top()) > 500);
    await chat.log.evaluate((log) => log.scrollTo(0, 0));
    await page.waitForTimeout(100);
    stub.say("news");
    await page.getByRole("button", { name: "New messages" }).click();
    assert.ok((await top()) > 500);
    await page.getByRole("button", { name: "New messages" }).waitFor({ state: "detached" });
  });

  test("passes the shop's proof of identity on", async (t) => {
    const { stub, page } = await setup(t, { open: false });
    await page.evaluate(() => window.kedai.identify("a.b.c"));
    assert.equal(stub.visitor.jwt, "a.b.c");
    stub.fail("POST /identity", { status: 400, message: "expired" });
    const refusal = await page.evaluate(() => window.kedai.identify("a.b.c").catch((error) => error.message));
    assert.equal(refusal, "expired");
  });

  test("a signed-in customer who isn't the chat's begins a new one, and sees nothing of it", async (t) => {
    const { stub, page, chat } = await setup(t);
    await chat.send("Ann's words");
    await allSent(chat, 1);
    const ann = stub.visitor;
    stub.fail("POST /messages", { status: 503 }, 1000);
    await chat.send("unsent");
    stub.fail("POST /identity", { status: 409, message: "the chat is another customer's" });
    await page.evaluate(() => window.kedai.identify("bob"));
    stub.heal();
    assert.equal(stub.visitors.size, 2);
    assert.equal(ann.jwt, undefined);
    assert.equal(stub.visitor.jwt, "bob");
    await shown(chat, []);
    await chat.send("Bob's words");
    await allSent(chat, 1);
    assert.deepEqual(stub.texts, ["Bob's words"]);
    await page.reload();
    await shown(chat, ["Bob's words"]);

    stub.fail("POST /identity", { status: 409, message: "no" }, 2);
    const refusal = await page.evaluate(() => window.kedai.identify("eve").catch((error) => error.message));
    assert.equal(refusal, "no", "it is tried again once");
  });

  test("a reset forgets the visitor in all tabs, even while a message is on its way", async (t) => {
    const { stub, context, page, chat } = await setup(t);
    await chat.send("mine");
    await allSent(chat, 1);
    await chat.input.fill("half a thou");
    const first = stub.visitor;
    const other = await context.newPage();
    await other.goto(page.url());
    const second = chatOn(other);
    await shown(second, ["mine"]);

    // Either tab may be the one that sends.
    await context.route("**/messages", async (route) => {
      if (route.request().method() === "POST") {
        await new Promise((resolve) => setTimeout(resolve, 300));
      }
      await route.continue();
    });
    const sending = context.waitForEvent("request", (request) => request.method() === "POST");
    await chat.send("on its way");
    await sending;
    await page.evaluate(() => window.kedai.reset());
    assert.deepEqual(await chat.texts(), []);
    await shown(second, []);
    await eventually(() => assert.equal(first.messages.length, 2));
    await eventually(() => assert.ok(stub.visitors.size > 1));
    await page.waitForTimeout(300);
    assert.deepEqual(await chat.texts(), []);
    assert.equal(await chat.input.inputValue(), "");
    // Tabs learn of each other's session with some delay, so one may have begun a second that nobody uses.
    await eventually(async () => {
      const { token } = await page.evaluate(() => JSON.parse(localStorage.getItem("kedai:inbox-1:session")));
      assert.notEqual(token, first.token);
      assert.equal(stub.visitors.get(token).streams.size, 2);
    });
    await chat.send("somebody else's");
    await shown(second, ["somebody else's"]);
    assert.equal(first.messages.length, 2);
    assert.ok(stub.visitors.size <= 3, "each tab begins one session at most");
  });

  test("a reset on a page on which nobody chats asks the server for nothing", async (t) => {
    const { stub, page } = await setup(t, { open: false });
    await page.evaluate(() => window.kedai.reset());
    await page.waitForTimeout(300);
    assert.deepEqual(stub.requests, []);
  });
});
