// Files and paper leave the page.
const LASTS = 60_000;
const type = "application/octet-stream";

export function save(name, bytes) {
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The download has begun by then; the file need not stay in memory for ever.
  setTimeout(() => URL.revokeObjectURL(url), LASTS);
  return { done: "saved" };
}

/** The whole page, of which its style leaves the paper. */
export function paper() {
  print();
  return { done: "printed" };
}

/** To another app where this device can, or else to its own files. */
export async function hand(name, bytes) {
  const files = [new File([bytes], name, { type })];
  try {
    if (!navigator.canShare?.({ files })) return save(name, bytes);
    await navigator.share({ files });
    return { done: "shared" };
  } catch (why) {
    // Somebody thought better of it; anything else is a device that would not.
    return why.name === "AbortError" ? { done: "left" } : save(name, bytes);
  }
}
