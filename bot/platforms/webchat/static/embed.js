// A button in another site's page that opens the chat in a frame. Served as /embed.js, called with its words by language.
(words) => {
  const here = document.currentScript ?? document.querySelector('script[src$="/embed.js"]');
  const mark = Symbol.for("ilgam.embed");
  if (!here || window[mark]) return;
  window[mark] = true;

  const { start, language, label } = here.dataset;
  const address = new URL("/embed", here.src);
  if (language) address.searchParams.set("lang", language);
  if (/^[\w-]{1,64}$/.test(start ?? "")) address.searchParams.set("start", start);

  // Rules in a sheet of their own: a strict policy of the page around forbids style attributes and elements.
  const LOOK = `
    :host { all: initial; color-scheme: light dark; }
    * { box-sizing: border-box; font-family: system-ui, sans-serif; }
    [hidden], dialog:not([open]) { display: none !important; }
    button { border: 0; cursor: pointer; background: #0b6b4b; color: #fff; }
    button:focus-visible { outline: 3px solid #fff; box-shadow: 0 0 0 6px #1a56db; }
    .open { position: fixed; z-index: 2147483646; inset-block-end: max(16px, env(safe-area-inset-bottom)); inset-inline-end: 16px;
      display: flex; align-items: center; gap: 8px; min-width: 52px; min-height: 52px; max-width: calc(100vw - 32px); padding: 8px 18px;
      border: 2px solid transparent; border-radius: 26px; font-size: 16px; font-weight: 650; line-height: 1.4; box-shadow: 0 2px 12px #0006; }
    .open svg { flex: none; width: 24px; height: 24px; fill: none; stroke: currentColor; stroke-width: 2; stroke-linejoin: round; }
    .count { min-width: 24px; padding: 0 6px; border-radius: 12px; background: #fff; color: #0b6b4b; font-size: 14px; line-height: 24px; text-align: center; }
    dialog { position: fixed; z-index: 2147483647; inset: auto; inset-block-end: 84px; inset-inline-end: 16px; margin: 0; padding: 0; overflow: hidden;
      width: min(400px, calc(100vw - 32px)); height: min(680px, calc(100dvh - 100px)); max-width: none; max-height: none;
      border: 1px solid #8888; border-radius: 16px; background: Canvas; box-shadow: 0 4px 24px #0006; }
    iframe { display: block; width: 100%; height: 100%; border: 0; }
    .shut { position: absolute; inset-block-start: 8px; inset-inline-end: 8px; width: 44px; height: 44px; border-radius: 22px; font-size: 18px; }
    @media print { .open, dialog { display: none !important; } }
    @media (max-width: 600px), (max-height: 480px) {
      dialog { inset: 0; width: 100vw; height: 100dvh; border: 0; border-radius: 0; }
    }`;
  const phone = matchMedia("(max-width: 600px), (max-height: 480px)");

  function make(name, attributes, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }

  function drawn() {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    const path = document.createElementNS(space, "path");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    path.setAttribute("d", "M4 5 h16 v11 h-9 l-5 4 v-4 h-2 z");
    svg.append(path);
    return svg;
  }

  // The words of the page's own language; English where we do not speak it.
  function spoken() {
    const wanted = (language || document.documentElement.lang || "").replace("_", "-").toLowerCase();
    const first = (tag) => tag.toLowerCase().split("-")[0];
    const tags = Object.keys(words);
    const tag = tags.find((one) => one.toLowerCase() === wanted) ?? tags.find((one) => first(one) === first(wanted)) ?? "en";
    return { tag, ...words[tag] };
  }

  function begin() {
    const w = spoken();
    const count = make("span", { class: "count", hidden: "" });
    const said = make("span", {}, label || w.open);
    const button = make("button", { type: "button", class: "open", "aria-expanded": "false", "aria-haspopup": "dialog" }, drawn(), said, count);
    const shut = make("button", { type: "button", class: "shut", "aria-label": w.close }, "✕");
    const dialog = make("dialog", { "aria-label": w.title }, shut);
    const place = make("div", { lang: w.tag, "data-ilgam": "" });
    const root = place.attachShadow({ mode: "open" });
    const look = new CSSStyleSheet();
    look.replaceSync(LOOK);
    root.adoptedStyleSheets = [look];
    root.append(button, dialog);
    document.body.append(place);

    let frame; // made at the first opening: until then the page around asks nothing of us
    const tell = (ilgam) => frame?.contentWindow?.postMessage({ ilgam }, address.origin);

    function open() {
      if (!frame) {
        frame = make("iframe", { title: w.title, src: address.href, allow: "geolocation", referrerpolicy: "origin" });
        frame.addEventListener("load", () => {
          shut.hidden = false; // ours, until the page in the frame shows its own
          tell("hello");
        });
        dialog.append(frame);
      }
      if (phone.matches) dialog.showModal();
      else dialog.show();
      button.setAttribute("aria-expanded", "true");
      counted(0);
      if (shut.hidden) enter();
    }

    function enter() {
      frame.focus();
      tell("opened");
    }

    function close() {
      if (dialog.open) dialog.close();
    }

    function counted(n) {
      count.textContent = n > 99 ? "99+" : n || "";
      count.hidden = n === 0;
      if (n) button.setAttribute("aria-label", `${said.textContent}. ${w.unread.replace("{n}", n)}`);
      else button.removeAttribute("aria-label");
    }

    button.addEventListener("click", () => (dialog.open ? close() : open()));
    shut.addEventListener("click", close);
    dialog.addEventListener("close", () => {
      button.setAttribute("aria-expanded", "false");
      button.focus();
      tell("closed");
    });
    addEventListener("keydown", (event) => event.key === "Escape" && close());
    addEventListener("message", ({ source, origin, data }) => {
      if (!frame || source !== frame.contentWindow || origin !== address.origin || typeof data !== "object" || !data) return;
      if (data.ilgam === "ready") {
        shut.hidden = true;
        if (dialog.open) enter();
        else tell("closed");
      }
      if (data.ilgam === "close") close();
      if (data.ilgam === "unread" && Number.isInteger(data.unread) && data.unread >= 0 && !dialog.open) counted(data.unread);
    });
  }

  if (document.body) begin();
  else addEventListener("DOMContentLoaded", begin, { once: true });
}
