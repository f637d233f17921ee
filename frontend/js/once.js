// SPDX-License-Identifier: EUPL-1.2
/** The elements below `root` that match and were not given out before for this purpose. */
export function once(root, selector, purpose) {
  const mark = `talka${purpose}`;
  return [...root.querySelectorAll(selector)].filter((element) => {
    if (element[mark]) return false;
    element[mark] = true;
    return true;
  });
}
