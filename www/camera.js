// QR codes that a camera sees, now or in a photo. What is found in a picture depends on how
// its points fall: the same picture is looked at in several sizes, also larger than it is.
const SIDES = [1280, 1000, 800, 640];
// A film shows more of what is around the code than a photo does.
const FILM = { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 1280 } };

/** How long a picture stays on the screen, in milliseconds. */
const PICTURE = 16;

const canvas = document.createElement("canvas");
const paper = canvas.getContext("2d", { willReadFrequently: true });

/** How bright each point of a picture is, whose longer side is `side` then. */
function brightness(picture, width, height, side) {
  const scale = side / Math.max(width, height);
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const { data } = paper.getImageData(0, 0, canvas.width, canvas.height);
  const bright = new Uint8Array(data.length / 4);
  for (let at = 0; at < bright.length; at += 1) {
    const [red, green, blue] = [data[at * 4], data[at * 4 + 1], data[at * 4 + 2]];
    bright[at] = (red * 77 + green * 151 + blue * 28) >> 8;
  }
  return [bright, canvas.width];
}

/** The texts of the codes in a photo. */
export async function photo(bytes, call) {
  let picture;
  try {
    picture = await createImageBitmap(new Blob([bytes]));
  } catch {
    return { refusal: "no_picture" };
  }
  for (const side of SIDES) {
    const told = await call("read", ...brightness(picture, picture.width, picture.height, side));
    if (told.refusal || told.done.length) return told;
  }
  return { refusal: "no_code" };
}

/** The camera's film runs on the page. */
export async function film(video) {
  // The panel was closed before it began.
  if (!video) return { refusal: "film_over" };
  try {
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: FILM });
    await video.play();
    return { done: "runs" };
  } catch (why) {
    stop(video);
    return { refusal: why.name === "NotAllowedError" ? "camera_refused" : "no_camera" };
  }
}

const tracks = (video) => video.srcObject?.getTracks() ?? [];

function stop(video) {
  for (const track of tracks(video)) track.stop();
}

let turn = 0;

/** The texts that its film shows now; the camera rests once nobody sees the film. */
export async function frame(video, call) {
  // The screen, too, wants its turn; a page that is not seen has no pictures to wait for.
  await new Promise((done) => setTimeout(done, PICTURE));
  const isOver = document.hidden || !video.isConnected;
  if (isOver || tracks(video).some(({ readyState }) => readyState === "ended")) {
    stop(video);
    return { refusal: "film_over" };
  }
  turn += 1;
  const { videoWidth, videoHeight } = video;
  const side = SIDES[turn % SIDES.length];
  const told = await call("read", ...brightness(video, videoWidth, videoHeight, side));
  if (told.refusal) stop(video);
  return told;
}
