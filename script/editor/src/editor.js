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

/* Somebody may type into the textarea before this script has come. Blocks of its text and top-level nodes of the
   editor go side by side (the server writes the one from the other), so that only blocks that were typed in are
   made anew; they lose bold and tables, which one step of undo brings back. */
const blocks = (text) => text.replace(/\r\n?/g, "\n").split(/\n[ \t]*\n/);
const lines = (block) => block.split("\n");
const unmarked = (line) => line.replace(/^- /, "");

function paragraph(texts) {
  const content = texts.flatMap((text, place) => [
    ...(place ? [{ type: "hardBreak" }] : []),
    ...(text ? [{ type: "text", text }] : []),
  ]);
  return { type: "paragraph", content };
}

function blockNode(block) {
  if (!lines(block).every((line) => line.startsWith("- "))) return paragraph(lines(block));
  return { type: "bulletList", content: lines(block).map((line) => ({ type: "listItem", content: [paragraph([unmarked(line)])] })) };
}

/** Brings what was typed into the textarea into the editor; false when nothing was. */
function takeTyped(editor, area, value) {
  if (value === area.defaultValue) return false;
  const before = blocks(area.defaultValue), after = blocks(value), old = editor.getJSON().content || [];
  let head = 0, tail = 0;
  if (before.length === old.length) {
    const shorter = Math.min(before.length, after.length);
    while (head < shorter && before[head] === after[head]) head += 1;
    while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  }
  const middle = after.slice(head, after.length - tail).map((block) => blockNode(block.normalize("NFC")));
  const content = [...old.slice(0, head), ...middle, ...(tail ? old.slice(-tail) : [])];
  editor.commands.setContent({ type: "doc", content }, { emitUpdate: false });
  return true;
}

/** Every character of a top-level node that begins at `start`, with the position after it. */
function characters(node, start) {
  const found = [];
  node.descendants((child, offset) => {
    const text = child.isText ? child.text : child.type.name === "hardBreak" ? "\n" : "";
    for (let place = 0; place < text.length; place += 1) found.push([text[place], start + 2 + offset + place]);
  });
  return found;
}

/** The last position in a top-level node where one can type. */
function endOf(node, start) {
  let end = start + 1 + (node.isTextblock ? node.content.size : 0);
  node.descendants((child, offset) => { if (child.isTextblock) end = start + 2 + offset + child.content.size; });
  return end;
}

/** Puts the caret where it stood in the textarea: in the same block, after as many letters and the blanks there. */
function takeCaret(editor, value, caret) {
  const passed = blocks(value.slice(0, caret)), begun = passed.at(-1), whole = blocks(value), doc = editor.state.doc;
  if (doc.childCount !== whole.length) return editor.commands.focus("end");
  const node = doc.child(passed.length - 1);
  let start = 0;
  for (let place = 0; place < passed.length - 1; place += 1) start += doc.child(place).nodeSize;
  if (begun === whole[passed.length - 1]) return editor.commands.focus(endOf(node, start));
  const text = lines(begun.normalize("NFC")).map(unmarked).join("\n");
  let letters = text.replace(/\s/g, "").length, blanks = text.match(/\s*$/)[0].length, position = start + 1;
  for (const [letter, after] of characters(node, start)) {
    const blank = /\s/.test(letter);
    if (!letters && !(blank && blanks)) break;
    if (!letters) blanks -= 1;
    else if (!blank) letters -= 1;
    position = after;
  }
  return editor.commands.focus(position);
}

function mount(area) {
  if (editors.has(area)) return editors.get(area);
  const value = area.value, caret = document.activeElement === area ? area.selectionStart : null;
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
  const tell = () => area.dispatchEvent(new Event("input", { bubbles: true }));
  const typed = takeTyped(editor, area, value);
  if (caret !== null) takeCaret(editor, value, caret);
  sync();
  refresh();
  editor.on("update", () => { sync(); tell(); });
  // What saves by itself comes after this script, so it hears of the typed text when the page is whole.
  if (typed && document.readyState === "complete") tell();
  else if (typed) window.addEventListener("load", tell, { once: true });
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
