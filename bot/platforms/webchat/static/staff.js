// The staff's side: another head with who they are, and names that are covered once nobody seems to sit here any more.

import { root, words } from "./reading.js";

const IDLE = 30 * 60 * 1000; // milliseconds without a key, a tap or a touch
const LOOK = 15_000;

let who = null; // of the staff, as the server says
let last = Date.now();

const idle = () => Date.now() - last >= IDLE;
export const here = () => Boolean(who);
const cover = () => root.classList.add("covered");

// The server says who reads here, whenever that changes. By its word names are covered, and by its answer alone uncovered.
export function told(staff) {
  const came = staff && !who;
  const left = who && !staff;
  who = staff;
  root.classList.toggle("staff", Boolean(who));
  if (!who || who.hidden || idle()) cover();
  else if (came) root.classList.remove("covered");
  name(left);
}

// The answer to who pressed "show names".
export function answered(shown) {
  if (!shown || !who) return;
  last = Date.now();
  const pressed = document.activeElement?.closest(".named");
  root.classList.remove("covered");
  pressed?.setAttribute("tabindex", "-1"); // what is uncovered is what a screen reader goes on with
  pressed?.focus({ preventScroll: true });
}

// Who it is stands in the head, in the language of the page.
function name(left) {
  const [title, below] = document.querySelectorAll(".brand strong, .brand small");
  if (who) {
    title.textContent = `${words.name} · ${words.staff}`;
    below.textContent = [words[who.role], who.name].filter(Boolean).join(" · ");
  } else if (left) {
    title.textContent = words.name;
    below.textContent = words.run_by;
  }
}

function sat() {
  if (idle()) cover(); // also where the machine slept, and this is who woke it
  else last = Date.now();
}

// From now on, look whether somebody sits here.
export function watch() {
  for (const event of ["keydown", "pointerdown", "touchstart"]) addEventListener(event, sat, { capture: true, passive: true });
  document.addEventListener("visibilitychange", () => idle() && cover());
  setInterval(() => idle() && cover(), LOOK);
  root.addEventListener("spoken", () => name(false));
}
