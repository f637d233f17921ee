// SPDX-License-Identifier: EUPL-1.2
// A table that is a tree (data-tree="id of its form"): rows are dragged by their grip before, after or into another row.
// What is dropped is sent by the same form as the buttons for the keyboard; the server says whether it may stand there.
import { once } from "./once.js";

const places = ["before", "after", "into"];

/** Where above a row the pointer is, as far as the levels allow it: `at` of the dragged row, `under` and `at` of the other. */
function placeOf(row, dragged, y) {
  const level = Number(dragged.dataset.at);
  const { top, height } = row.getBoundingClientRect();
  const part = (y - top) / height;
  const into = "holds" in row.dataset && Number(row.dataset.at) < level;
  const beside = Number(row.dataset.under) < level;
  if (into && (!beside || (part > 0.3 && part < 0.7))) return "into";
  if (!beside) return "";
  return part < 0.5 ? "before" : "after";
}

export function trees(root) {
  for (const table of once(root, "[data-tree]", "Tree")) {
    const form = document.getElementById(table.dataset.tree);
    let dragged = null;
    const clear = () => {
      for (const row of table.querySelectorAll("[data-drop]")) delete row.dataset.drop;
    };
    const set = (name, value) => {
      const field = form.elements.namedItem(name);
      field.value = value;
      field.disabled = value === "";
    };
    for (const grip of table.querySelectorAll(".grip")) grip.hidden = false;

    table.addEventListener("dragstart", (event) => {
      const grip = event.target.closest?.(".grip");
      if (!grip) return;
      dragged = grip.closest("tr");
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", dragged.dataset.node);
      event.dataTransfer.setDragImage(dragged, 12, 12);
    });
    table.addEventListener("dragover", (event) => {
      const row = event.target.closest("tr[data-node]");
      clear();
      if (!dragged || !row || row === dragged) return;
      const place = placeOf(row, dragged, event.clientY);
      if (!places.includes(place)) return;
      event.preventDefault();
      row.dataset.drop = place;
    });
    table.addEventListener("dragleave", clear);
    table.addEventListener("dragend", () => {
      dragged = null;
      clear();
    });
    table.addEventListener("drop", (event) => {
      const row = event.target.closest("tr[data-node]");
      const place = row?.dataset.drop;
      if (!dragged || !place) return;
      event.preventDefault();
      form.action = dragged.dataset.move;
      set("where", place);
      set("beside", place === "into" ? "" : row.dataset.node);
      set("parent", place === "into" ? row.dataset.node : "");
      form.requestSubmit();
    });
  }
}
