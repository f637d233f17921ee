// SPDX-License-Identifier: EUPL-1.2
// Minutes saved as they are typed (form[data-live]). What is typed waits in a queue that outlives the page, and is sent in batches that
// stay the same until the server has answered for them: a batch that came through unanswered changes nothing when sent again. Every
// change names what it was written on top of, so that the server can put together what two people write.
import { LiveRows } from "./live-rows.js";
import { unsaved } from "./unsaved.js";

const form = document.querySelector("form[data-live]");
const status = form.querySelector("[data-live-status]");
const othersLine = form.querySelector("[data-live-others]");
const orphans = form.querySelector("[data-live-orphans]");
const live = new LiveRows(form);
const store = unsaved(form.dataset.liveKey);
const pauseAfterKey = 700;
const pollEvery = 4000;
const retryEvery = 5000;
const batchLength = 60;
const batchCharacters = 200_000;
const keepaliveCharacters = 20_000;

/** Batches on their way, oldest first; what was typed since; new rows that are not finished; what the server refused, and why. */
let line = [];
let queue = {};
let unfinished = {};
let refused = {};

let token = live.form.elements.namedItem("csrfmiddlewaretoken").value;
let rows = form.dataset.liveRows;
let stale = "";
let etag = "";
let trouble = null;
let failed = 0;
let sending = false;
let turn = 0;
let timer = 0;
let keptHere = true;
let savedAt = "";
/** Where somebody was writing when rows could not be renewed, and which state of them was wanted. */
let held = { element: null, wanted: "" };

class Trouble extends Error {
  constructor(kind, sentence = "") {
    super(kind);
    this.kind = kind;
    this.sentence = sentence;
  }
}

const pending = () => new Set([...line.flatMap((batch) => Object.keys(batch)), ...Object.keys(queue)]);
const unsavedNames = () => new Set([...pending(), ...Object.keys(unfinished), ...Object.keys(refused)]);

function keep() {
  const any = unsavedNames().size;
  keptHere = store.keep(any ? { line, queue, unfinished, refused } : null) === true;
}

function say(kind, facts = {}) {
  let words = status.dataset[kind] ?? "";
  for (const [name, value] of Object.entries(facts)) words = words.replace(`{${name}}`, value);
  status.toggleAttribute("data-live-trouble", Boolean(trouble));
  if (status.textContent !== words) status.textContent = words;
}

function tell() {
  const number = pending().size;
  const lost = Object.keys(refused).length;
  if (trouble) say(trouble.kind, { number, sentence: trouble.sentence });
  else if (number) say("saving");
  else if (lost) say("refused", { number: lost });
  else say(savedAt ? "saved" : "", { time: savedAt });
}

/** Take down what an input now holds. Rows that are sent by a button of their own wait for it. */
function note(target) {
  const row = target.closest("[data-live-row]");
  const name = row?.dataset.liveRow ?? target.name;
  if (row && row.querySelector("[data-live-send]")) {
    if (row.matches("[data-live-new]") && live.blank(row)) delete unfinished[name];
    else unfinished[name] = live.parts(row);
  } else if (row) {
    const value = live.parts(row);
    if (name in queue) Object.assign(value, { base: queue[name].value.base, seen: queue[name].value.seen });
    queue[name] = { value, base: "" };
    if (row.matches("[data-live-new]") && row.nextElementSibling?.matches("[data-live-new]") !== true) live.another(row);
  } else if (live.field(name)) {
    queue[name] = { value: target.value, base: queue[name]?.base ?? live.origin(name).value };
  } else {
    return;
  }
  delete refused[name];
  keep();
  tell();
}

/** Send a row by its button: a task, a recommendation, a guest, an item; a new one makes room for the next. */
function sendRow(row) {
  const name = row.dataset.liveRow;
  if (row.matches("[data-live-new]") && live.blank(row)) return;
  queue[name] = { value: live.parts(row), base: "" };
  delete unfinished[name];
  delete refused[name];
  keep();
}

function soon(pause) {
  window.clearTimeout(timer);
  timer = window.setTimeout(flush, pause);
}

/** What is typed from here on is written on top of what is being sent. */
function rebase(name, change, undo = false) {
  const origin = live.origin(name);
  const row = live.row(name);
  if (origin && typeof change.value === "string") origin.value = undo ? change.base : change.value;
  for (const part of row?.querySelectorAll("[data-part=base], [data-part=seen]") ?? []) {
    const { text, votes_for, votes_against, abstained } = change.value;
    const sent = part.dataset.part === "base" ? text : [votes_for, votes_against, abstained].map((one) => one.trim()).join("/");
    part.value = undo ? change.value[part.dataset.part] : sent;
  }
}

