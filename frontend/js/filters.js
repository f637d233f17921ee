// SPDX-License-Identifier: EUPL-1.2
// Filter forms with data-auto-submit: a choice applies at once, typing after a pause; addresses keep only what was chosen.
import { announce } from "./announce.js";

export function filters() {
  let waiting;
  const later = (form, pause) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => form.requestSubmit(), pause);
  };
  const formOf = (event) => event.target.closest?.("form[data-auto-submit]");

  document.addEventListener("change", (event) => {
    const form = formOf(event);
    if (form && !event.target.matches("[type=search], [type=text]")) later(form, 0);
  });
  document.addEventListener("input", (event) => {
    const form = formOf(event);
    if (form && event.target.matches("[type=search]")) later(form, 450);
  });
  document.addEventListener("submit", () => clearTimeout(waiting));
  document.addEventListener("formdata", ({ target, formData }) => {
    if (!target.matches("form[data-auto-submit]")) return;
    const chosen = [...formData].filter(([, value]) => value !== "");
    for (const name of [...formData.keys()]) formData.delete(name);
    for (const [name, value] of chosen) formData.append(name, value);
  });
  document.addEventListener("htmx:after:swap", () => {
    const found = document.querySelector("[data-found]");
    if (found) announce(found.textContent.trim());
  });
}
