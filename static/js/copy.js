/* "Chép sang": puts last year's text into the field that is being written, after what stands there.
     <button type="button" hidden data-copy-from="id of a <template>" data-copy-to="id of a <textarea>">
   Without JavaScript the button stays hidden; the text can be read and copied beside the field. */
(function () {
  "use strict";

  function plain(template) {
    return Array.from(template.content.querySelectorAll("p, li")).map(function (block) {
      return (block.tagName === "LI" ? "- " : "") + block.textContent.trim();
    }).join("\n\n");
  }

  function copy(button) {
    var template = document.getElementById(button.dataset.copyFrom);
    var area = document.getElementById(button.dataset.copyTo);
    var form = area.form, rich = form.elements[area.name + "_html"];
    if (window.PortalEditor && rich) window.PortalEditor.load(area, rich.value + template.innerHTML);
    else area.value = (area.value.trim() ? area.value.trim() + "\n\n" : "") + plain(template);
    area.dispatchEvent(new Event("input", { bubbles: true }));
    button.closest("section").querySelector("[data-copied]").textContent = "Đã chép sang cuối phần soạn. Hãy sửa lại cho đúng năm nay.";
  }

  document.querySelectorAll("button[data-copy-from]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { copy(button); });
  });
})();
