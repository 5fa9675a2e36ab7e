/* Copies what a field holds:
     <button type="button" hidden data-clipboard="id of an input" data-done="words afterwards">…<span role="status">Chép</span></button>
   The button shows only where the browser lets a page write to the clipboard. */
(function () {
  "use strict";
  if (!navigator.clipboard) return;
  document.querySelectorAll("button[data-clipboard]").forEach(function (button) {
    var field = document.getElementById(button.dataset.clipboard);
    if (!field) return;
    button.hidden = false;
    button.addEventListener("click", function () {
      field.select();
      navigator.clipboard.writeText(field.value).then(function () {
        button.querySelector("[role=status]").textContent = button.dataset.done;
      });
    });
  });
})();
