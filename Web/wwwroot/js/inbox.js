import { all, one, onContent } from './dom.js';

// A click shows the preview where there is room for it; the keyboard's Enter, or a small screen, opens the case.
const hasPane = () => { const pane = one('#preview'); return !!pane && getComputedStyle(pane).display !== 'none'; };

function choose(link) {
  all('.rowc.on').forEach(row => row.classList.remove('on'));
  link.closest('.rowc').classList.add('on');
  if (hasPane()) link.dispatchEvent(new CustomEvent('preview'));
}

document.addEventListener('row-chosen', event => choose(event.target));
document.addEventListener('click', event => {
  const link = event.target.closest('.rowc .sub');
  if (!link || event.detail !== 1 || event.ctrlKey || event.metaKey || event.shiftKey || !hasPane()) return;
  event.preventDefault();
  choose(link);
});
document.addEventListener('dblclick', event => {
  const link = event.target.closest('.rowc .sub');
  if (link) location.assign(link.href);
});

function count() {
  const bar = one('[data-bulk]');
  if (!bar) return;
  const boxes = all('.rowc input[type=checkbox]');
  const chosen = boxes.filter(box => box.checked).length;
  bar.hidden = chosen === 0;
  one('[data-bulk-count]', bar).textContent = chosen;
  const every = one('[data-select-all]');
  every.checked = chosen > 0 && chosen === boxes.length;
  every.indeterminate = chosen > 0 && chosen < boxes.length;
}

document.addEventListener('change', event => {
  if (event.target.matches('[data-select-all]')) {
    all('.rowc input[type=checkbox]').forEach(box => { box.checked = event.target.checked; });
  }
  if (event.target.matches('.rowc input[type=checkbox], [data-select-all]')) count();
});
onContent(count);
