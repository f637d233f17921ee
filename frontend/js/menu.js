// SPDX-License-Identifier: EUPL-1.2
// Menus made of <details>: closed by Escape, by leaving them and by pressing elsewhere.
export function menus() {
  const close = (except) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(except)) menu.open = false;
  };
  document.addEventListener("click", (event) => close(event.target));
  document.addEventListener("focusin", (event) => close(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.querySelector("details.menu[open]");
    close(null);
    menu?.querySelector("summary").focus();
  });
}
