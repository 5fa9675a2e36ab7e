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
     422 JSON {"errors": {…}, "problem": "message or empty"}: nothing could be saved (marked secret, too long, not open
         for editing). It is said, not tried again before the next change, and NOT kept on this device.
     401, 403 or a redirect to the login page: the session is over; the text stays on this device.
     anything else, or no network: the text stays on this device and is tried again.

   TYPED EARLY. What was typed before this script came is saved like any other change. (The editor takes over what
   stands in the textarea, caret included.)

   KEPT TEXT lies in localStorage under the person and the page, is offered back on the next visit, and is
   removed by the next save that succeeds. */
(function () {
  "use strict";
  var DELAY = 2000, RETRY = 15000;

  var form = document.querySelector("form[data-autosave-url]");
  if (!form) return;
  var status = document.querySelector("[data-autosave-status]");
  var conflictArea = document.querySelector("[data-conflict-area]");
  var keptArea = document.querySelector("[data-kept-area]");
  var keptKey = "draft:" + (document.body.dataset.user || "") + ":" + location.pathname;
  var timer = null, saving = false, changes = 0, saved = 0, waiting = false;

  function icon(name) {
    var svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    var use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    svg.setAttribute("class", "icon");
    svg.setAttribute("aria-hidden", "true");
    use.setAttribute("href", document.body.dataset.icons + "#" + name);
    svg.append(use);
    return svg;
  }

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
  function keep() {
    var skip = ["csrfmiddlewaretoken", "version"];
    var rows = Array.from(fields().entries()).filter(function (row) { return !skip.includes(row[0]); });
    try { localStorage.setItem(keptKey, JSON.stringify({ at: Date.now(), rows: rows })); } catch (e) { return false; }
    return true;
  }
  function forget() { try { localStorage.removeItem(keptKey); } catch (e) { /* private mode */ } }
  function recall() { try { return JSON.parse(localStorage.getItem(keptKey)); } catch (e) { return null; } }

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

  function button(words, action) {
    var made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-line btn-sm";
    made.textContent = words;
    made.addEventListener("click", action);
    return made;
  }

  function offerKept() {
    var kept = recall();
    if (!kept || !keptArea) return;
    var zone = { timeZone: "Asia/Ho_Chi_Minh" }, day = { day: "2-digit", month: "2-digit", year: "numeric" };
    var moment = new Date(kept.at), clock = { hour: "2-digit", minute: "2-digit", hour12: false };
    var at = moment.toLocaleTimeString("vi-VN", Object.assign(clock, zone)) + " ngày " +
      moment.toLocaleDateString("en-GB", Object.assign(day, zone));
    var box = document.createElement("div"), words = document.createElement("div");
    var line = document.createElement("p"), actions = document.createElement("p");
    box.className = "notice notice-warn mb-3";
    actions.className = "actions mt-2";
    line.textContent = "Máy này còn giữ phần chữ chưa lưu được, lúc " + at + ".";
    actions.append(
      button("Lấy lại phần chữ đó", function () { box.remove(); putBack(kept.rows); }),
      button("Bỏ, dùng bản đã lưu", function () { forget(); box.remove(); }));
    words.append(line, actions);
    box.append(icon("exclamation-triangle-fill"), words);
    keptArea.replaceChildren(box);
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
    forget();
    showErrors(answer.errors || {});
    say(answer.problem || "Chưa lưu: hãy sửa chỗ báo lỗi.", "failed");
  }

  function read(response, at) {
    if (response.redirected || response.status === 401 || response.status === 403) {
      return failed("Phiên đăng nhập đã hết, chưa lưu được. Hãy đăng nhập ở một thẻ khác.");
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
    if (!leaving) say("Đang lưu…", "busy");
    fetch(form.dataset.autosaveUrl, {
      method: "POST",
      body: new URLSearchParams(data),
      credentials: "same-origin",
      keepalive: leaving === true,
      headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, "X-Requested-With": "XMLHttpRequest" }
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
  form.addEventListener("submit", function () { clearTimeout(timer); saved = changes; waiting = false; forget(); });
  document.addEventListener("click", resolve);
  document.addEventListener("visibilitychange", function () { if (document.visibilityState === "hidden") save(true); });
  window.addEventListener("online", function () { save(); });
  window.addEventListener("beforeunload", function (event) {
    if (saved !== changes && status && status.classList.contains("is-failed")) event.preventDefault();
  });
  if (document.readyState === "complete") begin();
  else window.addEventListener("load", begin);
})();
