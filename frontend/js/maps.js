// SPDX-License-Identifier: EUPL-1.2
// Fetches the map's program only for pages with a map, when it is asked for by its button or, without one, comes into view.
import { once } from "./once.js";

async function open(map) {
  map.hidden = false;
  if (map.dataset.opened !== undefined) return;
  map.dataset.opened = "";
  const { show } = await import(map.dataset.script);
  await show(map);
}

export function maps(root) {
  for (const map of once(root, "[data-map]", "Map")) {
    const button = document.querySelector(`[data-map-open="${map.id}"]`);
    if (button) {
      button.hidden = false;
      button.addEventListener("click", () => {
        button.hidden = true;
        for (const note of document.querySelectorAll(`[data-map-note="${map.id}"]`)) note.hidden = false;
        open(map);
        map.tabIndex = -1;
        map.focus(); // the button that had the focus is gone
      });
      continue;
    }
    map.hidden = false;
    new IntersectionObserver((entries, watch) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      watch.disconnect();
      open(map);
    }).observe(map);
  }
}
