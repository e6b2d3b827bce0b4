import { all, isTyping, one } from './dom.js';
import { closeInnermost } from './popovers.js';

const draftable = '[data-draft]:not([data-draft=""])';
const singleKeys = () => document.documentElement.dataset.keys !== 'off';

// J and K move among the rows, X selects, Enter opens (the link's own way).
function rows(key) {
  const list = all('.rowc');
  if (list.length === 0) return false;
  const at = list.findIndex(row => row.classList.contains('on'));
  if (key === 'x') {
    one('input[type=checkbox]', list[at] ?? list[0])?.click();
    return true;
  }
  const row = list[at < 0 ? 0 : at + (key === 'j' ? 1 : -1)];
  if (!row) return true;
  list[at]?.classList.remove('on');
  row.classList.add('on');
  const link = one('.sub', row);
  link.focus();
  row.scrollIntoView({ block: 'nearest' });
  link.dispatchEvent(new CustomEvent('row-chosen', { bubbles: true }));
  return true;
}

const actions = {
  '/': () => { const find = one('#gs'); find?.focus(); return !!find; },
  '?': () => { const help = one('#keys-dialog'); help?.showModal(); return !!help; },
  j: () => rows('j'),
  k: () => rows('k'),
  x: () => rows('x'),
};

document.addEventListener('keydown', event => {
  if (event.key === 'Escape' && !one('dialog[open]') && closeInnermost(event.target)) return;

  if (event.key === 'Enter' && event.ctrlKey) {
    const form = event.target.closest('form[data-submit-keys]');
    const button = form && (one('button.btn-primary[type=submit]:not([aria-disabled=true])', form));
    if (button) { event.preventDefault(); form.requestSubmit(button); }
    return;
  }

  if (event.altKey && event.key.toLowerCase() === 's') {
    const draft = event.target.closest(draftable) ?? one(draftable);
    if (draft) { event.preventDefault(); draft.dispatchEvent(new CustomEvent('keep-draft')); }
    return;
  }

  if (!singleKeys() || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || one('dialog[open]')) return;
  if (actions[event.key.toLowerCase()]?.()) event.preventDefault();
});
