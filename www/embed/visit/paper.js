// The printed sheet on a paper of its own: what a portal shows around the form stays off it.

/** How long a frame that prints may be needed, in milliseconds. */
const LASTS = 60_000;

export function paper(root, language) {
  const frame = document.createElement("iframe");
  frame.hidden = true;
  frame.title = "";
  document.body.append(frame);
  const page = frame.contentDocument;
  page.documentElement.lang = language;
  page.title = document.title;
  const styles = [...root.querySelectorAll("link[rel=stylesheet]")].map((link) => {
    const copy = page.importNode(link);
    copy.href = link.href;
    page.head.append(copy);
    return new Promise((done) => {
      copy.onload = copy.onerror = done;
    });
  });
  page.body.append(page.importNode(root.querySelector(".ruhu"), true));
  Promise.all(styles).then(() => frame.contentWindow.print());
  setTimeout(() => frame.remove(), LASTS);
}
