// SPDX-License-Identifier: EUPL-1.2
// A button that copies: data-copy="text", and data-copy-said for what is then announced.
import { announce } from "./announce.js";

export function copying() {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    event.preventDefault();
    await navigator.clipboard.writeText(button.dataset.copy);
    button.dataset.copied = "";
    announce(button.dataset.copySaid ?? "");
  });
}
