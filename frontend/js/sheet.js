// SPDX-License-Identifier: EUPL-1.2
// A letter on paper beside the form: larger and smaller, page by page, and the text that a machine has read.
import { announce } from "./announce.js";
import { once } from "./once.js";

const widest = 5;

export function sheets(root) {
  for (const sheet of once(root, "[data-sheet]", "Sheet")) {
    const box = sheet.querySelector("[data-sheet-box]");
    const figures = [...sheet.querySelectorAll("[data-sheet-figure]")];
    for (const tools of sheet.querySelectorAll("[data-sheet-tools]")) tools.hidden = false;
    sheet.addEventListener("click", ({ target }) => {
      const button = target.closest("[data-sheet-zoom], [data-sheet-page]");
      if (!button) return;
      if (button.dataset.sheetZoom) {
        box.dataset.zoom = Math.min(widest, Math.max(1, Number(box.dataset.zoom) + Number(button.dataset.sheetZoom)));
        return;
      }
      const tops = figures.map((figure) => Math.abs(figure.offsetTop - box.offsetTop - box.scrollTop));
      const now = tops.indexOf(Math.min(...tops));
      const next = figures[Math.min(figures.length - 1, Math.max(0, now + Number(button.dataset.sheetPage)))];
      box.scrollTop = next.offsetTop - box.offsetTop;
      announce(next.querySelector("img").alt);
    });
  }
  for (const mark of once(root, "[data-fill]", "Fill")) {
    const field = document.getElementById(mark.dataset.fill);
    const button = mark.querySelector("[data-fill-button]");
    if (!field || field.value === mark.dataset.fillValue) continue;
    const fill = () => {
      field.value = mark.dataset.fillValue;
      button.hidden = true;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    };
    if (field.value === "") fill();
    else if (field.value === field.defaultValue) continue;
    else button.hidden = false;
    button.addEventListener("click", () => {
      fill();
      field.focus();
    });
  }
}
