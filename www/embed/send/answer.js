// What a server has answered: by its status, or, where it always says 200, by the code in
// its JSON, as RuoYi does.

/**
 * Why something was not sent; `code` is one of
 * `offline`: nobody answered, or not in time;
 * `not_the_server`: somebody else did, such as the sign-in page of a network;
 * `signed_out`: the token does not hold any more;
 * `changed`: there is another copy than the one that this was made from;
 * `gone`: the copy that this was made from is not there any more;
 * `refused`: the server does not take this record;
 * `later`: the server cannot, now;
 * `ignores_preconditions`: the server would let one copy overwrite another.
 */
export class SendError extends Error {
  /** `after`: how long the server asks to be left alone, in milliseconds. */
  constructor(code, text, { after, status, cause } = {}) {
    super(text, { cause });
    this.name = "SendError";
    this.code = code;
    this.status = status;
    this.after = after;
  }
}

const CODES = new Map([
  [401, "signed_out"], [408, "later"], [409, "changed"], [412, "changed"], [425, "later"],
  [429, "later"], [511, "not_the_server"],
]);

/** What a status stands for; nothing where all is well. */
function codeOf(status) {
  // Some say 0 where all is well.
  if (status === 0 || status >= 200 && status < 300) return undefined;
  return CODES.get(status) ?? (status >= 400 && status < 500 ? "refused" : "later");
}

/** `Retry-After`, in milliseconds; seconds or a day, as HTTP has it. */
function after(response) {
  const told = response.headers.get("retry-after");
  if (!told) return undefined;
  const time = /^\d+$/.test(told) ? Number(told) * 1000 : Date.parse(told) - Date.now();
  return Number.isFinite(time) ? Math.max(0, time) : undefined;
}

/** What the body says of itself: `{ code, msg }`, or nothing. */
function said(text) {
  try {
    const { ruhu, code, msg, message } = JSON.parse(text) ?? {};
    // A record is no answer, whatever it holds.
    if (ruhu !== undefined || !Number.isInteger(code)) return {};
    return { code, text: msg ?? message };
  } catch {
    return {};
  }
}

/** Throws what went wrong; the text of the body where all is well. */
export async function taken(response) {
  const text = await response.text();
  const type = response.headers.get("content-type") ?? "";
  const isPage = /^text\/html/i.test(type) || /^\s*<(!doctype|html)/i.test(text);
  if (response.redirected || response.ok && isPage) {
    const where = response.url || "an address unknown";
    throw new SendError("not_the_server", `a page answered, at ${where}`);
  }
  const { code: own, text: words } = said(text);
  const status = response.ok && own !== undefined ? own : response.status;
  const code = codeOf(status);
  if (!code) return text;
  throw new SendError(code, words ?? `${status} ${response.statusText}`.trim(), {
    after: after(response), status,
  });
}
