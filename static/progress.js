// The progress page: asks for its changing part while something goes on, and stops when all is through or nobody looks.
"use strict";

const later = () => {
  const seconds = Number(document.getElementById("progress").dataset.poll);
  if (seconds) setTimeout(ask, seconds * 1000);
};

const ask = async () => {
  const shown = document.getElementById("progress");
  // Not while a button of it is being used, nor for a page that nobody looks at.
  if (document.hidden || (shown.contains(document.activeElement) && document.activeElement !== document.body)) return later();
  try {
    const answer = await fetch(location.pathname, { headers: { "X-Part": "progress" }, redirect: "error" });
    if (answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("progress");
      const open = shown.querySelector("details[open]");
      if (fresh) {
        if (open) fresh.querySelector("details")?.setAttribute("open", "");
        shown.replaceWith(fresh);
        ready();
      }
    }
  } catch { /* signed out, or the server restarts: the next look will tell */ }
  return later();
};

// The link to look again is for browsers without this script.
const ready = () => { for (const link of document.querySelectorAll("[data-refresh]")) link.hidden = true; };

ready();
later();
