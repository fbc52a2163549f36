// The browser's own base, looked at from the outside: counted, searched, spoilt.

// How many rows each shelf of these holds.
export function count(page, names) {
  return page.evaluate(async (names) => {
    const opened = await new Promise((done) => {
      const request = indexedDB.open("ruhu");
      request.onsuccess = () => done(request.result);
    });
    const change = opened.transaction(names);
    const requests = names.map((name) => change.objectStore(name).count());
    await new Promise((done) => { change.oncomplete = done; });
    opened.close();
    return requests.map((request) => request.result);
  }, names);
}

// Whether none of these texts stands anywhere in the base as it can be read.
export function isSealed(page, texts) {
  return page.evaluate(async (texts) => {
    const opened = await new Promise((done) => {
      const request = indexedDB.open("ruhu");
      request.onsuccess = () => done(request.result);
    });
    const shelves = [...opened.objectStoreNames];
    const change = opened.transaction(shelves);
    const found = shelves.flatMap((name) => {
      const shelf = change.objectStore(name);
      return [shelf.getAll(), shelf.getAllKeys()];
    });
    await new Promise((done) => { change.oncomplete = done; });
    opened.close();
    const read = (value) => {
      if (value instanceof Uint8Array || value instanceof ArrayBuffer) {
        return new TextDecoder().decode(value);
      }
      const isKept = value && typeof value === "object" && !(value instanceof CryptoKey);
      return isKept ? Object.values(value).map(read).join(" ") : String(value);
    };
    const all = found.map((request) => read(request.result)).join(" ");
    if (all.length < 1000) throw new Error("there is nothing to be searched");
    return !texts.some((text) => all.includes(text));
  }, texts);
}

// Turns over one byte in every row of a shelf, or in one of them.
export function spoil(page, name, only) {
  return page.evaluate(async ({ name, only }) => {
    const opened = await new Promise((done) => {
      const request = indexedDB.open("ruhu");
      request.onsuccess = () => done(request.result);
    });
    const change = opened.transaction(name, "readwrite");
    const shelf = change.objectStore(name);
    const [keys, rows] = [shelf.getAllKeys(), shelf.getAll()];
    rows.onsuccess = () => {
      const at = only === undefined ? undefined : keys.result.at(only);
      for (const [index, row] of rows.result.entries()) {
        if (at !== undefined && keys.result[index] !== at) continue;
        const bytes = row.text ?? row;
        bytes[bytes.length >> 1] ^= 1;
        shelf.put(row, keys.result[index]);
      }
    };
    await new Promise((done) => { change.oncomplete = done; });
    opened.close();
  }, { name, only });
}

// What was chosen for this device, as it lies there.
export function chosen(page) {
  return page.evaluate(async () => {
    const opened = await new Promise((done) => {
      const request = indexedDB.open("ruhu");
      request.onsuccess = () => done(request.result);
    });
    const change = opened.transaction("meta");
    const requests = ["look", "standards"].map((name) => change.objectStore("meta").get(name));
    await new Promise((done) => { change.oncomplete = done; });
    opened.close();
    return requests.map((request) => request.result);
  });
}

// Takes away something that was chosen for this device.
export function drop(page, name) {
  return page.evaluate(async (name) => {
    const opened = await new Promise((done) => {
      const request = indexedDB.open("ruhu");
      request.onsuccess = () => done(request.result);
    });
    const change = opened.transaction("meta", "readwrite");
    change.objectStore("meta").delete(name);
    await new Promise((done) => { change.oncomplete = done; });
    opened.close();
  }, name);
}