function freeze() {
  const batch = {};
  let length = 0;
  for (const [name, change] of Object.entries(queue)) {
    if (Object.keys(batch).length && (Object.keys(batch).length >= batchLength || length > batchCharacters)) break;
    batch[name] = change;
    length += JSON.stringify(change).length;
    delete queue[name];
    rebase(name, change);
  }
  if (Object.keys(batch).length) line.push(batch);
}

async function flush() {
  if (sending) return;
  if (!line.length) freeze();
  if (!line.length) return;
  sending = true;
  turn += 1;
  keep();
  tell();
  try {
    const answer = await post(line[0]);
    const done = line.shift();
    trouble = null;
    failed = 0;
    savedAt = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    take(answer, done);
    keep();
    tell();
  } catch (problem) {
    trouble = problem instanceof Trouble ? problem : new Trouble("offline");
    failed += 1;
    keep();
    tell();
  } finally {
    sending = false;
  }
  if (trouble) soon(Math.min(retryEvery * failed, 60_000));
  else if (pending().size) soon(line.length ? 0 : pauseAfterKey);
}

async function post(changes, again = true) {
  const body = JSON.stringify({ who: form.dataset.liveWho, changes });
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  const response = await fetch(form.dataset.live, { method: "POST", headers, body, keepalive: body.length < keepaliveCharacters });
  // Signing in again in another window makes a new token.
  if (response.status === 403 && again) {
    await read();
    return post(changes, false);
  }
  return understood(response);
}

/** Return what the server says, and remember the token for the next sending. */
async function understood(response) {
  if (response.status === 401) throw new Trouble("signedOut");
  if (response.status === 409) throw new Trouble("locked", (await response.json()).sentence);
  if (response.status >= 400 && response.status < 500) throw new Trouble("closed");
  if (!response.ok) throw new Trouble("offline");
  const answer = await response.json();
  token = answer.token ?? token;
  return answer;
}

const read = async (headers = {}) => understood(await fetch(form.dataset.live, { headers }));

/** What was typed after a change that was refused is written on top of what that one began from. */
function back(later, change) {
  if (typeof change.value === "string") later.base = change.base;
  else Object.assign(later.value, { base: change.value.base, seen: change.value.seen });
}

/** Take over what the server has, except where something is not saved yet. */
function take(answer, done = {}) {
  for (const [name, sentence] of Object.entries(answer.refused ?? {})) {
    if (name in queue) {
      back(queue[name], done[name]);
      continue;
    }
    refused[name] = { change: done[name], sentence };
    rebase(name, done[name], true);
    live.refuse(name, sentence);
  }
  for (const name of Object.keys(done)) if (!(name in (answer.refused ?? {}))) live.refuse(name, "");
  const waiting = pending();
  for (const [name, value] of Object.entries(answer.fields ?? {})) {
    const input = live.field(name);
    if (!input || waiting.has(name)) continue;
    if (name in refused) {
      if (refused[name].change.value !== value) continue;
      delete refused[name];
      live.refuse(name, "");
    }
    live.origin(name).value = value;
    live.put(input, value);
  }
  if (answer.rows && answer.rows !== rows) stale = answer.rows;
  othersLine.textContent = answer.others?.length ? othersLine.dataset.words.replace("{names}", answer.others.join(", ")) : "";
  place();
  renew();
}

/** Rows came, went or changed: take them over from the page read anew. */
async function renew() {
  const wanted = stale;
  if (!wanted || wanted === rows || (held.wanted === wanted && held.element === document.activeElement)) return;
  try {
    const response = await fetch(window.location.pathname, { headers: { "X-Requested-With": "fetch" } });
    if (!response.ok || response.redirected) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (live.renew(page, unsavedNames(), new Set(Object.keys(refused)))) {
      rows = wanted;
      if (stale === wanted) stale = "";
      held = { element: null, wanted: "" };
    } else {
      held = { element: document.activeElement, wanted };
    }
  } catch {
    // With the next answer.
  }
}

async function poll() {
  store.inherit(adopt);
  if (document.hidden || sending || pending().size) return;
  const now = turn;
  try {
    const response = await fetch(form.dataset.live, { headers: etag ? { "If-None-Match": etag } : {} });
    const answer = response.status === 304 ? { others: [] } : await understood(response);
    if (turn !== now || pending().size) return;
    etag = response.headers.get("ETag") ?? etag;
    trouble = null;
    failed = 0;
    take(answer);
    tell();
  } catch (problem) {
    trouble = problem instanceof Trouble ? problem : new Trouble("offline");
    tell();
  }
}

