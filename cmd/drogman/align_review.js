"use strict";
// The page holds the beads in one list, and a row of the page for each. Every change is a
// step of edits {at, removed, added}, so that undoing is making the opposite edits. What a
// person touches is decided. Each step is kept in the browser until the page is next opened.
const $ = (id) => document.getElementById(id);
const data = JSON.parse($("data").textContent);
const say = data.message;
const list = $("beads");
const doubt = 0.9;
const beads = [...data.beads];
const doubtful = (b) => !b.decided && b.confidence < doubt;
const total = beads.filter(doubtful).length;
let here = 0;
let past = [], future = [];
let saved = true;
let textOrder = false;

const size = (span) => span[1] - span[0];
const bead = (source, target) => ({ source, target, confidence: 1, decided: true, moved: false });

// edit makes one edit, in the list and on the page.
function edit({ at, removed, added }) {
  beads.splice(at, removed.length, ...added);
  const after = list.children[at + removed.length] ?? null;
  for (let n = 0; n < removed.length; n++) list.children[at].remove();
  const rows = document.createDocumentFragment();
  rows.append(...added.map(row));
  list.insertBefore(rows, after);
}

// step makes edits, each {at, count, added}, that are undone together; empty beads vanish.
function step(...edits) {
  const made = [];
  for (const { at, count, added } of edits) {
    made.push({ at, removed: beads.slice(at, at + count), added: added.filter((b) => size(b.source) + size(b.target) > 0) });
    edit(made.at(-1));
  }
  past.push({ edits: made, here });
  future = [];
  changed(edits[0].at);
}

function changed(at) {
  saved = false;
  go(at);
  status();
  keepSoon();
}

function undo() {
  const last = past.pop();
  if (!last) return;
  for (const { at, removed, added } of last.edits.toReversed()) edit({ at, removed: added, added: removed });
  future.push(last);
  changed(last.here);
}

function redo() {
  const next = future.pop();
  if (!next) return;
  next.edits.forEach(edit);
  past.push(next);
  changed(next.edits[0].at);
}

// touching beads have no sentence between them on either side.
const touching = (a, b) => !a.moved && !b.moved && a.source[1] === b.source[0] && a.target[1] === b.target[0];

function merge(at) {
  const a = beads[at], b = beads[at + 1];
  if (!a || !b) return;
  if (!touching(a, b)) return status(say.apart);
  step({ at, count: 2, added: [bead([a.source[0], b.source[1]], [a.target[0], b.target[1]])] });
}

// split takes the first sentence of each side into a bead of its own.
function split() {
  const { source: s, target: t, moved } = beads[here];
  if (moved) return unlink();
  if (size(s) + size(t) < 2) return;
  let i = Math.min(s[0] + 1, s[1]), j = Math.min(t[0] + 1, t[1]);
  if (i === s[1] && j === t[1]) j = t[0]; // 1-1: two gaps
  step({ at: here, count: 1, added: [bead([s[0], i], [t[0], j]), bead([i, s[1]], [j, t[1]])] });
}

// unlink makes two gaps of a moved bead, each in its place.
function unlink() {
  const { source: s, target: t } = beads[here];
  const rest = beads.map((b, i) => i === here ? null : b);
  const end = rest.slice(0, here).findLast((b) => !b.moved)?.target[1] ?? 0;
  const gap = bead(s, [end, end]);
  rest[here] = gap;
  const before = rest.findLastIndex((b) => !b.moved && b.target[1] <= t[0]);
  const at = before < 0 ? 0 : rest[before].source[1];
  step({ at: here, count: 1, added: [gap] }, { at: before + 1, count: 0, added: [bead([at, at], t)] });
}

// shift moves the bound between the bead and the next by a sentence of one side.
function shift(side, by) {
  const a = beads[here], b = beads[here + 1];
  if (!b) return;
  if (!touching(a, b)) return status(say.apart);
  const bound = a[side][1] + by;
  if (bound < a[side][0] || bound > b[side][1]) return;
  const move = (x, span) => side === "source" ? bead(span, x.target) : bead(x.source, span);
  step({ at: here, count: 2, added: [move(a, [a[side][0], bound]), move(b, [bound, b[side][1]])] });
}

// good vouches for the bead and goes to the next doubtful one.
function good() {
  const b = beads[here], next = nextSuspect(1);
  if (!b.decided) step({ at: here, count: 1, added: [{ ...b, decided: true }] });
  if (next === undefined || next === here) suspect(1);
  else go(next, "center");
}

// forget takes the decision back.
function forget() {
  if (beads[here].decided) step({ at: here, count: 1, added: [{ ...beads[here], decided: false }] });
}

