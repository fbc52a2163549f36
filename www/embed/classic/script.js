// How a page loads a script that knows no modules: by an element.

/** A page that trusts no text as the address of a script may trust these by name. */
let policy;

function trusted({ href }) {
  if (!globalThis.trustedTypes) return href;
  policy ??= trustedTypes.createPolicy("ruhu", { createScriptURL: (at) => at });
  return policy.createScriptURL(href);
}

export const byScript = (at) => new Promise((done, fail) => {
  const script = document.createElement("script");
  script.onload = () => {
    script.remove();
    done();
  };
  script.onerror = () => {
    script.remove();
    fail(new Error(at.href));
  };
  script.src = trusted(at);
  document.head.append(script);
});
