// The list of what was said: in the order of the server's ids, with days and a mark where the new begins.

import { bubble, make } from "./bubbles.js";

const NEAR_THE_END = 120; // pixels

export class Lines {
  constructor(list, scroll, jump) {
    Object.assign(this, { list, scroll, jump });
    this.last = 0;
    jump.addEventListener("click", () => this.toEnd());
    scroll.addEventListener("scroll", () => this.atEnd() && (jump.hidden = true), { passive: true });
  }

  clear() {
    this.list.replaceChildren();
    this.last = 0;
  }

  find(line) {
    return line ? this.list.querySelector(`[data-line="${CSS.escape(line)}"]`) : null;
  }

  pending(id) {
    return this.list.querySelector(`.pending[data-id="${CSS.escape(id)}"]`);
  }

  // Put a line where it belongs; one that is here already is replaced. Returns its element.
  put(frame, words) {
    const item = bubble(frame, words);
    const old = this.find(frame.line);
    if (old) {
      item.dataset.at = old.dataset.at ?? "";
      old.replaceWith(item);
      return item;
    }
    if (frame.mine && frame.id) this.pending(frame.id)?.remove();
    this.#day(frame, words);
    this.list.insertBefore(item, this.list.querySelector(".pending"));
    if (frame.line) this.last = Math.max(this.last, frame.line);
    return item;
  }

  // What a person wrote, before the server has it.
  wait(id, text, words) {
    const item = bubble({ mine: true, text, id }, words);
    item.classList.add("pending");
    item.append(make("small", {}, words.waiting));
    this.list.append(item);
    return item;
  }

  earlier(frames, words) {
    const held = this.scroll.scrollHeight - this.scroll.scrollTop;
    this.list.setAttribute("aria-live", "off");
    this.list.prepend(...frames.filter((frame) => !this.find(frame.line)).map((frame) => bubble(frame, words)));
    this.scroll.scrollTop = this.scroll.scrollHeight - held;
    setTimeout(() => this.list.setAttribute("aria-live", "polite"), 1000);
  }

  oldest() {
    return Number(this.list.querySelector("[data-line]:not([data-line=''])")?.dataset.line ?? 0);
  }

  // A mark before the first line above `seen` that is not the person's own.
  divide(seen, words) {
    const fresh = [...this.list.querySelectorAll(".ours[data-line]")].filter((item) => Number(item.dataset.line) > seen);
    this.list.querySelector(".divider.new")?.remove();
    if (!fresh.length) return null;
    const text = words.new.replace("{n}", fresh.length);
    const mark = make("p", { class: "divider new" }, make("span", {}, text));
    fresh[0].before(mark);
    return mark;
  }

  atEnd() {
    return this.scroll.scrollHeight - this.scroll.scrollTop - this.scroll.clientHeight < NEAR_THE_END;
  }

  toEnd() {
    this.scroll.scrollTop = this.scroll.scrollHeight;
    this.jump.hidden = true;
  }

  // Show what is new: all of it where it fits, else its beginning; whoever reads further up is not torn away.
  show(item, forced) {
    if (!forced && !this.held) {
      this.jump.hidden = false;
      return;
    }
    this.scroll.scrollTop = this.scroll.scrollHeight;
    const top = item.getBoundingClientRect().top - this.scroll.getBoundingClientRect().top;
    if (top < 8) this.scroll.scrollTop += top - 8;
  }

  #day(frame, words) {
    if (!frame.at) return;
    const style = { timeZone: "Asia/Seoul", month: "long", day: "numeric", weekday: "long" };
    const day = new Intl.DateTimeFormat(words.tag, style);
    const before = [...this.list.querySelectorAll("[data-at]")].at(-1)?.dataset.at;
    const now = day.format(new Date(frame.at));
    const today = day.format(new Date());
    if (before ? day.format(new Date(before)) !== now : now !== today) {
      this.list.insertBefore(make("p", { class: "divider" }, make("span", {}, now)), this.list.querySelector(".pending"));
    }
  }
}
