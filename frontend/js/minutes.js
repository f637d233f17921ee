// SPDX-License-Identifier: EUPL-1.2
// Minutes saved as they are typed (form[data-live]). Changes wait in a queue that outlives the page, so that a dropped connection or
// a closed window loses nothing; each names the value it began from, so that the server can put together what two people write.
const form = document.querySelector("form[data-live]");
const status = form.querySelector("[data-live-status]");
const place = `talka.live.${form.dataset.liveKey}`;
const pauseAfterKey = 700;
const pollEvery = 4000;
const retryEvery = 5000;

/** Fields and rows that are not saved yet: name → { value, base }. */
let queue = read();
/** What is on its way. */
let sending = null;
let timer = 0;
let rows = form.dataset.liveRows;
let etag = "";
let trouble = "";
let failed = 0;

function read() {
  try {
    return JSON.parse(window.localStorage.getItem(place)) ?? {};
  } catch {
    return {};
  }
}

function keep() {
  const all = { ...sending, ...queue };
  try {
    if (Object.keys(all).length) window.localStorage.setItem(place, JSON.stringify(all));
    else window.localStorage.removeItem(place);
  } catch {
    // No storage: what is typed lives as long as the page.
  }
}

const field = (name) => form.elements.namedItem(name);
const baseOf = (name) => field(`base.${name}`);
const rowOf = (name) => [...form.querySelectorAll("[data-live-row]")].find((row) => row.dataset.liveRow === name);

function partsOf(row) {
  return Object.fromEntries([...row.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part.value]));
}

function waiting() {
  return Object.keys({ ...sending, ...queue }).length;
}

function say(kind, facts = {}) {
  const words = status.dataset[kind] ?? "";
  const text = Object.entries(facts).reduce((all, [name, value]) => all.replace(`{${name}}`, value), words);
  status.hidden = !text;
  if (status.firstChild?.textContent !== text) status.replaceChildren(document.createTextNode(text));
}

function tell() {
  if (trouble) say(trouble, { number: waiting() });
  else if (waiting()) say("saving");
}

function saved() {
  const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  say("saved", { time });
}

function showRefused(name, sentence) {
  const place_ = [...form.querySelectorAll("[data-live-refused]")].find((one) => one.dataset.liveRefused === name);
  if (!place_) return;
  place_.textContent = sentence;
  place_.hidden = !sentence;
  const input = field(name) ?? rowOf(name)?.querySelector("[data-part]");
  input?.toggleAttribute?.("aria-invalid", Boolean(sentence));
}

/** Put a value into a field; the caret stays behind the words before it. */
function put(input, value) {
  if (input.value === value) return;
  const at = document.activeElement === input ? input.selectionStart : null;
  const after = at === null ? "" : input.value.slice(at);
  input.value = value;
  if (at === null) return;
  const place_ = after && value.endsWith(after) ? value.length - after.length : Math.min(at, value.length);
  input.setSelectionRange(place_, place_);
}

function note(target) {
  const row = target.closest("[data-live-row]");
  if (row) {
    queue[row.dataset.liveRow] = { value: partsOf(row), base: "" };
  } else if (target.matches("[data-live-field]")) {
    queue[target.name] = { value: target.value, base: sending?.[target.name]?.value ?? baseOf(target.name).value };
  } else {
    return;
  }
  keep();
  tell();
}

function soon(pause) {
  window.clearTimeout(timer);
  timer = window.setTimeout(flush, pause);
}

async function flush() {
  if (sending || !Object.keys(queue).length) return;
  sending = queue;
  queue = {};
  keep();
  try {
    const response = await fetch(form.dataset.live, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": field("csrfmiddlewaretoken").value },
      body: JSON.stringify({ changes: sending }),
    });
    if (response.status === 401 || response.status === 403) throw new Problem("signedOut");
    if (response.status === 409) throw new Problem("locked");
    if (!response.ok) throw new Problem("offline");
    const answer = await response.json();
    trouble = "";
    failed = 0;
    const done = sending;
    sending = null;
    take(answer, done);
    keep();
    if (Object.keys(queue).length) soon(pauseAfterKey);
    else saved();
  } catch (error) {
    // Back into the queue; what was typed since goes on from what it began with.
    for (const [name, change] of Object.entries(sending ?? {})) queue[name] = name in queue ? { ...queue[name], base: change.base } : change;
    sending = null;
    trouble = error instanceof Problem ? error.kind : "offline";
    keep();
    tell();
    failed += 1;
    if (trouble !== "locked") soon(Math.min(retryEvery * failed, 60_000));
  }
}

