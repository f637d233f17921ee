// SPDX-License-Identifier: EUPL-1.2
// A button that copies: data-copy="text", and data-copy-said for what is then announced.
import { announce } from "./announce.js";

/** The browser's clipboard is there on secure pages only; elsewhere a selected field does it. */
async function copied(text) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return true;
  }
  const field = Object.assign(document.createElement("textarea"), { value: text, className: "sr-only" });
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}

export function copying() {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    event.preventDefault();
    if (!(await copied(button.dataset.copy))) return;
    button.dataset.copied = "";
    announce(button.dataset.copySaid ?? "");
  });
}
