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

/** WebDAV says these with a page of its own; no sign-in page does. */
const STORED = new Set([201, 204]);

/** What a status stands for; nothing where all is well. */
function codeOf(status) {
  if (status >= 200 && status < 300) return undefined;
  return CODES.get(status) ?? (status >= 400 && status < 500 ? "refused" : "later");
}

/** `Retry-After`, in milliseconds; seconds or a day, as HTTP has it. */
function after(response) {
  const told = response.headers.get("retry-after");
  if (!told) return undefined;
  const time = /^\d+$/.test(told) ? Number(told) * 1000 : Date.parse(told) - Date.now();
  return Number.isFinite(time) ? Math.max(0, time) : undefined;
}

function read(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

export const isRecord = (text) => typeof read(text).id === "string";

/** What the body says of itself: `{ status, text }`, or nothing. */
function said(text) {
  const { ruhu, code, msg, message } = read(text);
  // A record is no answer, whatever it holds.
  if (ruhu !== undefined || !Number.isInteger(code)) return {};
  // Some say 0 where all is well.
  return { status: code || 200, text: msg ?? message };
}

/**
 * Whether an answer, in which nothing is wrong, shows that what was sent has arrived: any page
 * or text may have a tag, of its own.
 */
export function isReceipt(response, text) {
  return STORED.has(response.status) || said(text).status !== undefined
    || response.headers.has("etag") && !text;
}

/** Throws what went wrong; the text of the body where all is well. */
export async function taken(response) {
  const where = response.url || "an address unknown";
  // Where it leads is never followed: the record would go to whoever that is.
  if (response.type === "opaqueredirect" || response.status >= 300 && response.status < 400) {
    throw new SendError("not_the_server", `${where} leads somewhere else`);
  }
  const text = await response.text();
  const type = response.headers.get("content-type") ?? "";
  const isPage = /^text\/html/i.test(type) || /^\s*<(!doctype|html)/i.test(text);
  if (response.ok && isPage && !STORED.has(response.status)) {
    throw new SendError("not_the_server", `a page answered, at ${where}`);
  }
  const own = said(text);
  const status = response.ok && own.status !== undefined ? own.status : response.status;
  const code = codeOf(status);
  if (!code) return text;
  throw new SendError(code, own.text ?? `${status} ${response.statusText}`.trim(), {
    after: after(response), status,
  });
}
