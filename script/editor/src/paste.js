/* What a paste from Word keeps: paragraphs, lists, bold and tables. Everything else goes. */

const BLOCKS = /^(p|div|h[1-6]|blockquote|pre|section|article|header|footer|address|dd|dt|center|figure|figcaption)$/;
const DROPPED = "style, script, link, meta, title, xml, object, iframe, img, svg, video, audio, input, button, select, textarea, template, noscript";
const BOLD = /(?:^|;)\s*font-weight\s*:\s*(bold|bolder|[6-9]00)/i;
const NOT_BOLD = /(?:^|;)\s*font-weight\s*:\s*(normal|[1-5]00)/i;

/** Style of a pasted element. Attributes are renamed before parsing: a strict CSP reports style and on*. */
const styleOf = (element) => element.getAttribute("data-style") || "";

/** HTML of the clipboard → HTML with only the elements the editor knows. */
export function cleanPaste(html) {
  const source = html.normalize("NFC")
    .replace(/<style[\s\S]*?<\/style>/gi, "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\s(style|on\w+)(\s*=)/gi, " data-$1$2"));
  const page = new DOMParser().parseFromString(source, "text/html");
  page.querySelectorAll(DROPPED).forEach((element) => element.remove());
  page.querySelectorAll("[data-style*='mso-hide'], [data-style*='display:none'], [data-style*='display: none']")
    .forEach((element) => element.remove());
  wordLists(page);
  const clean = document.implementation.createHTMLDocument("");
  copyChildren(page.body, clean.body, clean);
  return clean.body.innerHTML;
}

/** Text of the clipboard, one form of Vietnamese letters. */
export const cleanText = (text) => text.normalize("NFC").replace(/\u00a0/g, " ");

/* ---- Word's lists: paragraphs with mso-list → real lists ---- */

function wordItem(paragraph) {
  const found = /mso-list\s*:\s*l(\d+)\s+level(\d+)/i.exec(styleOf(paragraph));
  if (!found) return null;
  const marker = markerOf(paragraph);
  return { paragraph, list: found[1], level: Number(found[2]), ordered: /^\s*\(?\w{1,5}[.)]/.test(marker) && !/^\s*o\s*$/.test(marker) };
}

/** Takes the printed bullet or number out of the paragraph and returns it. */
function markerOf(paragraph) {
  const ignored = [...paragraph.querySelectorAll("[data-style]")].filter((span) => /mso-list\s*:\s*ignore/i.test(styleOf(span)));
  const text = ignored.map((span) => span.textContent).join("");
  ignored.forEach((span) => span.remove());
  return text;
}

function wordLists(page) {
  let open = []; // lists that are open, outermost first: { level, list, element }
  for (const paragraph of [...page.querySelectorAll("p, h1, h2, h3, h4, h5, h6, div")]) {
    const item = wordItem(paragraph);
    if (!item) continue;
    if (!follows(paragraph, open)) open = [];
    open = open.filter((one) => one.level <= item.level);
    let last = open.at(-1);
    if (last && last.level === item.level && last.list !== item.list) { open.pop(); last = open.at(-1); }
    if (!last || last.level < item.level) {
      const element = page.createElement(item.ordered ? "ol" : "ul");
      if (last) last.element.lastElementChild.append(element);
      else paragraph.before(element);
      last = { level: item.level, list: item.list, element };
      open.push(last);
    }
    const row = page.createElement("li");
    row.append(...paragraph.childNodes);
    last.element.append(row);
    paragraph.remove();
  }
}

/** Whether nothing but blank space lies between the open list and this paragraph. */
function follows(paragraph, open) {
  if (!open.length) return false;
  let before = paragraph.previousSibling;
  while (before && (before.nodeType === Node.COMMENT_NODE || (before.nodeType === Node.TEXT_NODE && !before.data.trim()))) {
    before = before.previousSibling;
  }
  return before === open[0].element;
}

/* ---- copy what is kept ---- */

function copyChildren(from, to, page) {
  for (const child of from.childNodes) copy(child, to, page);
}

function copy(node, to, page) {
  if (node.nodeType === Node.TEXT_NODE) {
    to.append(node.data.replace(/[\s\u00a0]+/g, " "));
    return;
  }
  if (node.nodeType !== Node.ELEMENT_NODE) return;
  const name = node.localName;
  if (name === "br") to.append(page.createElement("br"));
  else if (/^(ul|ol|li|table|tbody|tr)$/.test(name)) into(node, page.createElement(name), to, page);
  else if (name === "td" || name === "th") into(node, cell(node, page), to, page);
  else if (/^(thead|tfoot|colgroup|col|caption)$/.test(name)) { if (name !== "colgroup" && name !== "col") copyChildren(node, to, page); }
  else if (bold(node)) into(node, page.createElement("strong"), to, page);
  else if (BLOCKS.test(name) && !node.querySelector("p, div, table, ul, ol, h1, h2, h3, h4, h5, h6")) paragraph(node, to, page);
  else copyChildren(node, to, page);
}

function into(node, made, to, page) {
  copyChildren(node, made, page);
  to.append(made);
}

function paragraph(node, to, page) {
  const made = page.createElement("p");
  copyChildren(node, made, page);
  if (made.textContent.trim()) to.append(made);
}

function bold(node) {
  const style = styleOf(node);
  if (node.localName === "b" || node.localName === "strong") return !NOT_BOLD.test(style);
  return node.localName === "span" && BOLD.test(style);
}

function cell(node, page) {
  const made = page.createElement(node.localName);
  for (const name of ["colspan", "rowspan"]) {
    const span = Math.min(Number.parseInt(node.getAttribute(name), 10) || 1, 20);
    if (span > 1) made.setAttribute(name, String(span));
  }
  return made;
}
