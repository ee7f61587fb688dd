// Before the first paint: the remembered text size, and whether a conversation is to be gone on with.
(() => {
  const root = document.documentElement;
  const asked = new URLSearchParams(location.search);
  // A frame of the demo desk has a name of its own, which stays whatever page is opened in it.
  const framed = /^demo-(1|2|staff)$/.exec(window.name);
  const person = framed?.[1] ?? (asked.get("person") === "2" ? "2" : "1");
  root.dataset.person = person;
  if (framed) root.classList.add("demo");
  root.classList.add("script");
  if (person === "2") root.classList.add("second");
  const read = (key) => {
    try {
      return sessionStorage.getItem(key) ?? localStorage.getItem(key);
    } catch {
      return null; // storage is switched off: the page works without
    }
  };
  root.dataset.size = read("ilgam.size") ?? "100";
  if (["/", "/embed"].includes(location.pathname) && (read(`ilgam.${person}.token`) || asked.has("start") || location.hash.startsWith("#start="))) {
    root.classList.add("chatting");
  }
})();
