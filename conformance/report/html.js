"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const rules = [...document.querySelectorAll(".rule")];
  const texts = rules.map((r) => r.textContent.toLowerCase());
  const boxes = [...document.querySelectorAll("#tools input[type=checkbox]")];
  const search = $("search");

  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const off = new Set(boxes.filter((b) => !b.checked).map((b) => b.name + "=" + b.value));
    let shown = 0;
    rules.forEach((r, i) => {
      r.hidden = off.has("outcome=" + r.dataset.outcome) || off.has("level=" + r.dataset.level) ||
        !words.every((w) => texts[i].includes(w));
      if (!r.hidden) shown++;
    });
    document.querySelectorAll("#rules ~ .api").forEach((a) => {
      a.hidden = ![...a.querySelectorAll(".rule")].some((r) => !r.hidden);
    });
    $("found").textContent = shown === rules.length ? shown + " rules" : shown + " of " + rules.length + " rules";
    $("nothing").hidden = shown > 0 || rules.length === 0;
  };
  const all = () => {
    search.value = "";
    boxes.forEach((b) => { b.checked = true; });
    filter();
  };
  const open = (state) => rules.forEach((r) => { if (!r.hidden) r.open = state; });
  const follow = () => {
    const target = $(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.hidden) all();
    for (let e = target; e; e = e.parentElement) if (e.tagName === "DETAILS") e.open = true;
    target.scrollIntoView();
  };

  $("tools").hidden = false;
  $("tools").addEventListener("submit", (e) => e.preventDefault());
  $("tools").addEventListener("input", filter);
  $("expand").addEventListener("click", () => open(true));
  $("collapse").addEventListener("click", () => open(false));
  $("all").addEventListener("click", all);
  addEventListener("hashchange", follow);
  addEventListener("beforeprint", () => rules.forEach((r) => { if (r.dataset.outcome !== "pass") r.open = true; }));

  // The clipboard is not there for a page that was opened as a file in some
  // browsers: then the command is selected, ready to be copied by hand.
  document.querySelectorAll(".copy").forEach((b) => {
    b.hidden = false;
    b.addEventListener("click", async () => {
      const command = b.parentElement.querySelector("pre");
      try {
        await navigator.clipboard.writeText(command.textContent);
        b.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(command);
        b.textContent = "Selected";
      }
      setTimeout(() => { b.textContent = "Copy"; }, 2000);
    });
  });
  filter();
  follow();
})();
