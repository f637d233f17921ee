// SPDX-License-Identifier: EUPL-1.2
// Parts of a form that matter for one choice only: data-shown-when="channel=meeting". Without script they are always there.
import { once } from "./once.js";

export function shown(root) {
  for (const part of once(root, "[data-shown-when]", "Shown")) {
    const form = part.closest("form");
    const [name, value] = part.dataset.shownWhen.split("=");
    const show = () => {
      part.hidden = new FormData(form).get(name) !== value && !part.querySelector("[aria-invalid]");
    };
    form.addEventListener("change", show);
    form.addEventListener("talka:restored", show);
    show();
  }
}
