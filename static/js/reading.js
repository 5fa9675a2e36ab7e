/* Deciding proposals by keyboard: arrows move, Y confirms, N rejects (the buttons carry data-yes and data-no).
   The paper scrolls to what the chosen proposal was read from. Without scripts each decision is a form. */
(function () {
  "use strict";

  var list = document.querySelector("[data-proposals]");
  if (!list) return;
  var doc = document.querySelector(".read-doc");

  function items() { return Array.from(list.querySelectorAll("[data-proposal]")); }
  function chosen() { return list.querySelector("[data-proposal].is-active"); }

  function choose(item, focus) {
    items().forEach(function (each) { each.classList.toggle("is-active", each === item); });
    document.querySelectorAll(".hl.is-active").forEach(function (each) { each.classList.remove("is-active"); });
    if (!item) return;
    if (focus) { item.focus({ preventScroll: true }); item.scrollIntoView({ block: "nearest" }); }
    var place = document.getElementById("doc-" + item.id);
    if (!place) return;
    place.classList.add("is-active");
    // Only the paper's own pane moves; on a phone it stands above and stays where it is.
    if (doc && doc.scrollHeight > doc.clientHeight) {
      doc.scrollTop += place.getBoundingClientRect().top - doc.getBoundingClientRect().top - doc.clientHeight / 3;
    }
  }

  function typing(element) { return element.matches("input:not([type=checkbox], [type=radio]), textarea, select"); }
  function off() { try { return localStorage.getItem("keys-off") === "1"; } catch (e) { return false; } }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat && event.key.length === 1) return;
    var within = event.target.closest("[data-proposals]");
    if (typing(event.target) || (!within && event.target !== document.body)) return;
    var step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      var all = items();
      var next = all[all.indexOf(chosen()) + step] || (chosen() ? null : all[0]);
      if (next) { event.preventDefault(); choose(next, true); }
      return;
    }
    var wanted = { y: "[data-yes]", n: "[data-no]" }[event.key.toLowerCase()];
    var item = chosen();
    if (!wanted || !item || off()) return;
    var button = item.querySelector(wanted);
    if (button) { event.preventDefault(); button.click(); }
  });

  list.addEventListener("focusin", function (event) {
    var item = event.target.closest("[data-proposal]");
    if (item && item !== chosen()) choose(item, false);
  });

  function fromAddress() {
    var item = document.getElementById(location.hash.slice(1));
    // A summary of errors keeps the focus; without an address the first that waits is chosen, where it stands.
    if (item && item.matches("[data-proposal]")) choose(item, !document.querySelector("[data-focus]"));
    else if (item && item.matches("button")) item.focus();
    else if (!chosen()) choose(list.querySelector("[data-proposal]:has([data-yes])"), false);
  }
  window.addEventListener("hashchange", fromAddress);
  fromAddress();
})();
