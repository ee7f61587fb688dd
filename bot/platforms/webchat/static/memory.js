// What this browser remembers: nothing but the token, what was seen and unsent, and the text size. On a shared computer it
// lives in the tab only.

export let lasting = true; // false where this browser keeps nothing: switched off, or refused in another site's frame

export const person = document.documentElement.dataset.person;

function box(kind) {
  try {
    const found = window[kind];
    found.setItem("ilgam.try", "1");
    found.removeItem("ilgam.try");
    return found;
  } catch {
    const held = new Map(); // remember until the page is closed
    if (kind === "localStorage") lasting = false;
    return {
      getItem: (key) => held.get(key) ?? null,
      setItem: (key, value) => held.set(key, value),
      removeItem: (key) => held.delete(key),
    };
  }
}

const kept = box("localStorage");
const passing = box("sessionStorage");
const full = (key) => (key === "size" ? "ilgam.size" : `ilgam.${person}.${key}`);

export const shared = () => passing.getItem(full("shared")) === "1";
export const get = (key) => (shared() ? passing : kept).getItem(full(key));
export const set = (key, value) => (shared() ? passing : kept).setItem(full(key), value);

// From now on nothing stays after the tab is closed.
export function share(on) {
  if (on) passing.setItem(full("shared"), "1");
  else passing.removeItem(full("shared"));
}

export function forget() {
  for (const store of [kept, passing]) {
    for (const key of ["token", "seen", "unsent", "shared"]) store.removeItem(full(key));
  }
}
