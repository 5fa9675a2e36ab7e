/* Text kept on this device until the server has said that it is saved.

   One record in localStorage per person, page and visit: "draft:<user>:<path>#<when the page was opened>" →
     {at, version, rows: [[field, value], …], sent: posted with the form, left: saved while leaving}
   so that two tabs, or an old record that nobody has decided about, never write over each other.

   data-saved="/path/"      on the message of a save: what was posted from that page is forgotten
   data-kept-list="/path/"  where records of pages below that path are told of, with the text to copy
                            (a report that was handed over cannot be edited, so its sections do not open) */
(function () {
  "use strict";

  function start(path) { return "draft:" + (document.body.dataset.user || "") + ":" + path; }
  function read(key) { try { return JSON.parse(localStorage.getItem(key)); } catch (e) { return null; } }
  function drop(key) { try { localStorage.removeItem(key); } catch (e) { /* private mode */ } }
  function put(key, record) {
    try { localStorage.setItem(key, JSON.stringify(record)); } catch (e) { return false; }
    return true;
  }

  /* Every record of this person whose key begins so, the newest first. */
  function below(path) {
    var keys = [];
    try { keys = Object.keys(localStorage); } catch (e) { /* private mode */ }
    return keys.filter(function (key) { return key.startsWith(start(path)); })
      .map(function (key) { return { key: key, path: key.slice(start("").length).split("#")[0], record: read(key) }; })
      .filter(function (found) { return found.record && Array.isArray(found.record.rows); })
      .sort(function (a, b) { return b.record.at - a.record.at; });
  }

  function of(path) { return below(path).filter(function (found) { return found.path === path; }); }

  function forgetSent(path) {
    of(path).forEach(function (found) { if (found.record.sent) drop(found.key); });
  }

  function moment(record) {
    var at = new Date(record.at), zone = "Asia/Ho_Chi_Minh";
    return at.toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: zone }) +
      " ngày " + at.toLocaleDateString("en-GB", { day: "2-digit", month: "2-digit", year: "numeric", timeZone: zone });
  }

  function icon(name) {
    var svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    var use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    svg.setAttribute("class", "icon");
    svg.setAttribute("aria-hidden", "true");
    use.setAttribute("href", document.body.dataset.icons + "#" + name);
    svg.append(use);
    return svg;
  }

  function button(words, action) {
    var made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-line btn-sm";
    made.textContent = words;
    made.addEventListener("click", action);
    return made;
  }

  /* A notice with a sentence, perhaps something below it, and buttons; returns the box. */
  function notice(words, middle, buttons) {
    var box = document.createElement("div"), body = document.createElement("div");
    var line = document.createElement("p"), actions = document.createElement("p");
    box.className = "notice notice-warn mb-3";
    actions.className = "actions mt-2";
    line.textContent = words;
    actions.append.apply(actions, buttons);
    body.append(line);
    if (middle) body.append(middle);
    body.append(actions);
    box.append(icon("exclamation-triangle-fill"), body);
    return box;
  }

  function textOf(record) {
    var row = record.rows.find(function (entry) { return entry[0] === "narrative"; });
    return row ? row[1].trim() : "";
  }

  function tell(place, found) {
    var number = decodeURIComponent(found.path.split("/").filter(Boolean).pop());
    var area = document.createElement("textarea");
    area.className = "form-control mt-2";
    area.rows = 5;
    area.readOnly = true;
    area.value = textOf(found.record);
    area.setAttribute("aria-label", "Phần chữ chưa lưu của mục " + number);
    var box = notice("Máy này còn giữ phần chữ chưa lưu được của mục " + number + ", lúc " + moment(found.record) +
      ". Hãy chép lại nếu còn cần.", area, [
      button("Chọn hết để chép", function () { area.focus(); area.select(); }),
      button("Bỏ phần chữ này", function () { drop(found.key); box.remove(); })]);
    place.append(box);
  }

  document.querySelectorAll("[data-saved]").forEach(function (message) { forgetSent(message.dataset.saved); });
  document.querySelectorAll("[data-kept-list]").forEach(function (place) {
    below(place.dataset.keptList).forEach(function (found) {
      // What was sent off while leaving nearly always arrived; the section itself compares and offers it.
      if (!found.record.left && textOf(found.record)) tell(place, found);
    });
  });

  window.PortalKept = {
    start: start, put: put, drop: drop, of: of, forgetSent: forgetSent, moment: moment, icon: icon,
    button: button, notice: notice
  };
})();
