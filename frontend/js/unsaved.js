// SPDX-License-Identifier: EUPL-1.2
// What could not be saved yet, kept on this device: each open window has a place of its own, so that windows do not overwrite each
// other; what a closed one left is taken over by the next window that shows the same page to the same person.
const locks = navigator.locks;

/** Storage may be full, forbidden or absent. */
function storage(action) {
  try {
    return action(window.localStorage);
  } catch {
    return null;
  }
}

export function unsaved(page) {
  const start = `talka.live.${page}.`;
  const mine = `${start}${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`;
  const taken = new Set();
  // Held for as long as this window shows the page: whose lock is free has been closed.
  locks?.request(mine, () => new Promise(() => {}));

  /** Keep a state, or nothing where all is saved; say whether the device could. */
  function keep(state) {
    return storage((store) => {
      if (state) store.setItem(mine, JSON.stringify(state));
      else store.removeItem(mine);
      return true;
    });
  }

  /** Hand each state that a closed window left to `adopt`, which keeps it as this window's own. */
  async function inherit(adopt) {
    const others = storage((store) => Object.keys(store).filter((name) => name.startsWith(start) && name !== mine && !taken.has(name))) ?? [];
    for (const name of others) {
      const take = () => {
        taken.add(name);
        const text = storage((store) => store.getItem(name));
        if (text && adopt(parsed(text))) storage((store) => store.removeItem(name));
      };
      if (locks) await locks.request(name, { ifAvailable: true }, (lock) => lock && take());
      else take();
    }
  }

  return { keep, inherit };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
