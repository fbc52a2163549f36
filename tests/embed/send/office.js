// A server of a county, in memory: it heeds preconditions, keeps what it answered by
// `Idempotency-Key`, and writes down what nobody may ever do.

export class Office {
  /** By name: `{ text, tag, by }`. */
  copies = new Map();
  /** By key: what was answered, and to what. */
  #answers = new Map();
  #count = 0;
  /** What was put without a condition, or under a key of something else. */
  wrong = [];
  /** Told of each copy that takes the place of another: `(name, before, after, by)`. */
  onPut = () => {};

  take({ method, name, headers, body = "" }) {
    if (method === "GET") return this.#get(name);
    if (method !== "PUT") return { status: 405, body: "" };
    const { "idempotency-key": key, "if-match": match, "if-none-match": none } = headers;
    const asked = JSON.stringify([name, match, none, body]);
    const known = this.#answers.get(key);
    if (known && known.asked !== asked) this.wrong.push(`key ${key} of something else`);
    if (known) return known.answer;
    if (!match && none !== "*") this.wrong.push(`${name} without a condition`);
    const answer = this.#put(name, { match, none, body, by: headers.authorization });
    if (key) this.#answers.set(key, { asked, answer });
    return answer;
  }

  #get(name) {
    const copy = this.copies.get(name);
    if (!copy) return { status: 404, body: "" };
    return { status: 200, headers: { etag: copy.tag }, body: copy.text };
  }

  #put(name, { match, none, body, by }) {
    const before = this.copies.get(name);
    if (none === "*" && before || match && match !== before?.tag) return { status: 412, body: "" };
    this.#count += 1;
    const after = { text: body, tag: `"r${this.#count}"`, by };
    this.copies.set(name, after);
    if (name !== "probe") this.onPut(name, before, after, by);
    return { status: before ? 200 : 201, headers: { etag: after.tag }, body: "" };
  }
}

/** The same over HTTP, for pages of any origin too. */
export function overHttp(office, before = () => undefined) {
  const open = {
    "access-control-allow-origin": "*", "access-control-allow-methods": "GET, PUT",
    "access-control-allow-headers": "authorization, content-type, idempotency-key, if-match, if-none-match",
    "access-control-expose-headers": "ETag, Retry-After",
  };
  return async (request, reply, body) => {
    const { method, headers } = request;
    if (method === "OPTIONS") return reply.writeHead(204, open).end();
    const name = decodeURIComponent(request.url.split("/").at(-1));
    const asked = { method, name, headers, body };
    const answer = await before(asked) ?? office.take(asked);
    reply.writeHead(answer.status, { ...open, ...answer.headers }).end(answer.body);
  };
}
