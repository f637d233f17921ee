// SPDX-License-Identifier: EUPL-1.2
// After a form came back with errors, reading starts at the summary of them.
export function errors() {
  document.querySelector(".ds-error-summary[tabindex]")?.focus();
}
