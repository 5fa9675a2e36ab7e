/* Autosave of the page where a section is written. Contract with the server:

   PAGE
     <form method="post" data-autosave-url="…">        one per page; without JavaScript it simply posts
       <input type="hidden" name="version" value="7">  the draft this page was made from
       <textarea name="narrative" id="id_narrative" data-editor>plain text</textarea>
       <template data-editor-html="id_narrative"><p>cleaned HTML</p></template>
     </form>
     <span class="autosave" role="status" data-autosave-status></span>   beside the save button
     <div data-conflict-area></div>                                       where a conflict is shown
     <div data-kept-area></div>                                           where kept text is offered back

   FIELDS. Without JavaScript the person sees and posts plain text in `narrative`. With it, vendor/editor/editor.js
   loads the <template> into the editor, keeps `narrative` in step as plain text, and adds a hidden field
   `narrative_html`. The server takes `narrative_html` when the field is there (cleaning it), else `narrative`.

   AUTOSAVE. POST to data-autosave-url about 2 s after a change and when the page is left, with every field but
   files, X-CSRFToken, and autosave=1. Answers:
     200 JSON {"saved_at": "14:03", "version": 8, "errors": {"field name": "message"}}   errors may be absent;
         a field with an error is not saved, the others are. Its message goes into
         <div class="invalid-feedback" id="<id of the field>_error">, made after the field when it is missing.
     409 HTML of the conflict (both texts). Nothing was saved. Autosave waits until it is settled. In it:
         data-version="8"                               the version now stored
         <button type="submit" name="resolve" value="mine" data-conflict="mine">Giữ bản này</button>
         <button type="submit" name="resolve" value="theirs" data-conflict="theirs">Lấy bản này</button>
         <template data-theirs="id_narrative">…</template>   the colleague's HTML, one per textarea
         With JavaScript the buttons take over that text and save on; without it (a full page after a post) they
         post `resolve` with the form.
     422 JSON {"errors": {…}, "problem": "message or empty", "secret": false}: nothing could be saved (marked secret,
         too long, not open for editing). It is said and not tried again before the next change. The text stays on
         this device; with "secret": true it does NOT.
     401 or a redirect to the login page: the session is over; the text stays on this device and is tried again,
         with the token of the cookie, so that signing in in another tab is enough.
     anything else, or no network: the text stays on this device and is tried again.

   TYPED EARLY. What was typed before this script came is saved like any other change. (The editor takes over what
   stands in the textarea, caret included.)

   KEPT TEXT (js/kept.js) is written before the form is posted and when a save fails, and forgotten only when the
   server has said that it is saved: by the answer to an autosave, by the message after a post (data-saved), or by a
   page that shows the same text. Otherwise it is offered back on the next visit, as a change of the version it was
   made from: had a colleague saved since, both texts are shown. <form data-unsaved>: the page shows what was posted
   and refused; <form data-secret>: because of a secrecy mark, so nothing of it stays on this device. */
