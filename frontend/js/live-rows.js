// SPDX-License-Identifier: EUPL-1.2
// Fields and rows of a form that is saved as typed: [data-live-field] with its hidden base.<name>, [data-live-row] with its parts.
export class LiveRows {
  constructor(form) {
    this.form = form;
  }

  field(name) {
    const found = this.form.elements.namedItem(name);
    return found?.matches?.("[data-live-field]") ? found : null;
  }

  /** What a field holds was written on top of this. */
  origin(name) {
    return this.form.elements.namedItem(`base.${name}`);
  }

  row(name) {
    return [...this.form.querySelectorAll("[data-live-row]")].find((row) => row.dataset.liveRow === name) ?? null;
  }

  parts(row) {
    return Object.fromEntries([...row.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part.value]));
  }

  /** Whether somebody is writing within an element. */
  busy(element) {
    return element.contains(document.activeElement) && document.activeElement.matches("input, textarea, select");
  }

  /** Put a value into a field; the caret stays behind the words before it. A space just typed at an end is left alone. */
  put(input, value) {
    if (input.value === value) return;
    const typing = document.activeElement === input;
    if (typing && input.matches("input") && input.value.trim() === value) return;
    const at = typing && "selectionStart" in input ? input.selectionStart : null;
    const after = at === null ? "" : input.value.slice(at);
    input.value = value;
    if (at === null) return;
    const place = after && value.endsWith(after) ? value.length - after.length : Math.min(at, value.length);
    input.setSelectionRange(place, place);
  }

  fill(row, parts) {
    for (const part of row.querySelectorAll("[data-part]")) {
      if (part.dataset.part in parts && !part.matches("[type=hidden]")) part.value = parts[part.dataset.part];
    }
  }

  /** Say beside a field or row why it was not saved; an empty sentence takes it away. */
  refuse(name, sentence) {
    const said = [...this.form.querySelectorAll("[data-live-refused]")].find((one) => one.dataset.liveRefused === name);
    if (!said) return false;
    said.textContent = sentence;
    said.hidden = !sentence;
    const input = this.field(name) ?? this.row(name)?.querySelector("[data-part]");
    if (sentence) input?.setAttribute("aria-invalid", "true");
    else input?.removeAttribute("aria-invalid");
    return true;
  }

  /** Whether nothing is written in a new row yet. */
  blank(row) {
    return [...row.querySelectorAll("[data-part]")].every((part) => part.matches("select") || !part.value);
  }

  /** Give a new row the name that an earlier visit to the page gave it; where all are taken, lay one more. */
  rename(name) {
    const known = this.row(name);
    if (known) return known;
    const start = name.slice(0, name.lastIndexOf(".") + 1);
    const row = [...this.form.querySelectorAll("[data-live-new]")].findLast((one) => one.dataset.liveRow.startsWith(start));
    if (!row || !this.blank(row)) return null;
    this.another(row);
    this.#name(row, name);
    return row;
  }

  /** Lay one more empty row behind a new one. */
  another(row) {
    const copy = row.cloneNode(true);
    const start = row.dataset.liveRow.slice(0, row.dataset.liveRow.lastIndexOf(".") + 1);
    this.#name(copy, `${start}${uuid()}`);
    for (const part of copy.querySelectorAll("[data-part]")) {
      part.disabled = false;
      part.removeAttribute("aria-invalid");
      if (part.matches("select")) part.selectedIndex = 0;
      else part.value = "";
    }
    for (const said of copy.querySelectorAll("[data-live-refused]")) {
      said.textContent = "";
      said.hidden = true;
    }
    row.after(copy);
    return copy;
  }

  #name(row, name) {
    const before = row.dataset.liveRow;
    for (const element of [row, ...row.querySelectorAll("*")]) {
      for (const attribute of [...element.attributes]) {
        if (attribute.value.includes(before)) element.setAttribute(attribute.name, attribute.value.replaceAll(before, name));
      }
    }
  }

  /** Take over the parts of a page read anew, except where somebody is writing or what is written is not saved; say whether all was. */
  renew(page, unsavedNames, refusedNames) {
    let whole = true;
    const focused = document.activeElement?.id;
    const held = (element) =>
      this.busy(element) || [...element.querySelectorAll("[data-live-row], [data-live-field]")].some((one) => unsavedNames.has(one.dataset.liveRow ?? one.name));
    const fresh = [...page.querySelectorAll("[data-live-section]")];
    const end = this.form.querySelector("[data-live-end]");
    const sections = new Map([...this.form.querySelectorAll("[data-live-section]")].map((one) => [one.dataset.liveSection, one]));
    for (const one of fresh) {
      const key = one.dataset.liveSection;
      if (!sections.has(key)) {
        const added = document.importNode(one, true);
        end.before(added);
        sections.set(key, added);
      }
    }
    const keys = fresh.map((one) => one.dataset.liveSection);
    for (const [key, section] of sections) {
      if (keys.includes(key)) continue;
      if (held(section)) whole = false;
      else section.remove();
    }
    const shown = [...this.form.querySelectorAll("[data-live-section]")].map((one) => one.dataset.liveSection).filter((key) => keys.includes(key));
    if (shown.join() !== keys.join()) {
      if ([...sections.values()].some((one) => this.busy(one))) whole = false;
      else end.before(...keys.map((key) => sections.get(key)));
    }
    for (const one of page.querySelectorAll("[data-live-part]")) {
      const part = this.form.querySelector(`[data-live-part="${one.dataset.livePart}"]`);
      if (!part) continue;
      if (held(part)) {
        whole = false;
        continue;
      }
      part.replaceChildren(...document.importNode(one, true).childNodes);
      for (const stored of part.querySelectorAll("[data-live-row], [data-live-stored]")) {
        whole = this.#settle(stored, part, unsavedNames) && whole;
      }
    }
    for (const stored of page.querySelectorAll("[data-live-section][data-live-stored]")) this.#drop(stored.dataset.liveStored, unsavedNames);
    // What was refused because somebody was quicker may be sent once more, now that theirs can be read.
    for (const one of page.querySelectorAll("[data-part=version]")) {
      const version = this.form.elements.namedItem(one.name);
      if (version && refusedNames.has(version.closest("[data-live-row]").dataset.liveRow)) version.value = one.value;
    }
    if (focused && document.activeElement === document.body) document.getElementById(focused)?.focus();
    return whole;
  }

  /** A new row that is stored now: it gives way to what is stored, or stays while somebody writes in it. */
  #settle(stored, part, unsavedNames) {
    const name = stored.dataset.liveRow ?? stored.dataset.liveStored;
    const row = [...this.form.querySelectorAll("[data-live-new]")].find((one) => one.dataset.liveRow === name && !part.contains(one));
    if (!row) return true;
    if (this.busy(row) || unsavedNames.has(name)) {
      stored.remove();
      return false;
    }
    this.#remove(row);
    return true;
  }

  #drop(name, unsavedNames) {
    const row = [...this.form.querySelectorAll("[data-live-new]")].find((one) => one.dataset.liveRow === name);
    if (row && !unsavedNames.has(name)) this.#remove(row);
  }

  #remove(row) {
    const start = row.dataset.liveRow.slice(0, row.dataset.liveRow.lastIndexOf(".") + 1);
    const alike = [...this.form.querySelectorAll("[data-live-new]")].filter((one) => one.dataset.liveRow.startsWith(start));
    const next = alike.length > 1 ? alike.at(-1) : this.another(row);
    if (row.contains(document.activeElement)) next.querySelector("[data-part]").focus();
    row.remove();
  }
}

/** A key for a new row; pages that are not encrypted have no randomUUID. */
function uuid() {
  const bytes = window.crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const text = [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
