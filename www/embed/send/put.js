// A server that keeps each record under an address of its own, by plain HTTPS: `PUT` with
// `If-Match` or `If-None-Match`, as RFC 9110 has them.
import { SendError, isReceipt, isRecord, taken } from "./{{send/answer.js}}";

const TYPE = "application/vnd.ruhu.record+json";

/** How long an answer may take, in milliseconds. */
const PATIENCE = 30_000;

/** Filters in front of servers take these for markup; in JSON each stands in a text alone. */
const escaped = (text) => text.replace(/[<>&\u2028\u2029]/g, (sign) =>
  `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** SHA-256 as hex; nothing where the browser has no ciphers, without HTTPS. */
async function digest(text) {
  const bytes = await globalThis.crypto?.subtle?.digest("SHA-256", new TextEncoder().encode(text));
  return bytes && Array.from(new Uint8Array(bytes), (byte) =>
    byte.toString(16).padStart(2, "0")).join("");
}

/** A name as a part of an address. */
function part(name) {
  let made;
  try {
    made = encodeURIComponent(name);
  } catch {
    // Half a sign: it stands for nothing.
  }
  if (made && !/^\.\.?$/.test(made)) return made;
  throw new SendError("refused", `\`${name}\` can be no name on a server: give the record another id`);
}

class Server {
  #place;
  #token;
  #headers;
  #patience;
  #lastToken;

