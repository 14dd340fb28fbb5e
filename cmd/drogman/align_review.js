"use strict";
// The page holds the beads in one list. Every key makes a new list from the old one, so
// that undoing is going back to the last. What a person touches is decided.
const data = JSON.parse(document.getElementById("data").textContent);
const place = document.getElementById("beads");
const doubt = 0.9;
let beads = data.beads;
let here = 0;
let past = [];
let saved = true;

const size = (span) => span[1] - span[0];
const bead = (source, target) => ({ source, target, confidence: 1, decided: true });

// suspects are the indices of the undecided beads, the least sure first.
function suspects() {
  return beads.map((b, i) => i).filter((i) => !beads[i].decided && beads[i].confidence < doubt)
    .sort((a, b) => beads[a].confidence - beads[b].confidence || a - b);
}

// put replaces count beads from index at by others; empty ones vanish.
function put(at, count, ...others) {
  others = others.filter((b) => size(b.source) + size(b.target) > 0);
  past.push({ beads, here });
  beads = [...beads.slice(0, at), ...others, ...beads.slice(at + count)];
  here = Math.min(at, beads.length - 1);
  saved = false;
  draw();
}

function merge(at) {
  if (at < 0 || at + 1 >= beads.length) return;
  const a = beads[at], b = beads[at + 1];
  put(at, 2, bead([a.source[0], b.source[1]], [a.target[0], b.target[1]]));
}

// split takes the first sentence of each side into a bead of its own.
function split() {
  const { source: s, target: t } = beads[here];
  if (size(s) + size(t) < 2) return;
  let i = Math.min(s[0] + 1, s[1]), j = Math.min(t[0] + 1, t[1]);
  if (i === s[1] && j === t[1]) j = t[0]; // 1-1: two gaps
  put(here, 1, bead([s[0], i], [t[0], j]), bead([i, s[1]], [j, t[1]]));
}

// shift moves the bound between the bead and the next by a sentence of one side.
function shift(side, by) {
  if (here + 1 >= beads.length) return;
  const a = beads[here], b = beads[here + 1];
  const bound = a[side][1] + by;
  if (bound < a[side][0] || bound > b[side][1]) return;
  const move = (x, span) => side === "source" ? bead(span, x.target) : bead(x.source, span);
  put(here, 2, move(a, [a[side][0], bound]), move(b, [bound, b[side][1]]));
}

function good() {
  const b = beads[here];
  put(here, 1, { ...b, decided: !b.decided });
  if (!b.decided) suspect();
}

// suspect goes to the least sure bead that is not decided.
function suspect() {
  const [worst] = suspects();
  if (worst !== undefined) go(worst);
}

function undo() {
  const last = past.pop();
  if (!last) return;
  ({ beads, here } = last);
  draw();
}

function go(to) {
  document.querySelector(".here")?.classList.remove("here");
  here = Math.max(0, Math.min(to, beads.length - 1));
  const row = place.children[here];
  row?.classList.add("here");
  row?.scrollIntoView({ block: "nearest" });
}

// decisions is the file that drogman reads back: see Decisions in package align.
function decisions() {
  const before = (list, at) => at === 0 ? "" : list[at - 1].print;
  const prints = (list, span) => list.slice(...span).map((s) => s.print);
  return {
    "drogman-decisions": 1,
    beads: beads.filter((b) => b.decided).map((b) => ({
      source: prints(data.source, b.source), target: prints(data.target, b.target),
      sourceAfter: before(data.source, b.source[0]), targetAfter: before(data.target, b.target[0]),
      sourceAt: b.source[0], targetAt: b.target[0],
    })),
  };
}

function save() {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(decisions(), null, 1) + "\n"], { type: "application/json" }));
  link.download = data.file.replace(/^.*\//, "");
  link.click();
  saved = true;
  status(data.message.saved + " " + link.download);
}

function status(text) {
  const left = suspects().length;
  const decided = beads.filter((b) => b.decided).length;
  document.getElementById("status").textContent =
    text ?? `${data.message.decided} ${decided} · ${data.message.left} ${left}${saved ? "" : " · " + data.message.unsaved}`;
}

function sentences(list, span, language) {
  const cell = document.createElement("div");
  cell.lang = language;
  for (let i = span[0]; i < span[1]; i++) {
    const line = document.createElement("p"), number = document.createElement("span");
    number.className = "number";
    number.textContent = i + 1;
    line.append(number, list[i].text);
    cell.append(line);
  }
  return cell;
}

function row(b, index) {
  const line = document.createElement("div"), sure = document.createElement("div");
  line.className = "bead" + (b.decided ? " decided" : b.confidence < doubt ? " doubtful" : "");
  sure.className = "sure";
  sure.textContent = b.decided ? "✓" : Math.round(100 * b.confidence) + " %";
  line.append(sure, sentences(data.source, b.source, place.dataset.source), sentences(data.target, b.target, place.dataset.target));
  line.addEventListener("click", () => go([...place.children].indexOf(line)));
  return line;
}

function draw() {
  place.replaceChildren(...beads.map(row));
  go(here);
  status();
}

const keys = {
  ArrowDown: () => go(here + 1), j: () => go(here + 1),
  ArrowUp: () => go(here - 1), k: () => go(here - 1),
  n: suspect,
  g: good, Enter: good,
  m: () => merge(here), M: () => merge(here - 1),
  s: split,
  "[": () => shift("source", -1), "]": () => shift("source", 1),
  "<": () => shift("target", -1), ">": () => shift("target", 1),
  u: undo,
  w: save,
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(keys, event.key)) return;
  if (event.key === "Enter" && event.target instanceof HTMLButtonElement) return;
  event.preventDefault();
  keys[event.key]();
});
document.getElementById("save").addEventListener("click", save);
window.addEventListener("beforeunload", (event) => { if (!saved) event.preventDefault(); });
draw();
suspect();
