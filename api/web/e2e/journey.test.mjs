import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { chatOn, eventually, launch, SIZES } from "./browser.mjs";

const base = process.env.KEDAI_URL;
const restart = process.env.KEDAI_RESTART_CMD;
const skip = !base && "set KEDAI_URL to the address of a running Kedai to walk through it";

/** A reply may have to wait for engines that are still warming up. */
const REPLY = 30_000;
const SILENCE = 5_000;

describe("journey", { skip, timeout: 300_000 }, () => {
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser?.close());

  for (const viewport of SIZES) {
    test(`a visitor's whole chat at ${viewport.width} px`, async (t) => {
      const context = await browser.newContext({ viewport });
      t.after(() => context.close());
      const page = await context.newPage();
      await page.goto(new URL("/demo?lang=en", base).href);
      const chat = chatOn(page);
      const replies = chat.from("agent");
      const replied = (count) =>
        eventually(async () => assert.ok((await replies.count()) >= count, `reply ${count}`), REPLY);

      const product = (await page.locator(".product h3").first().textContent()).trim();
      const question = `How much is the ${product}?`;
      await chat.open();
      await chat.send(question);
      await replied(1);
      const first = await replies.first().textContent();
      t.diagnostic(`${question} ${first}`);
      assert.match(first, /\d/, "a price has figures");

      await page.reload();
      await eventually(async () => assert.deepEqual(await chat.texts(), [question, first]));

      await t.test(
        "goes on over a restart",
        { skip: !restart && "KEDAI_RESTART_CMD is not set" },
        async () => {
          const restarted = promisify(execFile)("sh", ["-c", restart]);
          await chat.send("hello");
          await restarted;
          await replied(2);
          await chat.send(question);
          await replied(3);
          const texts = await chat.texts();
          assert.equal(texts.filter((text) => text === "hello").length, 1);
          assert.equal(texts.filter((text) => text === question).length, 2);
        },
      );

      const before = await replies.count();
      await chat.askPerson.click();
      await replied(before + 1);
      assert.equal(await chat.inState("sending").count(), 0);
      t.diagnostic(`handoff: ${await replies.last().textContent()}`);

      await chat.send(question);
      await eventually(async () => assert.equal(await chat.inState("sending").count(), 0));
      await page.waitForTimeout(SILENCE);
      assert.equal(await replies.count(), before + 1, "silence after the handoff");
      assert.equal((await chat.texts()).at(-1), question);
    });
  }
});
