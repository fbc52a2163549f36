// Runs in the page before its own scripts: fills it, watches it, and holds the clock.
(({ look, want, record }) => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const text = (selector) => document.querySelector(selector)?.textContent.trim() ?? "";
  const see = Object.fromEntries(Object.entries(look).map(([name, how]) => [name, how(all, text)]));
  const bench = (window.__bench = { see });

  // The moment the page hands out its door, the household goes in.
  let door;
  Object.defineProperty(window, "ruhu", {
    configurable: true,
    get: () => door,
    set(given) {
      door = given;
      if (record) door.load(record);
    },
  });

  const memories = new Set();
  const note = (made) => {
    const { exports } = made.instance ?? made;
    for (const one of Object.values(exports)) {
      if (one instanceof WebAssembly.Memory) memories.add(one);
    }
    return made;
  };
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const own = WebAssembly[name];
    WebAssembly[name] = (...given) => own.apply(WebAssembly, given).then(note);
  }
  bench.wasm = () => [...memories].reduce((sum, one) => sum + one.buffer.byteLength, 0);

  // Usable: the first control takes the focus, and the bar is right; whole: so it is with
  // everything on the page, and not only what stands in its HTML.
  const isUsable = () => {
    const first = see.first();
    if (!first || first.disabled || !first.getClientRects().length) return false;
    first.focus();
    return see.bar() === want && document.activeElement === first;
  };
  const when = (holds) => new Promise((done) => {
    const try_ = () => (holds() ? done(performance.now()) : requestAnimationFrame(try_));
    requestAnimationFrame(try_);
  });
  bench.usable = when(isUsable);
  bench.whole = when(() => see.whole() && isUsable());

  let armed;
  const check = () => {
    if (!armed || armed.began === undefined || armed.done || !armed.holds()) return;
    armed.done = true;
    const now = performance.now();
    armed.tell({ key: now - armed.began, input: now - (armed.input ?? armed.began) });
  };
  new MutationObserver(check).observe(document, {
    subtree: true, childList: true, characterData: true, attributes: true,
  });
  const begin = () => {
    if (armed && armed.began === undefined) armed.began = performance.now();
  };
  addEventListener("keydown", begin, true);
  addEventListener("click", begin, true);
  addEventListener("input", () => {
    if (armed) armed.input ??= performance.now();
  }, true);

  const arm = (holds, patience) => {
    bench.result = new Promise((tell) => {
      armed = { holds, tell };
      setTimeout(() => tell(undefined), patience);
    });
  };

  /** The next key must bring this bar and this sentence, both or what is given of them. */
  bench.armKey = (bar, sentence, patience) => {
    arm(() => see.bar() === bar && (!sentence || see.sentence() === sentence), patience);
  };

  /** The next click must bring one more row, drawn; counts what is touched meanwhile. */
  bench.armAdd = (patience) => {
    const rows = see.rows() + 1;
    arm(() => see.rows() === rows && see.newRow()?.getClientRects().length > 0, patience);
    // A node once, though it came in with its parent and was told of on its own too.
    const touched = new Set();
    const touch = (node) => {
      touched.add(node);
      node.childNodes.forEach(touch);
    };
    const counter = new MutationObserver((records) => {
      for (const one of records) {
        if (one.type !== "childList") touched.add(one.target);
        one.addedNodes.forEach(touch);
        one.removedNodes.forEach(touch);
      }
    });
    counter.observe(document, {
      subtree: true, childList: true, characterData: true, attributes: true,
    });
    bench.touched = () => {
      counter.disconnect();
      return touched.size;
    };
  };
})(/* given */);
