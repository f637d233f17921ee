// SPDX-License-Identifier: EUPL-1.2
// A question before what cannot be undone: data-confirm="…" on a form or on one of its buttons.
export function confirmations() {
  document.addEventListener(
    "submit",
    (event) => {
      const question = event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
      if (question && !window.confirm(question)) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
    },
    true,
  );
}
