import { all, fill, one, words } from './dom.js';

// htmx sends the draft after 600 ms; the server answers when it kept it (HX-Trigger: draft-saved).
const place = draft => draft && one(`[data-saved-for="${draft}"] [data-saved]`);
const draftOf = event => event.detail.elt?.dataset?.draft;

document.addEventListener('htmx:beforeRequest', event => {
  const text = place(draftOf(event));
  if (text) text.textContent = words().saving;
});

// what is being sent is no draft any more: one kept after it was sent would come back
document.addEventListener('submit', event => { event.target.dataset.leaving = 'on'; });
document.addEventListener('htmx:beforeRequest', event => {
  if (draftOf(event) && event.detail.elt.closest('form')?.dataset.leaving) event.preventDefault();
});
window.addEventListener('pageshow', event => {
  // back on a page the browser kept whole: what was sent from it is asked of the server, which knows what of it is a draft still
  if (event.persisted && one('form[data-leaving] [data-draft]')) { location.reload(); return; }
  all('form[data-leaving]').forEach(form => delete form.dataset.leaving);
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
