// The page in a frame of another site: it speaks with that site's page, and only where its origin is allowed.

import { at, root, words } from "./reading.js";

export const embedded = root.classList.contains("embedded");

let host; // the origin around us, once its page has greeted
let open = true;

// Whether the frame can be seen, as far as the page around it said.
export const shown = () => open;

function tell(message) {
  if (host) parent.postMessage(message, host);
}

// How many messages nobody has seen yet: the button outside shows it.
export function announce(unread) {
  tell({ ilgam: "unread", unread });
}

// Closed from this moment: what arrives before the page around has closed the frame was not seen.
function close() {
  if (host) open = false;
  tell({ ilgam: "close" });
}

// Hear the page around: it greets once, then says when the frame was opened and closed. Everything else is not for us.
export function listen({ opened }) {
  if (!embedded || parent === window) return;
  const allowed = words.embedders.length ? words.embedders : [location.origin];
  addEventListener("message", ({ source, origin, data }) => {
    if (source !== parent || !allowed.includes(origin) || typeof data?.ilgam !== "string") return;
    if (data.ilgam === "hello") {
      host = origin;
      at("close").hidden = false;
      tell({ ilgam: "ready" });
    }
    if (data.ilgam === "opened") {
      open = true;
      opened();
    }
    if (data.ilgam === "closed") open = false;
  });
  at("close").addEventListener("click", close);
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing && !event.defaultPrevented) close();
  });
  // The pages of their own stand in a window of their own: this frame is for the chat.
  for (const link of document.querySelectorAll(".landing a:not([data-language])")) {
    if (!link.getAttribute("href").startsWith("tel:")) Object.assign(link, { target: "_blank", rel: "noopener" });
  }
}
