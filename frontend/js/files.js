// SPDX-License-Identifier: EUPL-1.2
// Says that a file is too large before it is sent: data-max-bytes, and data-too-large with {name} in the sentence.
import { announce } from "./announce.js";
import { once } from "./once.js";

export function files(root) {
  for (const input of once(root, "input[type=file][data-max-bytes]", "Files")) {
    const message = document.createElement("p");
    message.className = "ds-validation-message";
    message.hidden = true;
    input.after(message);
    input.addEventListener("change", () => {
      const large = [...input.files].find((file) => file.size > Number(input.dataset.maxBytes));
      const sentence = large ? input.dataset.tooLarge.replace("{name}", large.name) : "";
      input.setCustomValidity(sentence);
      message.textContent = sentence;
      message.hidden = !large;
      if (large) announce(sentence);
    });
    // Forms check themselves on the server; only what is too large must not start its long way.
    input.form?.addEventListener("submit", (event) => {
      if (message.hidden) return;
      event.preventDefault();
      input.focus();
    });
  }
}
