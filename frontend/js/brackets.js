// SPDX-License-Identifier: EUPL-1.2
// Marking words by [[ and ]]: select them, then press the key [ or the button.
import { once } from "./once.js";

function put(field) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const words = value.slice(start, end).trim();
  if (!words) return false;
  const first = start + value.slice(start, end).indexOf(words);
  field.setRangeText(`[[${words}]]`, first, first + words.length, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
}

export function brackets(root) {
  for (const part of once(root, "[data-brackets]", "Brackets")) {
    const fields = [...part.querySelectorAll("input[type=text], textarea")];
    let last = fields.at(-1);
    for (const field of fields) {
      field.addEventListener("focus", () => {
        last = field;
      });
      field.addEventListener("keydown", (event) => {
        if (event.key === "[" && put(field)) event.preventDefault();
      });
    }
    for (const hint of part.querySelectorAll("[data-brackets-hint]")) hint.hidden = false;
    part.querySelector("[data-brackets-put]").addEventListener("click", () => {
      last.focus();
      put(last);
    });
  }
}
