// The page's behaviour: opens the chat in place of the landing page, shows what comes, sends what a person does.

import { announce, embedded, listen, shown } from "./embedded.js";
import { attaching, takes } from "./files.js";
import { Lines } from "./lines.js";
import * as memory from "./memory.js";
import { at, follow, grow, root, say, size, speak, words } from "./reading.js";
import { second } from "./second.js";
import { Socket } from "./socket.js";
import * as staff from "./staff.js";

const ANSWER_SHOWN_AFTER = 400; // milliseconds: quicker answers need no sign

// What the link of a sign or of a job says, and the one-time token of an invitation: both go into the chat, and out of the address.
const START = /^[\w-]{1,64}$/;
const INVITED = /^#(owner|join)=([\w-]{20,64})$/;

let lines; // made when the chat opens
let socket;
let seen = 0;
let fresh; // the first new line of this answer
let history = true; // lines that come are those of before
let keyboard = false; // the last press came from the keyboard
let unread = 0;
const title = document.title;

// What comes ----------------------------------------------------------------------------------------------------------

function heard(frame) {
  if (frame.fresh) lines.clear();
  if (frame.ready) ready(frame.more);
  if ("files" in frame) takes(frame.files);
  if ("staff" in frame) staff.told(frame.staff);
  if ("names" in frame && !("line" in frame)) staff.answered(frame.names);
  if ("line" in frame) line(frame);
  if ("older" in frame) {
    lines.earlier(frame.older, words);
    at("earlier").hidden = !frame.more;
  }
  if ("notice" in frame) say(frame.notice);
  if ("slow" in frame) say(words.slow);
  if ("ok" in frame) answered(frame.ok);
}

function line(frame) {
  const known = lines.find(frame.line);
  lines.held = lines.atEnd();
  const item = lines.put(frame, words);
  if (frame.mine) return lines.show(item, true);
  if (history) return undefined;
  if (!known || !staff.here()) follow(frame.lang); // staff look at a posting in each language, and go on in their own
  const asked = socket.unsent.length > 0;
  fresh = asked ? (fresh ?? item) : item;
  if (!known && away()) {
    unread += 1;
    document.title = `(${unread}) ${title}`;
    announce(unread);
  } else noted();
  if (known) item.scrollIntoView({ block: "nearest" });
  else lines.show(fresh, asked);
  return undefined;
}

// The history is there: mark what is new, or begin the conversation.
function ready(more) {
  history = false;
  at("lines").setAttribute("aria-busy", "false");
  at("earlier").hidden = !more;
  const mark = seen ? lines.divide(seen, words) : null;
  lines.toEnd();
  if (mark) lines.scroll.scrollTop += mark.getBoundingClientRect().top - lines.scroll.getBoundingClientRect().top - 8;
  const newest = [...document.querySelectorAll(".ours")].at(-1);
  if (newest) follow(newest.dataset.code);
  for (const waiting of socket.unsent) {
    if (waiting.say && !waiting.say.startsWith("/") && !lines.pending(waiting.id)) lines.wait(waiting.id, waiting.say, words);
  }
  noted();
}

const away = () => document.hidden || !shown();

function noted() {
  if (away() || !lines) return;
  if (unread) announce(0);
  unread = 0;
  document.title = title;
  seen = lines.last;
  memory.set("seen", String(seen));
}

function answered(id) {
  lines.pending(id)?.remove();
  for (const pressed of document.querySelectorAll(`[data-sent="${id}"]`)) pressed.removeAttribute("data-sent");
  if (socket.unsent.length) return;
  clearTimeout(answered.timer);
  at("answering").hidden = true;
  // Who presses keys goes on with the first new button; everybody else stays where they are.
  if (keyboard && fresh) (fresh.querySelector(".buttons .button") ?? at("text")).focus();
  keyboard = false;
  fresh = undefined;
}

function state(now) {
  if (now !== "online") history = true;
  clearTimeout(state.timer);
  const shown = at("state");
  shown.className = `state ${now}`;
  const was = shown.dataset.was;
  shown.dataset.was = now;
  if (now === "online") {
    shown.textContent = was === "offline" ? words.online : "";
    state.timer = setTimeout(() => (shown.textContent = ""), 3000);
  } else {
    state.timer = setTimeout(() => (shown.textContent = words[now]), now === "connecting" ? 500 : 0);
  }
}

// What a person does --------------------------------------------------------------------------------------------------

function send(frame) {
  const id = socket.send(frame);
  fresh = undefined;
  clearTimeout(answered.timer);
  answered.timer = setTimeout(() => (at("answering").hidden = !socket.ready), ANSWER_SHOWN_AFTER);
  return id;
}

function write(event) {
  event.preventDefault();
  const field = at("text");
  const text = field.value.trim();
  if (!text) return;
  field.value = "";
  fit();
  const item = lines.wait(send({ say: text }), text, words);
  lines.show(item, true);
  keyboard = false;
}

