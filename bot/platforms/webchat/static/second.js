// A second person with a token of their own: side by side where there is room, behind a tab on a phone.

import { make } from "./bubbles.js";
import { at, other, root, words } from "./reading.js";

const tab = (number) => make("button", { type: "button", class: "tab", "data-tab": number });
const tabs = make("nav", { class: "tabs", hidden: true }, tab(1), tab(2), make("button", { type: "button", class: "tab end" }, "✕"));

// Which of the two a phone shows.
function show(number) {
  root.dataset.tab = number;
  for (const one of tabs.querySelectorAll("[data-tab]")) one.setAttribute("aria-pressed", one.dataset.tab === number);
}

function name() {
  for (const one of tabs.querySelectorAll("[data-tab]")) one.textContent = words.person.replace("{n}", one.dataset.tab);
  tabs.setAttribute("aria-label", words.other);
  tabs.lastChild.setAttribute("aria-label", words.other_close);
}

function press(event) {
  const pressed = event.target.closest("button");
  if (pressed?.dataset.tab) show(pressed.dataset.tab);
  else if (pressed) second(event);
}

tabs.addEventListener("click", press);
root.addEventListener("spoken", name);

// Open the second person, or close them.
export function second(event) {
  event.preventDefault();
  const frame = document.querySelector("iframe");
  root.classList.toggle("two", !frame);
  if (frame) frame.remove();
  else {
    const title = words.person.replace("{n}", "2");
    const made = make("iframe", { title, src: `/?person=2&lang=${words.code}`, allow: "geolocation" });
    at("people").before(tabs);
    at("people").append(made);
    name();
  }
  tabs.hidden = Boolean(frame);
  show(frame ? "1" : "2");
  other(!frame);
}