// suspects are the indices of the doubtful beads, the least sure first, or as they stand.
function suspects() {
  const found = beads.map((b, i) => i).filter((i) => doubtful(beads[i]));
  return textOrder ? found : found.sort((a, b) => beads[a].confidence - beads[b].confidence || a - b);
}

// nextSuspect is the doubtful bead after or before this one, round and round.
function nextSuspect(by) {
  const all = suspects(), at = all.indexOf(here);
  if (at >= 0) return all[(at + by + all.length) % all.length];
  return textOrder ? (by > 0 ? all.find((i) => i > here) ?? all[0] : all.findLast((i) => i < here) ?? all.at(-1)) : all[0];
}

function suspect(by) {
  const to = nextSuspect(by);
  if (to === undefined) status(say.none);
  else go(to, "center");
}

function order() {
  textOrder = !textOrder;
  status(textOrder ? say.textOrder : say.worstFirst);
}

const plain = (s) => s.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

// search goes to the next bead, or the one before, that has the text.
function search(by) {
  const wanted = plain($("search").value);
  if (!wanted) return;
  const has = (texts, span) => texts.slice(...span).some((s) => plain(s.text).includes(wanted));
  for (let n = 1; n <= beads.length; n++) {
    const i = (here + by * n + n * beads.length) % beads.length;
    if (has(data.source, beads[i].source) || has(data.target, beads[i].target)) return go(i, "center", false);
  }
  status(say.nothing);
}

function go(to, block = "nearest", focus = true) {
  const old = list.querySelector(".here");
  old?.classList.remove("here");
  old?.setAttribute("aria-selected", "false");
  old?.setAttribute("tabindex", "-1");
  here = Math.max(0, Math.min(to, beads.length - 1));
  const line = list.children[here];
  if (!line) return;
  line.classList.add("here");
  line.setAttribute("aria-selected", "true");
  line.setAttribute("tabindex", "0");
  if (focus) line.focus({ preventScroll: true });
  line.scrollIntoView({ block });
  // Rows not seen before had a guessed height.
  if (block === "center") requestAnimationFrame(() => line.scrollIntoView({ block: "nearest" }));
}

// decisions is the file that drogman reads back: see Decisions in package align.
function decisions() {
  const before = (texts, at) => at === 0 ? "" : texts[at - 1].print;
  const prints = (texts, span) => texts.slice(...span).map((s) => s.print);
  return {
    "drogman-decisions": 1,
    beads: beads.filter((b) => b.decided).map((b) => ({
      source: prints(data.source, b.source), target: prints(data.target, b.target),
      sourceAfter: before(data.source, b.source[0]), targetAfter: before(data.target, b.target[0]),
      sourceAt: b.source[0], targetAt: b.target[0], ...(b.moved && { moved: true }),
    })),
  };
}

function save() {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(decisions(), null, 1) + "\n"], { type: "application/json" }));
  link.download = data.file.replace(/^.*\//, "");
  link.click();
  saved = true;
  status(say.saved + " " + link.download);
  keep();
}

function status(text) {
  const left = beads.filter(doubtful).length, decided = beads.filter((b) => b.decided).length;
  $("progress").max = Math.max(total, left, 1);
  $("progress").value = $("progress").max - left;
  $("status").textContent = text ?? `${say.left} ${left} · ${say.decided} ${decided}${saved ? "" : " · " + say.unsaved}`;
}

function element(name, className, text) {
  const e = document.createElement(name);
  e.className = className;
  e.textContent = text;
  return e;
}

function cell(side, texts, span, nothing) {
  const out = element("div", side, "");
  for (let i = span[0]; i < span[1]; i++) {
    const line = element("p", "", "");
    line.lang = list.dataset[side];
    line.append(element("span", "number", i + 1), texts[i].text);
    out.append(line);
  }
  if (size(span) === 0) out.append(element("p", "none", nothing));
  return out;
}

function row(b) {
  const line = element("div", "bead", ""), sure = element("div", "sure", b.decided ? "✓" : Math.round(100 * b.confidence) + " %");
  line.classList.toggle("decided", b.decided);
  line.classList.toggle("doubtful", doubtful(b));
  line.classList.toggle("moved", b.moved);
  line.setAttribute("role", "option");
  line.setAttribute("aria-selected", "false");
  line.setAttribute("tabindex", "-1");
  if (b.moved) sure.title = say.moved;
  line.append(sure, cell("source", data.source, b.source, say.added), cell("target", data.target, b.target, say.omitted));
  return line;
}

// Work in progress, kept in the browser under a key made of the texts and the alignment.
const prefix = "drogman review ";
const ninetyDays = 90 * 24 * 3600 * 1000;
let soon;