function fit() {
  const field = at("text");
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight + 2, innerHeight / 3)}px`;
}

function press(event) {
  const button = event.target.closest("button.button");
  if (!button) return;
  keyboard = event.detail === 0;
  const { payload } = button.dataset;
  const message = button.closest(".cover") ? null : Number(button.closest("article").dataset.line) || null;
  if (button.dataset.ask === "location") return locate(payload, message);
  if (payload && !button.dataset.sent) button.dataset.sent = send({ tap: payload, message });
}

function locate(payload, message) {
  const failed = () => (payload ? send({ tap: payload, message }) : say(words.no_location));
  if (!navigator.geolocation) return failed();
  say(words.locating);
  const found = ({ coords }) => send({ pin: [coords.latitude, coords.longitude] });
  navigator.geolocation.getCurrentPosition(found, failed, { timeout: 15_000, maximumAge: 600_000 });
}

// The chat itself -----------------------------------------------------------------------------------------------------

function open() {
  root.classList.add("chatting");
  at("chat").hidden = false;
  at("language").hidden = false;
  at("other").hidden = memory.person !== "1" || embedded || root.classList.contains("demo");
  at("sharing").hidden = !memory.shared();
  at("passing").hidden = memory.lasting;
  fit();
  if (socket) return;
  seen = Number(memory.get("seen") ?? 0);
  lines = new Lines(at("lines"), at("scroll"), at("jump"));
  at("lines").setAttribute("aria-busy", "true");
  socket = new Socket({ since: () => lines.last, language: () => words.tag, heard, state });
  socket.open();
  document.addEventListener("visibilitychange", noted);
  staff.watch();
}

// A language was pressed: the conversation begins, or goes on, in it.
function choose(event) {
  const link = event.target.closest("[data-language]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  keyboard = event.detail === 0;
  memory.share(at("shared").checked);
  enter(link.dataset.language);
}

async function enter(code) {
  // In a frame the way back belongs to the site around it.
  window.history[embedded ? "replaceState" : "pushState"]({ chat: true }, "", "#chat");
  await follow(code).catch(() => undefined); // without a connection the words stay as they are
  open();
  send({ say: `/start ${code}`, language: code });
  if (keyboard) at("scroll").focus({ preventScroll: true });
}

function leave() {
  socket.close();
  memory.forget();
  location.replace(location.pathname + location.search);
}

// Back leads to the landing page, forward into the chat again.
function travelled(event) {
  if (event.state?.chat) return open();
  root.classList.remove("chatting");
  for (const id of ["chat", "language", "other"]) at(id).hidden = true;
}

// The site around the frame opened it: what came in the meantime is in sight, and the focus within.
function opened() {
  const chatting = root.classList.contains("chatting");
  if (chatting && unread) lines.toEnd();
  noted();
  (chatting ? at("scroll") : at("main")).focus({ preventScroll: true });
}

function skip(event) {
  event.preventDefault();
  (root.classList.contains("chatting") ? at("text") : at("main")).focus();
}

at("size").hidden = false;
at("size").addEventListener("click", () => {
  grow();
  if (at("chat")) fit();
  lines?.toEnd();
});
size(root.dataset.size);
if (at("chat")) {
  document.querySelector(".check").hidden = false;
  document.querySelector(".landing nav").addEventListener("click", choose);
  at("lines").addEventListener("click", press);
  at("write").addEventListener("submit", write);
  at("text").addEventListener("input", fit);
  at("text").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    at("write").requestSubmit();
  });
  at("language").addEventListener("click", (event) => {
    keyboard = event.detail === 0;
    send({ say: "/language" });
  });
  attaching({ heard, wait: (id, name) => lines.show(lines.wait(id, name, words), true), done: (id) => lines.pending(id)?.remove() });
  at("earlier").addEventListener("click", () => socket.ask({ before: lines.oldest() }));
  at("other").addEventListener("click", second);
  document.querySelector("footer .narrow")?.addEventListener("click", second);
  listen({ opened });
  at("leave").addEventListener("click", leave);
  addEventListener("popstate", travelled);
  document.querySelector(".skip").addEventListener("click", skip);
  speak(words);
  if (root.classList.contains("chatting") || INVITED.test(location.hash) || location.hash.startsWith("#start=")) begin();
}

function begin() {
  const asked = new URLSearchParams(location.search);
  // A one-time code comes behind the #, which no server hears of.
  const start = START.exec(asked.get("start") ?? new URLSearchParams(location.hash.slice(1)).get("start") ?? "");
  const known = memory.get("token");
  const invited = INVITED.exec(location.hash);
  asked.delete("start");
  if (start || invited) window.history.replaceState(null, "", `${location.pathname}${asked.size ? `?${asked}` : ""}`);
  open();
  if (invited) send({ say: `/${invited[1]} ${invited[2]}`, language: words.code });
  // A frame's address carries its start at every page of the site around it: who is known has begun already.
  else if (start && !(known && root.classList.contains("embedded"))) send({ say: `/start ${start[0]}`, language: words.code });
  else if (!known) send({ say: `/start ${words.code}`, language: words.code });
}
