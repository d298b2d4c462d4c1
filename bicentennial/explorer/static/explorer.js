// Filters answer at once: the page is fetched, its results put in place, and the address goes along. Without scripts the
// button does the same. Also: a button that copies.
"use strict";

const form = document.querySelector("form[data-live]");
let asked = 0;

function address() {
  const chosen = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value) chosen.append(name, value);
  const query = chosen.toString();
  return form.getAttribute("action") + (query ? "?" + query : "");
}

async function show(url) {
  const mine = ++asked;
  document.getElementById("results").setAttribute("aria-busy", "true");
  let text;
  try {
    text = await (await fetch(url, { credentials: "same-origin" })).text();
  } catch {
    location.assign(url); // the browser says what is wrong
    return;
  }
  if (mine !== asked) return; // an answer that is no longer asked for
  const page = new DOMParser().parseFromString(text, "text/html");
  const results = page.getElementById("results");
  if (!results) {
    location.assign(url);
    return;
  }
  document.getElementById("results").replaceWith(results);
  for (const id of ["count", "tools", "release"]) document.getElementById(id).innerHTML = page.getElementById(id).innerHTML;
  for (const field of form.querySelectorAll("select")) {
    const fresh = page.querySelector(`form[data-live] select[name="${field.name}"]`);
    field.replaceChildren(...fresh.children); // the field itself stays, and with it the focus
    field.selectedIndex = [...field.options].findIndex((option) => option.hasAttribute("selected"));
    if (field.selectedIndex < 0) field.selectedIndex = 0;
  }
  results.dataset.shown = mine;
}

if (form) {
  form.addEventListener("change", () => {
    const url = address();
    history.pushState(null, "", url);
    show(url);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    form.dispatchEvent(new Event("change"));
  });
  document.getElementById("tools").addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || link.pathname !== location.pathname || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.pushState(null, "", link.href);
    show(link.href);
    form.querySelector("select").focus();
  });
  addEventListener("popstate", () => show(location.pathname + location.search));
}

for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy);
    const said = document.getElementById(button.dataset.says);
    try {
      await navigator.clipboard.writeText(text.textContent);
      said.textContent = "Copied.";
    } catch { // clipboards are for secure pages only: over a network the text is selected
      getSelection().selectAllChildren(text);
      said.textContent = "Selected: copy it with Ctrl+C.";
    }
  });
}
