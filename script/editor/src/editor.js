/* The rich text editor of <textarea data-editor>. What it needs on the page and what it posts is written at the
   top of static/js/section.js. Bundled by script/editor-bundle; Tiptap and ProseMirror, MIT licence. */

import { Editor } from "@tiptap/core";
import { Bold } from "@tiptap/extension-bold";
import { Document } from "@tiptap/extension-document";
import { HardBreak } from "@tiptap/extension-hard-break";
import { Italic } from "@tiptap/extension-italic";
import { BulletList, ListItem, OrderedList } from "@tiptap/extension-list";
import { Paragraph } from "@tiptap/extension-paragraph";
import { Table, TableCell, TableHeader, TableRow } from "@tiptap/extension-table";
import { Text } from "@tiptap/extension-text";
import { UndoRedo } from "@tiptap/extensions";
import { cleanPaste, cleanText } from "./paste.js";

const editors = new WeakMap(); // textarea → Editor

/* Tiptap writes widths into style="", which a strict CSP forbids in stored text. */
const spans = () => ({ colspan: { default: 1 }, rowspan: { default: 1 } });
const PlainTable = Table.extend({
  addAttributes: () => ({}),
  addNodeView: () => null,
  renderHTML: () => ["table", ["tbody", 0]],
  addKeyboardShortcuts() {
    // Tab walks through the cells and then out of the table: no trap for the keyboard.
    return { Tab: () => this.editor.commands.goToNextCell(), "Shift-Tab": () => this.editor.commands.goToPreviousCell() };
  },
}).configure({ resizable: false, View: null });
const PlainCell = TableCell.extend({ addAttributes: spans });
const PlainHeader = TableHeader.extend({ addAttributes: spans });
const PlainItem = ListItem.extend({
  addKeyboardShortcuts() {
    return {
      Enter: () => this.editor.commands.splitListItem(this.name),
      "Mod-]": () => this.editor.commands.sinkListItem(this.name),
      "Mod-[": () => this.editor.commands.liftListItem(this.name),
    };
  },
});

const TOOLS = [
  { icon: "type-bold", label: "Đậm", mark: "bold", run: (chain) => chain.toggleBold() },
  { icon: "type-italic", label: "Nghiêng", mark: "italic", run: (chain) => chain.toggleItalic() },
  { icon: "list-ul", label: "Danh sách", mark: "bulletList", run: (chain) => chain.toggleBulletList() },
  { icon: "list-ol", label: "Danh sách đánh số", mark: "orderedList", run: (chain) => chain.toggleOrderedList() },
  { icon: "table", label: "Bảng", run: (chain) => chain.insertTable({ rows: 3, cols: 3, withHeaderRow: true }) },
  { icon: "arrow-counterclockwise", label: "Hoàn tác", run: (chain) => chain.undo() },
];
const TABLE_TOOLS = [
  { label: "Thêm hàng", run: (chain) => chain.addRowAfter() },
  { label: "Thêm cột", run: (chain) => chain.addColumnAfter() },
  { label: "Xóa hàng", run: (chain) => chain.deleteRow() },
  { label: "Xóa cột", run: (chain) => chain.deleteColumn() },
  { label: "Gộp hoặc tách ô", run: (chain) => chain.mergeOrSplit() },
  { label: "Xóa bảng", run: (chain) => chain.deleteTable() },
];

const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `${document.body.dataset.icons}#${name}`);
  svg.append(use);
  return svg;
}

function toolButton(tool) {
  const button = element("button", { type: "button", class: "btn btn-quiet" });
  if (tool.icon) { button.setAttribute("aria-label", tool.label); button.title = tool.label; button.append(icon(tool.icon)); }
  else button.append(tool.label);
  if (tool.mark) button.setAttribute("aria-pressed", "false");
  return button;
}

export const countWords = (text) => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

