// Files of the build, as they lie on their server.

async function fetched(at) {
  const answer = await fetch(at);
  if (!answer.ok) throw new Error(`${at.href}: ${answer.status}`);
  return answer;
}

export const bytes = async (at) => (await fetched(at)).arrayBuffer();

export const text = async (at) => (await fetched(at)).text();

/** The styles of a place and all that stands beside it. */
export function style(place, at) {
  return new Promise((done, fail) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = at;
    link.onload = done;
    link.onerror = () => {
      link.remove();
      fail(new Error(at.href));
    };
    place.append(link);
  });
}