  constructor(place, { token, headers = {}, patience = PATIENCE } = {}) {
    const base = globalThis.location?.href;
    this.#place = new URL(place, base);
    if (!this.#place.pathname.endsWith("/")) this.#place.pathname += "/";
    this.#token = token;
    this.#headers = headers;
    this.#patience = patience;
  }

  /** Asks; a token that does not hold any more is asked for anew, once. */
  async ask(method, name, { headers, body } = {}) {
    const address = new URL(part(name), this.#place);
    try {
      return await this.#once(method, address, headers, body, false);
    } catch (why) {
      if (why.code !== "signed_out" || !this.#token) throw why;
      return this.#once(method, address, headers, body, true);
    }
  }

  async #once(method, address, headers, body, isFresh) {
    if (isFresh || this.#lastToken === undefined) {
      const token = await this.#given(isFresh);
      if (isFresh && token === this.#lastToken) throw new SendError("signed_out", "no new token");
      this.#lastToken = token;
    }
    const signed = this.#lastToken ? { authorization: this.#lastToken } : {};
    const end = new AbortController();
    const timer = setTimeout(() => end.abort(), this.#patience);
    try {
      const response = await fetch(address, {
        method, body, cache: "no-store", redirect: "manual", signal: end.signal,
        headers: { accept: TYPE, ...this.#headers, ...signed, ...headers },
      });
      return { response, text: await taken(response) };
    } catch (why) {
      if (why instanceof SendError) throw why;
      const text = end.signal.aborted ? "no answer in time" : why.message;
      throw new SendError("offline", text, { cause: why });
    } finally {
      clearTimeout(timer);
    }
  }

  async #given(isFresh) {
    try {
      // A question that nobody answers holds up every other page as well.
      const late = new Promise((_, fail) => {
        setTimeout(() => fail(new Error("no token in time")), this.#patience).unref?.();
      });
      late.catch(() => {});
      return await Promise.race([this.#token?.({ isFresh }) ?? "", late]) ?? "";
    } catch (why) {
      throw new SendError("signed_out", why?.message ?? String(why), { cause: why });
    }
  }

  /**
   * Puts a text there, under these conditions. A server that has answered a key once gives
   * that answer again, and keeps nothing: the same text over another copy has another one.
   */
  async put(name, text, conditions, chance = "") {
    const body = escaped(text);
    const key = await digest([...Object.values(conditions), chance, body].join("\n"));
    const headers = { "content-type": TYPE, ...conditions };
    if (key) headers["idempotency-key"] = `"${key}"`;
    return this.ask("PUT", name, { headers, body });
  }
}

const PROBE = "probe";

export const chance = () => Array.from(globalThis.crypto.getRandomValues(new Uint8Array(8)), (byte) =>
  byte.toString(16).padStart(2, "0")).join("");

class Put {
  #server;

  constructor(place, options) {
    this.#server = new Server(place, options);
  }

  /**
   * Refuses a server that takes what its preconditions forbid, by a record without a
   * household, which stays there under the id `probe`.
   */
  async probe() {
    const text = JSON.stringify({ ruhu: 1, id: PROBE });
    // Somebody else may have been there first.
    await this.#server.put(PROBE, text, { "if-none-match": "*" }, chance()).catch((why) => {
      if (why.code !== "changed") throw why;
    });
    // Where there is no such folder everything is forbidden.
    if (!await this.get(PROBE)) {
      throw new SendError("refused", "what is put there is not there: is it the address of a folder?");
    }
    for (const wrong of [{ "if-none-match": "*" }, { "if-match": `"${chance()}"` }]) {
      await this.#forbidden(PROBE, text, wrong);
    }
  }

  async #forbidden(id, text, wrong) {
    try {
      await this.#server.put(id, text, wrong, chance());
    } catch (why) {
      if (why.code === "changed") return;
      throw why;
    }
    const [[name]] = Object.entries(wrong);
    throw new SendError("ignores_preconditions",
      `the server takes what \`${name}\` forbids: one copy would overwrite another unseen`);
  }

  /** The record as it is there, with its tag; nothing where there is none. */
  async get(id) {
    const { response, text } = await this.#server.ask("GET", id).catch((why) => {
      if (why.status === 404) return {};
      throw why;
    });
    if (!response) return undefined;
    if (!isRecord(text)) throw new SendError("not_the_server", "what answered is no record");
    const tag = response.headers.get("etag");
    if (!tag) throw new SendError("later", "the server gives no ETag, or shows it to no other origin");
    return { text, tag };
  }

  /** Puts it there in place of the copy with this tag, or as a new one; its own tag. */
  async put(id, text, tag) {
    if (id === PROBE) {
      throw new SendError("refused", `a server is tried with \`${PROBE}\`: give the record another id`);
    }
    const conditions = tag ? { "if-match": tag } : { "if-none-match": "*" };
    const { response, text: told } = await this.#server.put(id, text, conditions);
    const given = response.headers.get("etag");
    // A weak one cannot be asked for again.
    if (given && !given.startsWith("W/") && isReceipt(response, told)) return given;
    // Nothing shows yet that it has arrived: it is read again.
    const there = await this.get(id);
    if (there?.text === escaped(text)) return there.tag;
    if (!there) throw new SendError("later", "what was put there is not there");
    throw new SendError("changed", "the server has something else than what was sent");
  }
}

class Append {
  #server;

  constructor(place, options) {
    this.#server = new Server(place, options);
  }

  async probe() {}

  /** Each state of a record has its own name: none is ever overwritten, and none read. */
  async put(id, text) {
    const key = await digest(text);
    if (!key) throw new SendError("later", "without HTTPS a browser has no digests");
    const { response, text: told } = await this.#server.put(`${id}.${key}.json`, text, {}).catch((why) => {
      // Nothing can have been changed that nobody writes twice.
      throw why.code === "changed" ? new SendError("refused", why.message, why) : why;
    });
    // Read again it is not: whoever answered has to show that it has it.
    if (!isReceipt(response, told)) {
      throw new SendError("not_the_server", "what answered does not say that it has the record");
    }
    return key;
  }

  async get() {
    return undefined;
  }
}

/**
 * A folder of a server that heeds preconditions: `PUT <place>/<id>`. `token({ isFresh })`
 * gives what stands in `Authorization`, anew where the one before does not hold any more.
 */
export const put = (place, options) => new Put(place, options);

/** A folder of one that does not: only written into, under names by content. */
export const append = (place, options) => new Append(place, options);
