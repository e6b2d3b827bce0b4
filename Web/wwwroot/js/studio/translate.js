// Studio's own words are English in its package. Here they become Chinese as they appear, by our dictionary and nothing else:
// a text that is not in it stays as it is, and what people wrote is not looked at.

const attributes = ['title', 'placeholder', 'aria-label'];

/** What people typed or drew, and what our server has already said in the reader's language. */
const untouched = [
  '.topbar, .rail, #designer-bar, #designer-outline, .skip, .live',
  'script, style, textarea, [contenteditable="true"], .monaco-editor',
  // the canvas, and the picker's activities
  '.x6-graph, [draggable="true"]',
].join(', ');

/** Cells, trails and the tab of the open workflow, which hold what people wrote; the buttons in them have words of Studio's own. */
const written = ['Name', 'Description', 'Definition ID', 'ID', 'Correlation ID', 'Workflow', 'Workflows']
  .map(label => `td[data-label="${label}"]`)
  .concat('.mud-breadcrumbs', '.mud-dynamic-tabs > .mud-tabs-tabbar .mud-tooltip-root:first-child > .mud-tab')
  .join(', ');
const rowsWritten = ['Name', '名称', 'Description', '说明', 'Display text', '显示文字'];

function isWritten(element) {
  const cell = element.closest('td');
  return element.closest(written) !== null
    || (cell !== null && cell.cellIndex > 0 && rowsWritten.includes(cell.parentElement.cells[0].textContent.trim()));
}

export async function translate() {
  const answer = await fetch('/studio/words/zh-CN.json');
  if (!answer.ok) return;
  const say = speaker(await answer.json());

  const text = node => {
    if (!node.parentElement || node.parentElement.closest(untouched) || isWritten(node.parentElement)) return;
    const said = say(node.data, node.parentElement.closest('th') ? 'th:' : '');
    if (said !== node.data) node.data = said;
  };
  const attribute = (element, name) => {
    const value = element.getAttribute(name);
    if (!value || element.closest(untouched) || (isWritten(element) && element.textContent.trim())) return;
    const said = say(value);
    if (said !== value) element.setAttribute(name, said);
  };
  const within = root => {
    if (root.nodeType === Node.TEXT_NODE) return text(root);
    if (root.nodeType !== Node.ELEMENT_NODE || root.closest(untouched)) return;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, node =>
      node.nodeType === Node.ELEMENT_NODE && node.matches(untouched) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    for (let node = root; node; node = walker.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) text(node);
      else for (const name of attributes) attribute(node, name);
    }
  };

  new MutationObserver(changes => {
    for (const change of changes) {
      if (change.type === 'characterData') text(change.target);
      else if (change.type === 'attributes') attribute(change.target, change.attributeName);
      else change.addedNodes.forEach(within);
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: attributes });
  within(document.body);
}

/**
 * Says a text by the dictionary, white space kept; `{0}` in an entry stands for whatever is there, and an entry that begins with `th:`
 * is for heads of columns.
 */
function speaker(words) {
  const exact = new Map();
  const patterns = [];
  for (const [english, chinese] of Object.entries(words)) {
    if (!english.includes('{0}')) exact.set(english, chinese);
    else patterns.push([new RegExp(`^${english.split(/\{\d\}/).map(escape).join('(.+?)')}$`, 's'), placesOf(english), chinese]);
  }
  return (text, where = '') => {
    const plain = text.trim().replace(/\s+/g, ' ');
    if (!/[A-Za-z]{2}/.test(plain) || plain.length > 400) return text;
    const found = exact.get(where + plain) ?? exact.get(plain) ?? byPattern(plain);
    return found === undefined ? text : text.replace(text.trim(), () => found);
  };

  function sayPart(part) {
    return exact.get(part) ?? part;
  }

  function byPattern(plain) {
    for (const [pattern, places, chinese] of patterns) {
      const match = plain.match(pattern);
      if (match) return chinese.replace(/\{(\d)\}/g, (_, place) => sayPart(match[places.indexOf(place) + 1]));
    }
    return undefined;
  }
}

const escape = text => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const placesOf = text => [...text.matchAll(/\{(\d)\}/g)].map(match => match[1]);
