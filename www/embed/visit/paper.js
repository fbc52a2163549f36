// The printed sheet on a paper of its own: what a portal shows around the form stays off it.

/** How long a frame that prints may be needed, in milliseconds. */
const LASTS = 60_000;

/** Prints a form, as these have it on paper, each of which styles a place. */
export async function paper(form, looks) {
  if (!form) return;
  const frame = document.createElement("iframe");
  // What is not drawn is not printed.
  Object.assign(frame.style, { position: "fixed", width: "0", height: "0", border: "0" });
  frame.setAttribute("aria-hidden", "true");
  document.body.append(frame);
  const page = frame.contentDocument;
  page.documentElement.lang = form.lang;
  page.title = document.title;
  page.body.append(page.importNode(form, true));
  try {
    await Promise.all(looks.map((look) => look(page.head)));
    frame.contentWindow.print();
  } finally {
    setTimeout(() => frame.remove(), LASTS);
  }
}
