// Files of the build, as they lie on their server.

export async function bytes(at) {
  const answer = await fetch(at);
  if (!answer.ok) throw new Error(at);
  return answer.arrayBuffer();
}

/** The styles of a place and all that stands beside it. */
export const style = (place, href) => new Promise((onload, fail) => {
  const link = document.createElement("link");
  const onerror = () => {
    link.remove();
    fail(new Error(href));
  };
  place.append(Object.assign(link, { rel: "stylesheet", href, onload, onerror }));
});
