// The little that pages do by themselves; everything works without it.
"use strict";

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy], [data-print]");
  if (!button) return;
  if ("print" in button.dataset) window.print();
  if ("copy" in button.dataset) copy(button);
});

// Copies what the named element holds, and says so on the button for a moment.
function copy(button) {
  const source = document.getElementById(button.dataset.copy);
  const before = button.textContent;
  navigator.clipboard.writeText(source.value ?? source.textContent).then(() => {
    button.textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = before; }, 2000);
  });
}

// Puts an example into the text field it belongs to.
document.addEventListener("click", (event) => {
  const example = event.target.closest("[data-example-for]");
  if (!example) return;
  const field = document.getElementById(example.dataset.exampleFor);
  field.value = example.dataset.text;
  field.focus();
  event.preventDefault();
});

// After a part of the page was replaced, what was asked to be announced gets the focus.
document.addEventListener("htmx:afterSettle", (event) => {
  const target = event.detail.elt?.querySelector?.("[data-focus]") ?? document.querySelector("#main [data-focus]");
  if (target) target.focus({ preventScroll: false });
});

// A form that sends twice as fast as a finger trembles sends once; a page that comes back from the cache may send again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) { event.preventDefault(); return; }
  if (form.hasAttribute("data-once")) form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
});

// What a replaced part shows has an address of its own: going back, sharing it and another language find it again.
document.addEventListener("htmx:afterSettle", () => {
  const shown = document.querySelector("#main [data-address]");
  if (!shown) return;
  const address = new URL(shown.dataset.address, location.href);
  history.replaceState(history.state, "", address);
  for (const link of document.querySelectorAll(".languages a")) {
    const query = new URLSearchParams(address.search);
    query.set("lang", link.hreflang);
    link.search = query;
  }
});

// One box chooses all of its form's boxes of a name; it is of use with scripts alone, so it is hidden until they run.
for (const box of document.querySelectorAll("[data-check]")) {
  box.hidden = false;
  box.addEventListener("change", () => {
    for (const one of box.form.querySelectorAll(`input[name="${box.dataset.check}"]`)) one.checked = box.checked;
  });
}

// Words that are not kept anywhere are not lost: another language gets them along, and a problem is told before them.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".languages a");
  const form = document.querySelector("form[data-written]");
  if (!link || !form || !form.text.value.trim()) return;
  event.preventDefault();
  form.action = `${link.search}#answer`;
  form.submit();
});
document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, xhr } = event.detail;
  if (target.hasAttribute("data-keep") && !xhr.responseText.includes("data-written")) event.detail.swapOverride = "afterbegin";
});
document.addEventListener("htmx:sendError", () => {
  document.querySelectorAll("[data-offline]").forEach((note) => { note.hidden = false; });
});

// What only a script can do is shown where there is one.
for (const when of ["DOMContentLoaded", "htmx:afterSettle"]) {
  document.addEventListener(when, () => {
    const works = navigator.clipboard ? "[data-print][hidden], [data-copy][hidden]" : "[data-print][hidden]";
    document.querySelectorAll(works).forEach((button) => { button.hidden = false; });
  });
}