(function () {
  "use strict";
  var DELAY = 2000, RETRY = 15000;

  var form = document.querySelector("form[data-autosave-url]");
  if (!form) return;
  var status = document.querySelector("[data-autosave-status]");
  var conflictArea = document.querySelector("[data-conflict-area]");
  var keptArea = document.querySelector("[data-kept-area]");
  var kept = window.PortalKept, icon = kept.icon;
  // An answer to a remark that was refused shows this page under an address of its own.
  var place = new URL(form.action, location.href).pathname;
  var own = [kept.start(place) + "#" + Date.now()];  // this visit's record, then those taken back
  var timer = null, saving = false, changes = 0, saved = 0, waiting = false;

  function say(words, state) {
    if (!status) return;
    var pictures = { failed: "exclamation-circle-fill", busy: "arrow-repeat", ok: "cloud-check-fill" };
    status.className = "autosave" + (state === "ok" ? "" : " is-" + state);
    status.replaceChildren(icon(pictures[state]), document.createTextNode(words));
  }

  function fields() {
    var data = new FormData(form);
    Array.from(data.keys()).forEach(function (name) { if (data.get(name) instanceof File) data.delete(name); });
    return data;
  }

  /* ---- text kept on this device ---- */
  function keep(how) {
    var skip = ["csrfmiddlewaretoken", "version"], version = form.elements.version && form.elements.version.value;
    var rows = Array.from(fields().entries()).filter(function (row) { return !skip.includes(row[0]); });
    return kept.put(own[0], Object.assign({ at: Date.now(), version: version, rows: rows }, how));
  }
  function forget() { own.forEach(kept.drop); own = own.slice(0, 1); }

  function plain(value) {
    return value.normalize("NFC").replace(/(\d)\.(?=\d{3})/g, "$1").replace(/[\s\-–•*]+/g, " ").trim();
  }

  function shown(record) {
    var here = fields();
    return record.rows.every(function (row) {
      return row[0].endsWith("_html") || row[0] === "do" || plain(here.get(row[0]) || "") === plain(row[1]);
    });
  }

  function putBack(rows) {
    rows.forEach(function (row) {
      if (row[0].endsWith("_html")) return;
      Array.from(form.elements).filter(function (field) { return field.name === row[0] && field.type !== "file"; })
        .forEach(function (field) {
          if (field.type === "radio" || field.type === "checkbox") field.checked = field.value === row[1];
          else field.value = row[1];
        });
    });
    rows.filter(function (row) { return row[0].endsWith("_html"); }).forEach(function (row) {
      var area = form.elements[row[0].slice(0, -"_html".length)];
      if (area && window.PortalEditor) window.PortalEditor.load(area, row[1]);
    });
    changed();
  }

  function takeBack(found) {
    own.push(found.key);
    setVersion(found.record.version);
    putBack(found.record.rows);
  }

  function offer(found) {
    var box = kept.notice("Máy này còn giữ phần chữ chưa lưu được, lúc " + kept.moment(found.record) + ".", null, [
      kept.button("Lấy lại phần chữ đó", function () { box.remove(); takeBack(found); }),
      kept.button("Bỏ, dùng bản đã lưu", function () { kept.drop(found.key); box.remove(); })]);
    keptArea.append(box);
  }

  function offerKept() {
    if ("secret" in form.dataset) kept.forgetSent(place);
    kept.of(place).forEach(function (found) {
      if (!shown(found.record)) { if (keptArea) offer(found); }
      else if ("unsaved" in form.dataset) own.push(found.key);
      else kept.drop(found.key);
    });
  }

  /* ---- saving ---- */
  function errorPlace(field, wanted) {
    var place = document.getElementById(field.id + "_error");
    if (place || !wanted) return place;
    place = document.createElement("div");
    place.id = field.id + "_error";
    place.className = "invalid-feedback";
    var editor = field.hidden && field.nextElementSibling;
    (editor && editor.matches(".editor") ? editor : field).after(place);
    field.setAttribute("aria-describedby", ((field.getAttribute("aria-describedby") || "") + " " + place.id).trim());
    return place;
  }

  function showErrors(errors) {
    Array.from(form.elements).forEach(function (field) {
      if (!field.name || !field.id) return;
      var place = errorPlace(field, errors[field.name]);
      if (!place) return;
      place.hidden = !errors[field.name];
      place.textContent = errors[field.name] || "";
      if (errors[field.name]) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    });
  }

  function setVersion(version) {
    if (form.elements.version && version !== undefined && version !== null) form.elements.version.value = version;
  }

  function failed(words) {
    say(keep() ? words + " Chữ vẫn giữ trên máy này." : words + " Đừng đóng trang này.", "failed");
    clearTimeout(timer);
    timer = setTimeout(save, RETRY);
  }

  function conflict(html) {
    waiting = true;
    keep();
    say("Chưa lưu: có bản khác của đồng nghiệp", "failed");
    if (!conflictArea) return;
    conflictArea.innerHTML = html;
    conflictArea.setAttribute("tabindex", "-1");
    conflictArea.scrollIntoView({ block: "center" });
  }

  function settled(answer, at) {
    setVersion(answer.version);
    showErrors(answer.errors || {});
    saved = at;
    if (changes === at) forget();
    say("Đã lưu lúc " + answer.saved_at, "ok");
  }

  function refused(answer, at) {
    saved = at;
    showErrors(answer.errors || {});
    var words = answer.problem || "Chưa lưu: hãy sửa chỗ báo lỗi.";
    if (answer.secret) forget();
    else if (keep()) words += " Chữ vẫn giữ trên máy này.";
    say(words, "failed");
  }

  function read(response, at) {
    if (response.redirected || response.status === 401) {
      return failed("Phiên đăng nhập đã hết, chưa lưu được. Hãy đăng nhập ở một thẻ khác rồi trở lại đây.");
    }
    if (response.status === 409) return response.text().then(conflict);
    if (response.status === 422) return response.json().then(function (answer) { refused(answer, at); });
    if (!response.ok) return failed("Máy chủ chưa lưu được.");
    return response.json().then(function (answer) { settled(answer, at); });
  }

  function save(leaving) {
    clearTimeout(timer);
    if (saving || waiting || saved === changes) return;
    var at = changes, data = fields();
    data.set("autosave", "1");
    saving = true;
    if (leaving) keep({ left: true });
    else say("Đang lưu…", "busy");
    fetch(form.dataset.autosaveUrl, {
      method: "POST",
      body: new URLSearchParams(data),
      credentials: "same-origin",
      keepalive: leaving === true,
      headers: { "X-CSRFToken": window.PortalToken(form), "X-Requested-With": "XMLHttpRequest" }
    }).then(function (response) { return read(response, at); })
      .catch(function () { failed("Mất kết nối, chưa lưu được."); })
      .finally(function () {
        saving = false;
        if (changes > at && saved === at) soon();
      });
  }

  function soon() { clearTimeout(timer); timer = setTimeout(save, DELAY); }
  function changed() { changes += 1; if (!waiting) soon(); }

  /* ---- conflict ---- */
  function resolve(event) {
    var choice = event.target.closest("[data-conflict]");
    if (!choice || !waiting) return;
    event.preventDefault();
    var told = conflictArea.querySelector("[data-version]");
    if (choice.dataset.conflict === "theirs") {
      conflictArea.querySelectorAll("template[data-theirs]").forEach(function (theirs) {
        var area = document.getElementById(theirs.dataset.theirs);
        if (area && window.PortalEditor) window.PortalEditor.load(area, theirs.innerHTML);
        else if (area) area.value = theirs.content.textContent;
      });
    }
    setVersion(told && told.dataset.version);
    conflictArea.replaceChildren();
    waiting = false;
    changes += 1;
    save();
  }

  /* ---- typed before this script was there ---- */
  function typed(field) {
    if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
    // Hidden ones are written by scripts: the editor itself tells what it took over.
    if (field.type === "hidden" || field.type === "file" || field.hidden || field.defaultValue === undefined) return false;
    return field.value !== field.defaultValue;
  }

  function begin() {
    if (Array.from(form.elements).some(typed)) changed();
    offerKept();
  }

  // A browser that puts old words back after a reload would put them beside the new version.
  form.setAttribute("autocomplete", "off");
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", function () {
    clearTimeout(timer);
    keep({ sent: true });
    saved = changes;
    waiting = false;
  });
  document.addEventListener("click", resolve);
  document.addEventListener("visibilitychange", function () { save(document.visibilityState === "hidden"); });
  window.addEventListener("online", function () { save(); });
  window.addEventListener("beforeunload", function (event) {
    if (saved !== changes && status && status.classList.contains("is-failed")) event.preventDefault();
  });
  if (document.readyState === "complete") begin();
  else window.addEventListener("load", begin);
})();
