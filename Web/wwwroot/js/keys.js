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

// A gives the row's task to somebody, R answers the complainant, E completes: on a row of the list, or on the case that is open.
function toCase(part) {
  const link = one('.rowc.on .sub');
  if (link) { location.assign(`${link.href}#${part}`); return true; }
  const panel = one(`#${part}`);
  const field = panel && one('textarea, input:not([type=hidden]), select, button', panel);
  if (!field) return false;
  panel.scrollIntoView({ block: 'nearest' });
  field.focus();
  return true;
}

function assign() {
  const box = one('.rowc.on input[type=checkbox]');
  const button = one('.bulk button[value=assign]') ?? one('.bulk button[value=handover]');
  if (!box || !button) return false;
  if (!box.checked) box.click();
  button.click();
  return true;
}

const actions = {
  a: assign,
  r: () => toCase('composer'),
  e: () => toCase('task'),
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
