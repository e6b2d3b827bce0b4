export const all = (selector, within = document) => [...within.querySelectorAll(selector)];
export const one = (selector, within = document) => within.querySelector(selector);

/** Words the server printed for us, in the reader's language. */
export const words = () => one('#words').dataset;

/** Fills {0}, {1} … of a pattern. */
export const fill = (pattern, ...values) => pattern.replace(/\{(\d)\}/g, (_, index) => values[index]);

/** Runs now and again for whatever htmx brings in. */
export function onContent(run) {
  run(document);
  document.addEventListener('htmx:load', event => run(event.detail.elt));
}

export const isTyping = element =>
  element.matches?.('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]') ?? false;
