/* Small behaviours of every page. Nothing depends on them: without scripts each page still works.
   data-focus               focused on load (error summary)
   data-show-password="id"  button that shows or hides that password field
   data-dismiss             closes the toast around it; data-fades: the toast goes by itself
   aria-disabled="true"     on a button or link: kept visible with its reason, but does nothing
   data-back                link that goes back when the last page was one of ours
   Signing in again, in another tab too, makes the token of an open page worthless: every form and every request
   of htmx takes it from the cookie when it goes off (`PortalToken(form)`). */
(function () {
  "use strict";

  window.PortalToken = function (form) {
    var found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    var field = form && form.elements.csrfmiddlewaretoken;
    if (found && field) field.value = found[1];
    return found ? found[1] : field ? field.value : "";
  };

  document.addEventListener("submit", function (event) {
    if (event.target.method === "post") window.PortalToken(event.target);
  }, true);

  document.addEventListener("htmx:configRequest", function (event) {
    var token = window.PortalToken(null);
    if (token) event.detail.headers["X-CSRFToken"] = token;
  });

  function focusSummary() {
    var summary = document.querySelector("[data-focus]");
    if (summary) summary.focus();
  }

  function togglePassword(button) {
    var field = document.getElementById(button.dataset.showPassword);
    var shown = field.type === "text";
    field.type = shown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!shown));
    button.textContent = shown ? "Hiện" : "Ẩn";
  }

  function fadeToasts() {
    document.querySelectorAll(".toast[data-fades]").forEach(function (toast) {
      setTimeout(function () { if (!toast.matches(":hover, :focus-within")) toast.remove(); }, 8000);
    });
  }

  document.addEventListener("click", function (event) {
    var target = event.target.closest("[data-show-password], [data-dismiss], [aria-disabled='true'], [data-back]");
    if (!target) return;
    if (target.getAttribute("aria-disabled") === "true") event.preventDefault();
    else if (target.dataset.showPassword) togglePassword(target);
    else if ("dismiss" in target.dataset) target.closest(".toast").remove();
    else if ("back" in target.dataset && document.referrer.startsWith(location.origin + "/")) {
      event.preventDefault();
      history.back();
    }
  });

  document.addEventListener("DOMContentLoaded", function () { focusSummary(); fadeToasts(); });
})();
