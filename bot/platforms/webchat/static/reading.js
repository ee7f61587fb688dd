// How the page reads: its words in the language of the conversation, the text size, and short words said aloud.

import * as memory from "./memory.js";

const SIZES = ["100", "130", "160"];
export const at = (id) => document.getElementById(id);
export const root = document.documentElement;
export let words = JSON.parse(at("ui").textContent);

export function size(percent) {
  root.dataset.size = SIZES.includes(percent) ? percent : "100";
  at("size").setAttribute("aria-label", words.text_size.replace("{percent}", root.dataset.size));
}

export function grow() {
  size(SIZES[(SIZES.indexOf(root.dataset.size) + 1) % SIZES.length]);
  memory.set("size", root.dataset.size);
}

export function speak(ui) {
  words = ui;
  root.lang = ui.tag;
  root.dir = ui.rtl ? "rtl" : "ltr";
  for (const element of document.querySelectorAll("[data-w]")) element.textContent = ui[element.dataset.w];
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", ui[element.dataset.label]);
  }
  at("text").placeholder = ui.write;
  at("language").textContent = ui.native;
  at("language").setAttribute("aria-label", `${ui.native}: ${ui.language}`);
  at("size").textContent = `${ui.letter}+`;
  size(root.dataset.size);
  other(Boolean(document.querySelector("iframe")));
  root.dispatchEvent(new Event("spoken"));
  if (memory.person === "2") document.querySelector(".brand strong").textContent = ui.person.replace("{n}", "2");
}

// The page's words in another language, once they have come.
export async function follow(code) {
  if (code === words.code || !words.known.some(([known]) => known === code)) return;
  const answer = await fetch(`/ui/${code}.json`);
  if (answer.ok) speak(await answer.json());
}

// The button for a second person says what it does next.
export function other(shown) {
  at("other").textContent = shown ? words.other_close : words.other;
  at("other").setAttribute("aria-pressed", shown);
}

// A few words that pass.
export function say(text) {
  at("notice").textContent = text;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => (at("notice").textContent = ""), 6000);
}
