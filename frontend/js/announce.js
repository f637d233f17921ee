// SPDX-License-Identifier: EUPL-1.2
/** Have a screen reader say something that changed on the page. */
export function announce(text) {
  const region = document.getElementById("announcements");
  if (!region) return;
  region.textContent = "";
  requestAnimationFrame(() => {
    region.textContent = text;
  });
}
