// Lines as elements. Whatever a person or a notice wrote is set as text, never as markup.

const LINKED = /(https?:\/\/[^\s<>"”’)]+[^\s<>"”’).,])|(\b0\d{1,2}-\d{3,4}-\d{4}\b)/g;

export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false && value !== "") element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

// Web addresses and Korean phone numbers can be pressed.
function linked(text) {
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(LINKED)) {
    const [found, address] = match;
    parts.push(text.slice(from, match.index));
    const href = address ? found : `tel:${found}`;
    parts.push(make("a", { href, target: address ? "_blank" : "", rel: address ? "noopener noreferrer" : "" }, found));
    from = match.index + found.length;
  }
  return [...parts, text.slice(from)];
}

// One element a line, so that wrapped lines of a numbered list stay under their number.
function paragraphs(text) {
  const further = (line) => /^\s{2,}\S/.test(line ?? "");
  return text.split("\n").map((line, i, all) => {
    if (!line.trim()) return make("span", { class: "gap" });
    const numbered = /^\d+\. /.test(line) ? (further(all[i + 1]) ? "first strong" : "first") : "";
    const kind = further(line) ? "further" : numbered;
    return make("span", { class: kind }, ...facts(line.trim()));
  });
}

// "Mon–Fri · 12,600 won": each fact wraps as a whole, the dot stays behind it.
function facts(line) {
  const parts = line.split(" · ");
  if (parts.length === 1) return linked(line);
  return parts.flatMap((part, i) => {
    const end = i < parts.length - 1 ? "\u00a0·" : "";
    return [make("bdi", { class: "part" }, ...linked(part), end), end && " "];
  });
}

function button(spec) {
  const kind = spec.main ? "button main" : "button";
  if (spec.url) {
    const web = /^https?:\/\//.test(spec.url);
    if (!web && !/^tel:[\d+-]+$/.test(spec.url)) return make("span");
    const elsewhere = web ? { target: "_blank", rel: "noopener noreferrer" } : {};
    return make("a", { class: kind, href: spec.url, ...elsewhere }, spec.label);
  }
  const label = spec.label.replace(/^✓ /, "✓\u00a0"); // the tick stays beside its word
  return make("button", { type: "button", class: kind, "data-payload": spec.payload, "data-ask": spec.ask }, label);
}

function buttons(rows) {
  return make("div", { class: "buttons" }, ...rows.map((row) => make("div", { class: "row" }, ...row.map(button))));
}

export const tag = (code) => (code ?? "").replace("_", "-");

// Its words are complete without it, so one that does not come leaves no gap.
function picture({ src, alt }) {
  const image = make("img", { class: "picture", src, alt, width: 800, height: 800 });
  image.addEventListener("error", () => image.remove());
  return image;
}

// Rows and columns, which scroll inside themselves where a phone is too narrow: by finger, and by keys once it has the focus.
function table({ name, heads, rows, more }, title) {
  const cell = (text, i) => (i ? make("td", {}, text) : make("th", { scope: "row" }, text));
  const caption = make("caption", { class: name === title ? "unseen" : "" }, name);
  const head = make("tr", {}, ...heads.map((text) => make("th", { scope: "col" }, text)));
  const body = make("tbody", {}, ...rows.map((row) => make("tr", {}, ...row.map(cell))));
  const whole = make("table", {}, caption, make("thead", {}, head), body);
  const scroller = make("div", { class: "table", role: "region", tabindex: "0", "aria-label": name }, whole);
  return more ? [scroller, make("p", { class: "lead" }, more)] : [scroller];
}

// A file to be had: its name, and that a press fetches it.
function file({ src, name }, words) {
  const what = make("small", { "data-w": "download" }, words.download);
  return make("a", { class: "button file", href: src, download: name }, make("bdi", {}, name), what);
}

// A bubble with its buttons. Of the page's words it says whose line it is, to screen readers, and how a file is fetched.
export function bubble(frame, words) {
  if (frame.mine) {
    const said = make("div", { class: "bubble", dir: "auto" }, make("span", { class: "unseen" }, `${words.you}: `), frame.text);
    return make("div", { class: "mine", "data-line": frame.line, "data-id": frame.id, "data-at": frame.at }, said);
  }
  const box = make("div", { class: "bubble" });
  if (frame.lead) box.append(make("p", { class: "lead" }, frame.lead));
  if (frame.title) box.append(make("h2", { class: "title" }, frame.title));
  if (frame.picture) box.append(picture(frame.picture));
  if (frame.text) box.append(make("p", { class: "text" }, ...paragraphs(frame.text)));
  if (frame.table) box.append(...table(frame.table, frame.title));
  if (frame.file) box.append(file(frame.file, words));
  const attributes = { class: "ours", lang: tag(frame.lang), dir: frame.rtl ? "rtl" : "ltr", "data-at": frame.at };
  const item = make("article", { ...attributes, "data-line": frame.line ?? "", "data-code": frame.lang }, box);
  if (frame.buttons) item.append(buttons(frame.buttons));
  return item;
}
