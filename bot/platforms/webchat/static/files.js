// A file for the open question goes over HTTP: it may be larger than any frame, and is sent again by hand only.

import * as memory from "./memory.js";
import { at, say, words } from "./reading.js";
import { fresh } from "./socket.js";

const MOST = 10 * 1024 * 1024; // bytes that the server takes: of a larger file only its name is sent

// The button stands there only while the open question takes files.
export function takes(files) {
  at("attach").hidden = !files;
}

// `wait` shows a name until it is sent, `done` takes it away again, `heard` gets the frames of the answer.
export function attaching({ wait, done, heard }) {
  const field = at("file");
  at("attach").addEventListener("click", () => field.click());
  field.addEventListener("change", async () => {
    const [file] = field.files;
    if (!file) return;
    const id = fresh();
    wait(id, file.name);
    try {
      for (const frame of await sent(id, file)) heard(frame);
    } catch {
      say(words.unsent_file);
    }
    done(id);
    field.value = "";
  });
}

async function sent(id, file) {
  const headers = {
    Authorization: `Bearer ${memory.get("token")}`,
    "Content-Type": "application/octet-stream",
    "X-Name": encodeURIComponent(file.name.replace(/\p{Surrogate}/gu, "")),
    "X-Size": String(file.size),
  };
  const answer = await fetch(`/chat/file/${id}`, { method: "POST", headers, body: file.size > MOST ? "" : file });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()).frames;
}
