// Before the first paint: the remembered text size, and whether a conversation is to be gone on with.
(() => {
  const root = document.documentElement;
  const asked = new URLSearchParams(location.search);
  const person = asked.get("person") === "2" ? "2" : "1";
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