function keepSoon() {
  clearTimeout(soon);
  soon = setTimeout(keep, 300);
}

function keep() {
  clearTimeout(soon);
  try {
    localStorage.setItem(prefix + data.key, JSON.stringify({
      time: Date.now(), saved, here, beads: beads.map((b) => [...b.source, ...b.target, b.confidence, +b.decided, +b.moved]),
    }));
  } catch {
    status(say.unkept);
  }
}

// restore takes up the work where it was left, if it was.
function restore() {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(prefix) && !(JSON.parse(localStorage[key]).time > Date.now() - ninetyDays)) localStorage.removeItem(key);
    }
    const kept = JSON.parse(localStorage.getItem(prefix + data.key));
    if (!kept) return false;
    beads.splice(0, beads.length, ...kept.beads.map(([i, j, k, l, confidence, decided, moved]) =>
      ({ source: [i, j], target: [k, l], confidence, decided: !!decided, moved: !!moved })));
    ({ saved, here } = kept);
    return kept.time;
  } catch {
    return false; // no storage, or none for pages from files
  }
}

function afresh() {
  $("afresh").hidden = true;
  step({ at: 0, count: beads.length, added: data.beads });
}

const acts = {
  down: () => go(here + 1), up: () => go(here - 1), first: () => go(0), last: () => go(beads.length - 1),
  next: () => suspect(1), previous: () => suspect(-1), order,
  good, forget, merge: () => merge(here), mergeBefore: () => merge(here - 1), split,
  sourceLess: () => shift("source", -1), sourceMore: () => shift("source", 1),
  targetLess: () => shift("target", -1), targetMore: () => shift("target", 1),
  undo, redo, save,
  search: () => $("search").select(),
  help: () => $("help").showModal(),
};

const keys = {
  ArrowDown: "down", j: "down", ArrowUp: "up", k: "up", Home: "first", End: "last",
  n: "next", p: "previous", o: "order",
  g: "good", Enter: "good", x: "forget", m: "merge", M: "mergeBefore", s: "split",
  ArrowLeft: "sourceLess", "[": "sourceLess", ArrowRight: "sourceMore", "]": "sourceMore",
  "Shift+ArrowLeft": "targetLess", "<": "targetLess", "Shift+ArrowRight": "targetMore", ">": "targetMore",
  u: "undo", "Ctrl+z": "undo", U: "redo", "Ctrl+y": "redo", "Ctrl+Z": "redo",
  "/": "search", w: "save", "Ctrl+s": "save", "?": "help", h: "help",
};

// named is the name under which a key press stands among the keys. Some keyboards need
// Option or AltGr, which is Ctrl with Alt, for the brackets.
function named(event) {
  const typed = "[]<>/?".includes(event.key) && !event.metaKey && (event.altKey || !event.ctrlKey);
  if (typed) return event.key;
  if (event.altKey) return "";
  if (event.ctrlKey || event.metaKey) return "Ctrl+" + event.key;
  return event.shiftKey && event.key.startsWith("Arrow") ? "Shift+" + event.key : event.key;
}

document.addEventListener("keydown", (event) => {
  const inSearch = event.target === $("search");
  if ($("help").open || event.target instanceof HTMLButtonElement && event.key === "Enter") return;
  if (inSearch && event.key === "Enter") return search(event.shiftKey ? -1 : 1);
  if (inSearch && event.key === "Escape") return go(here);
  const name = named(event);
  if (!Object.hasOwn(keys, name) || inSearch && !name.startsWith("Ctrl+s")) return;
  event.preventDefault();
  acts[keys[name]]();
});

$("tools").addEventListener("click", (event) => {
  const act = event.target.closest("[data-act]")?.dataset.act;
  if (act) acts[act]();
});
list.addEventListener("click", (event) => {
  const line = event.target.closest(".bead");
  if (line && getSelection().isCollapsed) go([...list.children].indexOf(line));
});
$("afresh").addEventListener("click", afresh);
window.addEventListener("beforeunload", (event) => { if (!saved) event.preventDefault(); });
window.addEventListener("pagehide", () => { if (!saved) keep(); });
new ResizeObserver(([header]) => {
  document.documentElement.style.scrollPaddingTop = header.borderBoxSize[0].blockSize + 8 + "px";
}).observe(document.querySelector("header"));

const since = restore();
list.append(...beads.map(row));
if (since) {
  go(here, "center");
  status(say.restored + " " + new Date(since).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" }));
  $("afresh").hidden = false;
} else {
  status();
  go(suspects()[0] ?? 0, "center");
}