class Problem extends Error {
  constructor(kind) {
    super(kind);
    this.kind = kind;
  }
}

/** Take over what the server has: in fields that nobody is typing in, and as the new beginning of those that were sent. */
function take(answer, done = {}) {
  for (const name of Object.keys(done)) showRefused(name, answer.refused?.[name] ?? "");
  for (const [name, value] of Object.entries(answer.fields ?? {})) {
    const input = field(name);
    if (!input || name in queue) continue;
    if (answer.refused?.[name]) continue;
    baseOf(name).value = value;
    put(input, value);
  }
  for (const name of Object.keys(done)) {
    const row = rowOf(name);
    if (!row || answer.refused?.[name]) continue;
    const base = row.querySelector("[data-part=base]");
    if (base) base.value = done[name].value.text ?? "";
  }
  if (answer.rows && answer.rows !== rows) renew(answer.rows);
  const others = answer.others ?? [];
  if (others.length && !waiting() && !trouble) say("others", { names: others.join(", ") });
}

/** Rows came, went or changed: take the parts of the page that hold them anew, except where somebody is typing. */
async function renew(stamp) {
  let page;
  try {
    const response = await fetch(window.location.href, { headers: { "X-Requested-With": "fetch" } });
    if (!response.ok || response.redirected) return;
    page = new DOMParser().parseFromString(await response.text(), "text/html");
  } catch {
    return;
  }
  let whole = true;
  for (const fresh of page.querySelectorAll("[data-live-section]")) {
    if (form.querySelector(`[data-live-section="${fresh.dataset.liveSection}"]`)) continue;
    form.querySelector("[data-live-end]").before(document.importNode(fresh, true));
  }
  for (const fresh of page.querySelectorAll("[data-live-part]")) {
    const part = form.querySelector(`[data-live-part="${fresh.dataset.livePart}"]`);
    if (!part) continue;
    const busy = part.contains(document.activeElement) || [...part.querySelectorAll("[data-live-row], [data-live-field]")].some((one) => (one.dataset.liveRow ?? one.name) in queue);
    if (busy) whole = false;
    else part.replaceChildren(...[...document.importNode(fresh, true).childNodes]);
  }
  const end = form.querySelector("[data-live-end]");
  const fresh = page.querySelector("[data-live-end]");
  if (fresh && !end.contains(document.activeElement)) end.replaceChildren(...[...document.importNode(fresh, true).childNodes]);
  if (whole) rows = stamp;
}

async function poll() {
  if (document.hidden || sending || Object.keys(queue).length || trouble === "locked") return;
  try {
    const response = await fetch(form.dataset.live, { headers: etag ? { "If-None-Match": etag } : {} });
    if (response.status === 401) {
      trouble = "signedOut";
      tell();
      return;
    }
    if (response.status !== 200) return;
    etag = response.headers.get("ETag") ?? "";
    const answer = await response.json();
    if (Object.keys(queue).length) return;
    if (trouble) {
      trouble = "";
      saved();
    }
    take(answer);
  } catch {
    // The next time.
  }
}

form.addEventListener("input", (event) => {
  if (event.target.matches("[data-live-late]")) return;
  note(event.target);
  soon(pauseAfterKey);
});
form.addEventListener("change", (event) => {
  note(event.target);
  soon(0);
});
form.addEventListener("submit", (event) => {
  if (event.submitter?.formAction && event.submitter.formAction !== window.location.href && event.submitter.hasAttribute("formaction")) return;
  event.preventDefault();
  for (const row of form.querySelectorAll("[data-live-row]")) if (row.contains(document.activeElement)) note(document.activeElement);
  if (waiting()) soon(0);
  else saved();
});
window.addEventListener("online", () => {
  failed = 0;
  soon(0);
});
window.addEventListener("offline", () => {
  trouble = "offline";
  tell();
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) soon(0);
});

// What an earlier visit to this page could not save.
for (const [name, change] of Object.entries(queue)) {
  if (typeof change.value === "string") {
    const input = field(name);
    if (input) input.value = change.value;
  } else {
    const row = rowOf(name);
    if (row) for (const part of row.querySelectorAll("[data-part]")) if (part.dataset.part !== "base") part.value = change.value[part.dataset.part] ?? "";
  }
}
tell();
soon(0);
window.setInterval(poll, pollEvery);
