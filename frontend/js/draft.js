// SPDX-License-Identifier: EUPL-1.2
// Keeps what is being written in a form with data-draft="key" until the server says it has it (data-draft-clear="key").
import { once } from "./once.js";

const place = (key) => `talka.draft.${key}`;
const days = 14;
const skipped = "[type=password], [type=file], [type=submit], [type=hidden]:not([data-draft-keep]), .honey *, [data-draft-never]";

/** Storage may be full, forbidden or absent; then there is no draft and nothing else changes. */
function storage(action) {
  try {
    return action(window.localStorage);
  } catch {
    return null;
  }
}

function fields(form) {
  return [...form.elements].filter((field) => field.name && !field.matches(skipped) && !("disabled" in field && field.disabled));
}

function read(form) {
  return fields(form).map((field) => {
    const choice = field.type === "checkbox" || field.type === "radio";
    return [field.name, field.value, choice ? field.checked : null];
  });
}

function fill(form, values) {
  const left = [...values];
  for (const field of fields(form)) {
    const choice = field.type === "checkbox" || field.type === "radio";
    const index = left.findIndex(([name, value]) => name === field.name && (!choice || value === field.value));
    if (index < 0) continue;
    const [[, value, checked]] = left.splice(index, 1);
    if (choice) field.checked = checked;
    else field.value = value;
    if (choice ? checked !== field.defaultChecked : value && field.tagName !== "SELECT") field.closest("details")?.setAttribute("open", "");
  }
}

function load(key) {
  const kept = storage((store) => JSON.parse(store.getItem(place(key))));
  if (!kept || Date.now() - kept.at > days * 864e5) return null;
  return kept.values;
}

export function drafts(root) {
  for (const mark of once(root, "[data-draft-clear]", "DraftClear")) {
    storage((store) => store.removeItem(place(mark.dataset.draftClear)));
  }
  for (const form of once(root, "form[data-draft]", "Draft")) {
    const key = form.dataset.draft;
    const notice = form.querySelector("[data-draft-notice]");
    const untouched = read(form);
    const values = load(key);
    // A form that came back with errors already holds what was typed.
    if (values && !form.querySelector("[aria-invalid]") && JSON.stringify(values) !== JSON.stringify(untouched)) {
      fill(form, values);
      if (notice) notice.hidden = false;
      form.dispatchEvent(new CustomEvent("talka:restored"));
    }
    let waiting;
    const keep = () => storage((store) => store.setItem(place(key), JSON.stringify({ at: Date.now(), values: read(form) })));
    form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(keep, 300);
    });
    form.addEventListener("submit", keep);
    form.querySelector("[data-draft-discard]")?.addEventListener("click", () => {
      clearTimeout(waiting);
      storage((store) => store.removeItem(place(key)));
      fill(form, untouched);
      notice.hidden = true;
      form.querySelector("input:not([type=hidden]), textarea")?.focus();
    });
  }
}
