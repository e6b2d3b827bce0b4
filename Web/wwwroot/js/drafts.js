import { fill, one, words } from './dom.js';

// htmx sends the draft after 600 ms; the server answers when it kept it (HX-Trigger: draft-saved).
const place = draft => draft && one(`[data-saved-for="${draft}"] [data-saved]`);
const draftOf = event => event.detail.elt?.dataset?.draft;

document.addEventListener('htmx:beforeRequest', event => {
  const text = place(draftOf(event));
  if (text) text.textContent = words().saving;
});

document.addEventListener('draft-saved', event => {
  const text = place(event.target.dataset?.draft);
  if (!text) return;
  const time = new Date(event.detail.at).toTimeString().slice(0, 8);
  text.textContent = fill(words().saved, time);
});

for (const failure of ['htmx:responseError', 'htmx:sendError', 'htmx:timeout']) {
  document.addEventListener(failure, event => {
    const text = place(draftOf(event));
    if (text) text.textContent = words().unsaved;
  });
}