/** Names the text for screen readers as the textarea was named. */
function naming(area) {
  const names = { role: "textbox", "aria-multiline": "true", class: "editor-text" };
  const label = area.labels && area.labels[0];
  if (area.getAttribute("aria-labelledby")) names["aria-labelledby"] = area.getAttribute("aria-labelledby");
  else if (label) { label.id = label.id || `${area.id}_label`; names["aria-labelledby"] = label.id; }
  else if (area.getAttribute("aria-label")) names["aria-label"] = area.getAttribute("aria-label");
  for (const name of ["aria-describedby", "aria-invalid"]) if (area.getAttribute(name)) names[name] = area.getAttribute(name);
  return names;
}

function startingContent(area) {
  const template = document.querySelector(`template[data-editor-html="${CSS.escape(area.id)}"]`);
  return template ? cleanTemplate(template.innerHTML) : paragraphs(area.value);
}

const cleanTemplate = (html) => html.normalize("NFC");

function paragraphs(text) {
  const holder = element("div");
  for (const part of cleanText(text).split(/\n\s*\n|\r?\n/)) if (part.trim()) holder.append(element("p", {}, part.trim()));
  return holder.innerHTML;
}

function mount(area) {
  if (editors.has(area)) return editors.get(area);
  const posted = element("input", { type: "hidden", name: `${area.name}_html` });
  const tools = element("div", { class: "editor-tools", role: "group", "aria-label": "Định dạng" });
  const inTable = element("div", { role: "group", "aria-label": "Bảng đang sửa" });
  const words = element("span", { "data-words": "" });
  const foot = element("div", { class: "editor-foot" }, words);
  const place = element("div");
  const box = element("div", { class: "editor" }, tools, place, foot);
  if (area.dataset.editorNote) foot.append(element("span", {}, area.dataset.editorNote));
  area.after(box, posted);
  area.hidden = true;

  const editor = new Editor({
    element: place,
    injectCSS: false,
    content: startingContent(area),
    editable: !area.disabled && !area.readOnly,
    extensions: [Document, Paragraph, Text, HardBreak, Bold, Italic, BulletList, OrderedList, PlainItem, PlainTable, TableRow, PlainHeader, PlainCell, UndoRedo],
    editorProps: {
      attributes: naming(area),
      transformPastedHTML: (html) => (html.includes("data-pm-slice") ? html.normalize("NFC") : cleanPaste(html)),
      transformPastedText: cleanText,
    },
  });

  const buttons = [...TOOLS.map((tool) => [tool, toolButton(tool), tools]), ...TABLE_TOOLS.map((tool) => [tool, toolButton(tool), inTable])];
  for (const [tool, button, where] of buttons) {
    where.append(button);
    button.addEventListener("click", () => tool.run(editor.chain().focus()).run());
  }
  tools.append(inTable);

  const refresh = () => {
    for (const [tool, button] of buttons) {
      if (!tool.mark) continue;
      const active = editor.isActive(tool.mark);
      button.classList.toggle("active", active);
      button.setAttribute("aria-pressed", String(active));
    }
    inTable.hidden = !editor.isActive("table");
  };
  const sync = () => {
    const text = editor.getText({ blockSeparator: "\n\n" }).replace(/\n{3,}/g, "\n\n").trim();
    area.value = text.normalize("NFC");
    posted.value = editor.isEmpty ? "" : editor.getHTML().normalize("NFC");
    const count = countWords(text);
    words.textContent = `${count.toLocaleString("vi-VN")} từ`;
  };
  sync();
  refresh();
  editor.on("update", () => { sync(); area.dispatchEvent(new Event("input", { bubbles: true })); });
  editor.on("transaction", refresh);
  const label = area.labels && area.labels[0];
  if (label) label.addEventListener("click", () => editor.commands.focus());
  editors.set(area, editor);
  return editor;
}

/** Puts other HTML into the editor of that textarea (kept text, a colleague's text), as a step one can undo. */
function load(area, html) {
  const editor = mount(area);
  editor.commands.setContent(cleanTemplate(html), { emitUpdate: true });
}

function mountAll(root) {
  root.querySelectorAll("textarea[data-editor]").forEach(mount);
}

window.PortalEditor = { mount, load, cleanPaste, countWords };
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => mountAll(document));
else mountAll(document);
document.addEventListener("htmx:load", (event) => mountAll(event.target));
