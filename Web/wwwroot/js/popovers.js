import { all, one } from './dom.js';

// details.pop: Esc closes the innermost and returns focus; a click outside closes.
export function closeInnermost(from) {
  const open = from?.closest?.('details.act[open], details.pop[open]')
    ?? all('details.pop[open]').at(-1);
  if (!open) return false;
  open.open = false;
  one('summary', open).focus();
  return true;
}

document.addEventListener('click', event => {
  for (const pop of all('details.pop[open]')) {
    if (!pop.contains(event.target)) pop.open = false;
  }
  const opener = event.target.closest('[data-open-dialog]');
  if (opener) document.getElementById(opener.dataset.openDialog)?.showModal();
});

// A wide diagram opens at the step where the case is.
document.addEventListener('toggle', event => {
  const now = event.target.open && one('.dia .now rect, .dia .fail rect', event.target);
  if (!now) return;
  const box = now.closest('.dia-scroll');
  box.scrollLeft += now.getBoundingClientRect().left - box.getBoundingClientRect().left - box.clientWidth / 3;
}, true);