/** Go on with what another window, or this one before it was opened anew, could not save. */
function adopt(state, show = false) {
  if (!state) return true;
  const waiting = pending();
  line.push(...(state.line ?? []));
  if (Object.keys(state.queue ?? {}).length) line.push(state.queue);
  unfinished = { ...state.unfinished, ...unfinished };
  refused = { ...state.refused, ...refused };
  keep();
  if (!keptHere) return false;
  if (show) for (const batch of line) for (const [name, change] of Object.entries(batch)) restore(name, change);
  for (const [name, value] of Object.entries(state.unfinished ?? {})) restore(name, { value });
  for (const [name, { change, sentence }] of Object.entries(state.refused ?? {})) {
    if (waiting.has(name)) continue;
    restore(name, change);
    rebase(name, change, true);
    live.refuse(name, sentence);
  }
  place();
  tell();
  soon(0);
  return true;
}

function restore(name, change) {
  if (typeof change.value === "string") {
    const input = live.field(name);
    if (input) input.value = change.value;
  } else {
    const row = live.rename(name);
    if (row) live.fill(row, change.value);
  }
  if (!(name in unfinished)) rebase(name, change);
}

/** Show what was refused and has no place on the page any more, so that its words can be copied. */
function place() {
  const lost = Object.entries(refused).filter(([name]) => !live.field(name) && !live.row(name));
  orphans.hidden = !lost.length;
  const texts = lost.map(([, { change, sentence }]) => {
    const words = typeof change.value === "string" ? change.value : [change.value.text, change.value.title, change.value.reason, change.value.name].filter(Boolean).join("\n");
    return [words, sentence];
  });
  const list = orphans.querySelector("ul");
  list.replaceChildren(
    ...texts.map(([words, sentence]) => {
      const item = document.createElement("li");
      const text = document.createElement("blockquote");
      text.textContent = words;
      item.append(text, sentence);
      return item;
    }),
  );
}

/** Move to the part of the next or previous item in which its notes are written, or to a new decision or task of this one. */
function go(where) {
  const sections = [...form.querySelectorAll("[data-live-section]")];
  const here = sections.findIndex((section) => section.contains(document.activeElement));
  if (where === "next" || where === "before") {
    const to = sections[where === "next" ? Math.min(here + 1, sections.length - 1) : Math.max(here - 1, 0)];
    to?.querySelector("textarea")?.focus();
  } else {
    const rowsThere = [...(sections[Math.max(here, 0)]?.querySelectorAll("[data-live-new]") ?? [])];
    rowsThere.filter((row) => row.dataset.liveRow.startsWith(`${where}.`)).at(-1)?.querySelector("[data-part]").focus();
  }
}

function choose(input, value) {
  if (input.value === value) return;
  input.value = value;
  note(input);
}

form.addEventListener("input", (event) => {
  note(event.target);
  soon(pauseAfterKey);
});
form.addEventListener("change", (event) => {
  note(event.target);
  soon(0);
});
form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-live-go]");
  if (button) go(button.dataset.liveGo);
});
form.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (button?.hasAttribute("formaction")) return;
  event.preventDefault();
  if (button?.name === "now") {
    const time = new Date().toLocaleTimeString("lv", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: form.dataset.zone });
    choose(live.field(button.value), time);
  } else if (button?.name === "present") {
    for (const input of form.querySelectorAll('select[name^="mode."]')) if (input.value === "absent") choose(input, "on_site");
  }
  const within = document.activeElement.closest("[data-live-row]");
  const row = button?.matches("[data-live-send]") ? button.closest("[data-live-row]") : within?.querySelector("[data-live-send]") && within;
  if (row) {
    sendRow(row);
    if (row.matches("[data-live-new]")) (row.nextElementSibling?.matches("[data-live-new]") ? row.nextElementSibling : live.another(row)).querySelector("[data-part]").focus();
  } else if (button?.matches("[data-live-save]")) {
    for (const name of Object.keys(unfinished)) if (live.row(name)) sendRow(live.row(name));
  }
  tell();
  soon(0);
});
window.addEventListener("online", () => {
  failed = 0;
  soon(0);
  poll();
});
window.addEventListener("offline", () => {
  trouble = new Trouble("offline");
  tell();
});
document.addEventListener("visibilitychange", () => {
  failed = 0;
  flush();
});
window.addEventListener("beforeunload", (event) => {
  if (pending().size && !keptHere) event.preventDefault();
});
orphans.querySelector("button").addEventListener("click", () => {
  for (const name of Object.keys(refused)) if (!live.field(name) && !live.row(name)) delete refused[name];
  keep();
  place();
});

for (const element of form.querySelectorAll("[data-live-scripted]")) element.hidden = false;
// What a browser filled in again, or a form that came back with sentences holds.
for (const input of form.querySelectorAll("input[data-live-field], textarea[data-live-field]")) if (input.value !== live.origin(input.name).value) note(input);
await store.inherit((state) => adopt(state, true));
soon(0);
window.setInterval(poll, pollEvery);
