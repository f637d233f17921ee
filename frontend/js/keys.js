// SPDX-License-Identifier: EUPL-1.2
// Shortcuts for pages where much is done by keyboard: data-key="Alt+K" on a button or link, a list of them in [data-keys-list].
// Always with Ctrl or Alt, so that nothing happens while somebody types; the physical key counts, whatever letter it writes.
import { once } from "./once.js";

function nameOf({ ctrlKey, altKey, metaKey, shiftKey, code, key }) {
  if (shiftKey || ctrlKey === altKey || metaKey) return "";
  const name = code.startsWith("Key") ? code.slice(3) : key;
  return `${ctrlKey ? "Ctrl" : "Alt"}+${name}`;
}

export function keys(root) {
  for (const list of once(root, "[data-keys-list]", "KeysList")) list.hidden = false;
}

export function shortcuts() {
  document.addEventListener("keydown", (event) => {
    const name = nameOf(event);
    const target = name && document.querySelector(`[data-key="${CSS.escape(name)}"]`);
    if (!target) return;
    event.preventDefault();
    if (!event.repeat) target.click();
  });
}
