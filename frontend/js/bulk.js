// SPDX-License-Identifier: EUPL-1.2
// Tables where many rows are chosen: one box for all, a count, ranges with Shift.
import { once } from "./once.js";

export function bulk(root) {
  for (const form of once(root, "[data-bulk]", "Bulk")) {
    const all = form.querySelector("[data-pick-all]");
    const bar = form.querySelector("[data-bulk-bar]");
    const boxes = () => [...form.querySelectorAll("[data-pick]")];
    let last = null;

    const show = () => {
      const chosen = boxes().filter((box) => box.checked).length;
      for (const place of form.querySelectorAll("[data-selected-count]")) place.textContent = chosen;
      if (bar) bar.hidden = chosen === 0 && !bar.querySelector("[name=all]:checked");
      if (!all) return;
      all.checked = chosen > 0 && chosen === boxes().length;
      all.indeterminate = chosen > 0 && !all.checked;
    };

    form.addEventListener("click", (event) => {
      const box = event.target.closest("[data-pick]");
      if (!box) return;
      if (event.shiftKey && last) {
        const list = boxes();
        const [from, to] = [list.indexOf(last), list.indexOf(box)].sort((a, b) => a - b);
        for (const between of list.slice(from, to + 1)) between.checked = box.checked;
      }
      last = box;
    });
    form.addEventListener("change", (event) => {
      if (event.target === all) for (const box of boxes()) box.checked = all.checked;
      show();
    });
    if (all) all.closest("[hidden]")?.removeAttribute("hidden");
    show();
  }
}
