// Records are sent to a portal that always says 200, as RuoYi does, and through networks in
// which somebody else answers.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { serving } from "../servers.js";
import { Office, overHttp } from "./office.js";
import { append, outbox, put, record, sent, states, toldOnly } from "./outbox.js";

const json = (body, status = 200, headers = {}) => ({
  status, body: JSON.stringify(body), headers: { "content-type": "application/json", ...headers },
});

/** An office that `says` something else of some requests, and an outbox that sends to it. */
async function sending(context, says, options, adapter = put) {
  const office = new Office();
  const server = await serving(overHttp(office, says));
  const { box, told } = outbox(adapter(server.url, options));
  context.after(async () => {
    box.close();
    await server.close();
  });
  return { office, server, box, told };
}

const isOf = (id, { method, name }) => method === "PUT" && name === id;

describe("a portal that always says 200", () => {
  test("code 500 in the body holds up that record alone, until it is mended", async (context) => {
    const { office, box, told } = await sending(context, (asked) =>
      isOf("bad", asked) && asked.body.includes("东村") ? json({ code: 500, msg: "身份证号有误" }) : undefined);
    await sent(box, record("bad", { village: "东村" }), record("good"));
    assert.deepEqual(await states(box), { bad: "waiting", good: "sent" });
    assert.deepEqual(told.unsent[0], { id: "bad", code: "later", text: "身份证号有误", isParked: false });
    const { due, tries } = await box.item("bad");
    assert.ok(tries > 0 && due > Date.now() + 1_000);
    await sent(box, record("bad", { village: "西村" }));
    assert.deepEqual(await states(box), { bad: "sent", good: "sent" });
    assert.equal(JSON.parse(office.copies.get("bad").text).answers.village, "西村");
    toldOnly(told, "sent", "unsent");
  });

  test("code 401 in the body asks for a token anew, once, and goes on", async (context) => {
    const tokens = [];
    const { server, box, told } = await sending(context, ({ headers }) =>
      headers.authorization === "Bearer 2" ? undefined : json({ code: 401, msg: "认证失败" }), {
      token: ({ isFresh }) => {
        tokens.push(isFresh);
        return `Bearer ${tokens.length}`;
      },
    });
    await sent(box, record("one"), record("two"));
    assert.deepEqual(await states(box), { one: "sent", two: "sent" });
    assert.deepEqual(tokens, [false, true]);
    assert.equal(server.puts(), 2);
    toldOnly(told, "sent");
  });

  test("always 401 drops nothing and asks nobody again and again", async (context) => {
    let isIn = false;
    const tokens = [];
    const { server, box, told } = await sending(context, () => isIn ? undefined : json({ code: 401 }), {
      token: ({ isFresh }) => {
        tokens.push(isFresh);
        if (isFresh && tokens.length > 3) throw new Error("nobody is here");
        return `Bearer ${tokens.length}`;
      },
    });
    await sent(box, record("one"), record("two"), record("three"));
    assert.ok(told.waiting.every(({ code }) => code === "signed_out"));
    assert.equal(told.waiting.at(-1).count, 3);
    const asked = tokens.length;
    // What is typed on meanwhile wakes nobody.
    for (let turn = 0; turn < 5; turn += 1) await box.add(record("one", { village: `${turn}` }));
    await new Promise((done) => setTimeout(done, 100));
    assert.equal(tokens.length, asked);
    assert.deepEqual(new Set(Object.values(await states(box))), new Set(["waiting"]));
    isIn = true;
    await box.run(true);
    assert.deepEqual(await states(box), { one: "sent", two: "sent", three: "sent" });
    assert.equal(server.puts(), 3);
    toldOnly(told, "sent", "waiting");
  });

  test("a token that is no other than the last is not tried twice", async (context) => {
    const { server, box, told } = await sending(context, () => json({ code: 401 }), { token: () => "Bearer 1" });
    await box.add(record("one"));
    await box.run();
    assert.equal(server.asked.length, told.waiting.length);
    assert.equal(told.waiting.at(-1).code, "signed_out");
  });

  test("no name leads out of its folder", async (context) => {
    const { server, box } = await sending(context);
    await sent(box, ...[".", "..", "../x", "a/../../x", "a/b?c#d"].map((id) => record(id)));
    assert.deepEqual(Object.values(await states(box)), ["refused", "refused", "sent", "sent", "sent"]);
    assert.ok(server.asked.every(({ path }) => /^\/records\/[^/?#]+$/.test(path)), server.asked.map(({ path }) => path).join());
  });

  test("what is refused is parked, and those behind it go on", async (context) => {
    for (const [status, code] of [[422, "refused"], [413, "refused"], [403, "refused"]]) {
      let isStrict = true;
      const { box, told } = await sending(context, (asked) =>
        isStrict && isOf("bad", asked) ? json({ code: status, msg: "不行" }, status) : undefined);
      await sent(box, record("bad"), record("good"));
      assert.deepEqual(await states(box), { bad: "refused", good: "sent" });
      assert.deepEqual(told.unsent, [{ id: "bad", code, text: "不行", isParked: true }]);
      await box.run(true);
      assert.equal(told.unsent.length, 1);
      isStrict = false;
      await box.retry("bad");
      assert.deepEqual(await states(box), { bad: "sent", good: "sent" });
    }
  });

  test("a server that asks to be left alone is, for that long", async (context) => {
    let isBusy = true;
    const { server, box, told } = await sending(context, (asked) => isBusy && isOf("busy", asked)
      ? { status: 503, body: "", headers: { "retry-after": "30" } } : undefined);
    const from = Date.now();
    await sent(box, record("busy"), record("other"));
    assert.deepEqual(await states(box), { busy: "waiting", other: "sent" });
    const [{ due }, tried] = [await box.item("busy"), server.puts()];
    assert.ok(due >= from + 30_000 && due < Date.now() + 31_000, `${due - from}`);
    // Neither a newer text nor another record wakes it.
    await box.add(record("busy", { village: "东村" }));
    await box.run();
    assert.equal(server.puts(), tried);
    isBusy = false;
    await box.run();
    assert.deepEqual(await states(box), { busy: "waiting", other: "sent" });
    await box.retry("busy");
    assert.deepEqual(await states(box), { busy: "sent", other: "sent" });
    assert.equal(told.unsent[0].code, "later");
  });

  test("one that always breaks the line is tried last", async (context) => {
    const { box, told } = await sending(context, (asked) => {
      if (isOf("a", asked)) throw new Error("cut");
    });
    await sent(box, record("a"), record("b"), record("c"));
    await box.run(true);
    assert.deepEqual(await states(box), { a: "waiting", b: "sent", c: "sent" });
    assert.equal(told.waiting[0].code, "offline");
  });

  test("what is only added to may refuse what is added later", async (context) => {
    let isFull = false;
    const { box, told } = await sending(context, () => isFull ? json({}, 409) : undefined, {}, append);
    await sent(box, record("one", { village: "东村" }));
    isFull = true;
    await sent(box, record("one", { village: "西村" }));
    assert.deepEqual([await states(box), told.unsent[0].code], [{ one: "refused" }, "refused"]);
  });

  test("what it has taken it may keep for good by its key, and no other state of it", async (context) => {
    const { office, server, box } = await sending(context);
    const [first, second] = [record("one", { village: "东村" }), record("one", { village: "西村" })];
    await sent(box, first);
    await sent(box, second);
    await sent(box, first);
    assert.equal(JSON.parse(office.copies.get("one").text).answers.village, "东村");
    const puts = server.asked.filter((asked) => isOf("one", asked));
    assert.ok(puts.every(({ headers }) => /^"[0-9a-f]{64}"$/.test(headers["idempotency-key"])));
    assert.equal(new Set(puts.map(({ headers }) => headers["idempotency-key"])).size, 3);
    assert.ok(puts.every(({ headers }) => headers["content-type"] === "application/vnd.ruhu.record+json"));
    assert.deepEqual(office.wrong, []);
  });
});

describe("a server that says less than it might", () => {
  /** What is put there is answered without the tag, or with a weak one. */
  const hiding = (office, then) => (asked) => {
    if (asked.method !== "PUT" || asked.name === "probe") return undefined;
    const { headers, ...answer } = office.take(asked);
    if (headers) then(asked, headers.etag);
    return { ...answer, headers: then.isWeak && headers ? { etag: `W/${headers.etag}` } : {} };
  };

  for (const isWeak of [false, true]) {
    test(`is asked for the tag of what it took, where it gave ${isWeak ? "a weak one" : "none"}`, async (context) => {
      let hide;
      const { office, box, told } = await sending(context, (asked) => hide(asked));
      hide = hiding(office, Object.assign(() => {}, { isWeak }));
      for (const village of ["东村", "西村", "南村"]) await sent(box, record("one", { village }));
      assert.equal(office.copies.get("one").tag, (await box.item("one")).base.tag);
      assert.equal(JSON.parse(office.copies.get("one").text).answers.village, "南村");
      assert.deepEqual(office.wrong, []);
      toldOnly(told, "sent");
    });
  }

  test("and may have something else by then: the tag of that is not ours", async (context) => {
    let hide;
    const { office, box, told } = await sending(context, (asked) => hide(asked));
    const others = JSON.stringify(record("one", { village: "西村", eats_enough: "no" }));
    let puts = 0;
    hide = hiding(office, ({ name }, tag) => {
      puts += 1;
      if (puts === 2) office.take({ method: "PUT", name, headers: { "if-match": tag }, body: others });
    });
    for (const village of ["东村", "西村", "南村"]) await sent(box, record("one", { village }));
    assert.deepEqual(JSON.parse(office.copies.get("one").text).answers, { village: "南村", eats_enough: "no" });
    toldOnly(told, "sent", "merged");
  });

  test("a record is no answer, whatever it holds, and what a newer form wrote there stays", async (context) => {
    let hide;
    const { office, box, told } = await sending(context, (asked) => hide(asked));
    hide = hiding(office, () => {});
    const one = (answers) => ({ ...record("one", answers), code: 500, msg: "编码" });
    await sent(box, one({ village: "东村" }));
    assert.deepEqual(await states(box), { one: "sent" });
    const { tag } = office.copies.get("one");
    const newer = JSON.stringify({ ...one({ village: "西村" }), later: { than: "ours" } });
    office.take({ method: "PUT", name: "one", headers: { "if-match": tag }, body: newer });
    await sent(box, one({ village: "西村", eats_enough: "yes" }));
    const { answers, later } = JSON.parse(office.copies.get("one").text);
    assert.deepEqual([answers, later], [{ village: "西村", eats_enough: "yes" }, { than: "ours" }]);
    toldOnly(told, "sent", "merged");
  });
});

const PAGE = "<!DOCTYPE html><html><title>登录</title><form action=login></form></html>";

const networks = {
  "a page": () => ({ status: 200, body: PAGE, headers: { "content-type": "text/html; charset=utf-8" } }),
  "a page that says it is none": () => ({ status: 200, body: `\n ${PAGE}`, headers: { "content-type": "application/json" } }),
  "a way to somebody else": (other) => ({ status: 302, body: "", headers: { location: other } }),
  "a lasting way to somebody else": (other) => ({ status: 308, body: "", headers: { location: other } }),
  "a text": () => ({ status: 200, body: "Please sign in", headers: { "content-type": "text/plain" } }),
  "a page with a tag": () => ({ status: 200, body: PAGE, headers: { "content-type": "text/html", etag: '"page"' } }),
  "a text with a tag": () => ({ status: 200, body: "Please sign in", headers: { "content-type": "text/plain", etag: '"text"' } }),
  "nothing at all": () => ({ status: 200, body: "", headers: {} }),
  "511": () => ({ status: 511, body: PAGE, headers: { "content-type": "text/html" } }),
};

describe("a network in which somebody else answers", () => {
  test("for a moment only: what it swallowed is sent again", async (context) => {
    let swallows = 0;
    const { office, box, told } = await sending(context, (asked) => {
      if (!isOf("one", asked)) return undefined;
      swallows += 1;
      return swallows === 1 ? { status: 200, body: "Please sign in" } : undefined;
    });
    await box.add(record("one"));
    await box.run();
    assert.deepEqual([await states(box), told.unsent[0].code], [{ one: "waiting" }, "later"]);
    await box.run(true);
    assert.deepEqual(await states(box), { one: "sent" });
    assert.ok(office.copies.has("one"));
  });

  for (const [name, answer] of Object.entries(networks)) {
    for (const [kind, adapter] of [["put", put], ["append", append]]) {
      for (const when of ["from the beginning", "half way"]) {
        test(`${name}, ${when}, by ${kind}: nothing counts as sent, and then all of it is`, async (context) => {
          const other = await serving((request, reply) => reply.writeHead(200, { "content-type": "text/html" }).end(PAGE));
          context.after(() => other.close());
          let isAway = when === "from the beginning";
          const { office, server, box, told } = await sending(context, () => isAway ? answer(other.url) : undefined, {}, adapter);
          if (!isAway) await sent(box, record("zero", { village: "东村" }));
          isAway = true;
          await sent(box, record("one", { village: "东村" }), record("two"), record("zero", { village: "西村" }));
          const { one, two, zero } = await states(box);
          assert.deepEqual([one, two, zero], ["waiting", "waiting", "waiting"]);
          assert.equal(told.waiting.at(-1).code, "not_the_server");
          if (name.includes("page")) assert.match(told.waiting.at(-1).text, /^a page answered, at http/);
          assert.deepEqual(told.unsent, []);
          // Whoever that is has got nothing of a household.
          assert.deepEqual(other.asked, []);
          isAway = false;
          await box.run(true);
          assert.deepEqual(new Set(Object.values(await states(box))), new Set(["sent"]));
          const texts = [...office.copies].filter(([name]) => name !== "probe").map(([, { text }]) => text);
          for (const id of ["one", "two", "zero"]) assert.ok(texts.some((text) => text.includes(`"id":"${id}"`)), id);
          if (kind === "put") assert.deepEqual(office.wrong, []);
          assert.ok(server.asked.every(({ headers }) => headers.accept));
        });
      }
    }
  }
});
