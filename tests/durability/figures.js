// What the runs come to, and how far they have come.

function spread(all) {
  if (all.length === 0) return "nothing measured";
  const sorted = [...all].sort((one, other) => one - other);
  const last = sorted.length - 1;
  const at = (part) => Math.round(sorted[Math.min(last, Math.floor(part * sorted.length))]);
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, max ${at(1)} ms (${sorted.length})`;
}

export class Figures {
  constructor() {
    this.faults = {};
    this.compared = 0;
    this.unsaved = [];
    this.lost = [];
    this.waits = [];
    this.lags = [];
    this.logs = [];
    this.stales = [];
    this.controls = [];
    this.newer = 0;
    this.unoffered = 0;
    this.missed = 0;
    this.offline = 0;
    this.thrown = [];
    this.again = [];
    this.began = Date.now();
  }

  print(runs, red, seed) {
    const faults = Object.entries(this.faults).map(([kind, count]) => `${kind} ${count}`);
    const seconds = Math.round((Date.now() - this.began) / 1000);
    console.log([
      `${runs} runs of seed ${seed} in ${seconds} s: ${red} red`,
      `faults: ${faults.sort().join(", ")}`,
      `compared ${this.compared} times`,
      `a newer build taken: ${this.newer}, not offered within 20 s: ${this.unoffered}`,
      `opened without a network: ${this.offline}; taps not followed: ${this.missed}`,
      `typed and not yet called saved at the fault: ${spread(this.unsaved)}`,
      `typed before a kill or a close and not there again: ${spread(this.lost)}`,
      `from the key to the mark: ${spread(this.waits)}`,
      `from the key until the mark no longer says saved: ${spread(this.stales)}`,
      `a bare text put away beside it: ${spread(this.controls)}`,
      `from the mark until a torn log is put away: ${spread(this.logs)}`,
      `how late the page's own clock was: ${spread(this.lags)}`,
      `begun again: ${this.again.length}`,
      ...this.again,
      ...new Set(this.thrown.map((one) => `thrown in the page: ${one}`)),
    ].join("\n"));
  }
}

export class Progress {
  constructor(all) {
    this.all = all;
    this.done = 0;
  }

  step(red) {
    this.done += 1;
    const line = `${this.done} of ${this.all}, ${red} red`;
    if (process.stdout.isTTY) process.stdout.write(`\r${line}`);
    else if (this.done % 20 === 0) console.log(line);
  }

  end() {
    if (process.stdout.isTTY) process.stdout.write("\r\x1b[K");
  }
}
