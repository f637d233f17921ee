// SPDX-License-Identifier: EUPL-1.2
// Fetches the program for charts only for pages that have one, when it comes into view. The numbers are those of the table.
import { once } from "./once.js";

export function charts(root) {
  for (const place of once(root, "[data-chart]", "Chart")) {
    place.hidden = false;
    new IntersectionObserver(async (entries, watch) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      watch.disconnect();
      const { draw } = await import(place.dataset.script);
      draw(place, document.getElementById(place.dataset.chart));
    }).observe(place);
  }
}
