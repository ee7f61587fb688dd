// The demo desk: lets the staff's side in, opens a third, adds postings, moves the clock and shows the demo's time.

const { secret, now, words } = JSON.parse(document.getElementById("demo").textContent);
const at = (id) => document.getElementById(id);
const root = document.documentElement;
const korea = { timeZone: "Asia/Seoul" };
const time = new Intl.DateTimeFormat(words.tag, { ...korea, month: "short", day: "numeric", weekday: "short", hour: "numeric", minute: "2-digit" });
const hour = new Intl.DateTimeFormat("en", { ...korea, hour: "numeric", hourCycle: "h23" });

let ahead = now - Date.now(); // milliseconds

function tick() {
  const there = new Date(Date.now() + ahead);
  const shown = time.format(there);
  if (at("now").textContent !== shown) at("now").textContent = shown;
  at("now").dateTime = there.toISOString();
  at("night").hidden = Number(hour.format(there)) >= 8 && Number(hour.format(there)) < 21;
}

// What happened; what is seen anyway is said to screen readers alone.
function say(text, seen = false) {
  at("said").textContent = text;
  at("said").classList.toggle("unseen", seen);
  clearTimeout(say.timer);
  say.timer = setTimeout(() => (at("said").textContent = ""), 8000);
}

async function ask(path) {
  const answer = await fetch(`/demo/${path}`, { method: "POST", headers: { "X-Demo": secret } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

// One press at a time; what fails says so.
async function press(button, work) {
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  await work().catch(() => say(words.failed));
  button.removeAttribute("aria-busy");
}

function side(name, title, address) {
  const frame = Object.assign(document.createElement("iframe"), { name: `demo-${name}`, title, src: address });
  frame.setAttribute("allow", "geolocation");
  return frame;
}

const staff = () => document.querySelector('[name="demo-staff"]');

async function enter() {
  const { token } = await ask("owner");
  const frame = side("staff", words.staff, `/?lang=${words.code}#owner=${token}`);
  at("panes").append(frame);
  const inside = () => frame.contentDocument?.documentElement.classList.contains("staff");
  for (let tries = 0; tries < 100 && !inside(); tries += 1) await new Promise((go) => setTimeout(go, 100));
}

async function add() {
  const { title } = await ask("posting");
  say(words.added.replace("{title}", title));
}

// Not before the staff is in: their one-time link would be over.
async function move(to) {
  await entered;
  ahead = (await ask(`clock/${to}`)).now - Date.now();
  tick();
  say(words.now.replace("{time}", at("now").textContent), true);
}

// Which side a phone shows.
function show(name) {
  root.dataset.tab = name;
  for (const tab of document.querySelectorAll(".tab")) tab.setAttribute("aria-pressed", tab.dataset.tab === name);
}

function another() {
  const open = document.querySelector('[name="demo-2"]');
  if (open) open.remove();
  else at("panes").insertBefore(side("2", words.resident2, `/?lang=${words.code}`), staff());
  document.querySelector('.tab[data-tab="2"]').hidden = Boolean(open);
  at("other").setAttribute("aria-pressed", !open);
  at("other").textContent = open ? words.other : words.other_close;
  show(open ? "1" : "2");
}

at("other").addEventListener("click", another);
at("posting").addEventListener("click", ({ currentTarget }) => press(currentTarget, add));
for (const button of document.querySelectorAll("[data-move]")) {
  button.addEventListener("click", () => press(button, () => move(button.dataset.move)));
}
document.querySelector(".tabs").addEventListener("click", ({ target }) => target.dataset.tab && show(target.dataset.tab));
show("1");
tick();
setInterval(tick, 1000);
const entered = enter().catch(() => say(words.failed));
