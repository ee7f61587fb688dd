// The connection: says who we are, sends what a person does until it is acknowledged, and comes back by itself.

import * as memory from "./memory.js";

const LONGEST_WAIT = 20_000; // milliseconds between two tries
const ACKNOWLEDGED_WITHIN = 20_000;
const TOO_MANY = 4429;
const REFUSED = 1008;
const TOO_LONG = 1009;

export const fresh = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (n) => n.toString(16).padStart(2, "0")).join("");

export class Socket {
  // `since` and `language` are asked at every greeting; `heard` gets frames, `state` one of connecting, online, offline,
  // elsewhere.
  constructor({ since, language, heard, state }) {
    Object.assign(this, { since, language, heard, state });
    this.unsent = JSON.parse(memory.get("unsent") ?? "[]");
    this.ready = false;
    this.tries = 0;
    addEventListener("online", () => this.open());
    addEventListener("offline", () => this.socket?.close());
    document.addEventListener("visibilitychange", () => document.hidden || this.open());
  }

  open() {
    if (this.closed || (this.socket && this.socket.readyState <= WebSocket.OPEN)) return;
    clearTimeout(this.again);
    this.state(this.tries ? "offline" : "connecting");
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${location.host}/ws`);
    this.socket = socket;
    socket.onopen = () => {
      const keep = memory.lasting && !memory.shared();
      const hello = { hello: memory.get("token"), language: this.language(), since: this.since(), keep };
      socket.send(JSON.stringify(hello));
    };
    socket.onmessage = (event) => this.#heard(JSON.parse(event.data));
    socket.onclose = (event) => this.#lost(event);
  }

  // Send now, or as soon as there is a connection; the id under which it is acknowledged.
  send(frame) {
    const named = { ...frame, id: fresh() };
    this.unsent.push(named);
    this.#remember();
    if (this.ready) this.#put(named);
    else this.open();
    return named.id;
  }

  ask(frame) {
    if (this.ready) this.socket.send(JSON.stringify(frame));
  }

  close() {
    this.closed = true;
    this.socket?.close();
  }

  #put(frame) {
    this.socket.send(JSON.stringify(frame));
    clearTimeout(this.overdue);
    this.overdue = setTimeout(() => this.unsent.length && this.socket.close(), ACKNOWLEDGED_WITHIN);
  }

  #heard(frame) {
    if ("token" in frame) memory.set("token", frame.token);
    if (frame.ready) {
      this.ready = true;
      this.tries = 0;
      this.state("online");
    }
    if ("ok" in frame) {
      this.unsent = this.unsent.filter((one) => one.id !== frame.ok);
      this.#remember();
    }
    if ("slow" in frame) {
      const one = this.unsent.find((waiting) => waiting.id === frame.slow);
      setTimeout(() => one && this.ready && this.#put(one), frame.after * 1000 + 100);
    }
    this.heard(frame);
    if (frame.ready) this.unsent.forEach((one) => this.#put(one));
  }

  #lost(event) {
    this.ready = false;
    if (this.closed) return;
    // A frame or token that the server refuses would be refused for ever.
    if (event.code === REFUSED && event.reason === "hello") memory.forget();
    if ((event.code === REFUSED && event.reason === "frame") || event.code === TOO_LONG) {
      this.unsent.shift();
      this.#remember();
    }
    this.state(event.code === TOO_MANY ? "elsewhere" : "offline");
    this.tries += 1;
    const wait = Math.min(LONGEST_WAIT, 400 * 2 ** this.tries) * (0.5 + Math.random() / 2);
    this.again = setTimeout(() => this.open(), event.code === TOO_MANY ? LONGEST_WAIT : wait);
  }

  // A location is sent at once or not at all: it is never written down, here neither.
  #remember() {
    memory.set("unsent", JSON.stringify(this.unsent.filter((frame) => !frame.pin)));
  }
}
