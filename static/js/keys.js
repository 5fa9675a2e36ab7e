/* One-letter shortcuts (J next, K previous, A accept, R return, C comment, E edit, …).
   data-key="a"        a link or button is clicked, a field is focused, when that letter is typed
                       outside every field; the first visible, enabled one wins
   data-keys-toggle    button that switches all of them off and on again, remembered on this device
                       (WCAG 2.1.4: a person who dictates must be able to turn them off) */
(function () {
  "use strict";
  var OFF = "keys-off";

  function off() { try { return localStorage.getItem(OFF) === "1"; } catch (e) { return false; } }
  function setOff(value) { try { localStorage.setItem(OFF, value ? "1" : "0"); } catch (e) { /* private mode */ } }

  function typing(element) {
    return element.isContentEditable || element.matches("input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select");
  }

  function usable(element) {
    return element.offsetParent !== null && !element.disabled && element.getAttribute("aria-disabled") !== "true";
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
    if (event.key.length !== 1 || typing(event.target) || off()) return;
    var key = event.key.toLowerCase();
    var found = Array.from(document.querySelectorAll("[data-key]"))
      .find(function (element) { return element.dataset.key.toLowerCase() === key && usable(element); });
    if (!found) return;
    event.preventDefault();
    if (found.matches("a, button, label")) found.click();
    else found.focus();
  });

  function show(button) {
    button.setAttribute("aria-pressed", String(!off()));
    button.textContent = off() ? "Bật phím tắt" : "Tắt phím tắt";
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-keys-toggle]").forEach(function (button) {
      show(button);
      button.addEventListener("click", function () { setOff(!off()); show(button); });
    });
  });
})();
