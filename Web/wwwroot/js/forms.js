import { all, one, onContent } from './dom.js';

const compare = {
  OneOf: (given, values) => given.some(value => values.includes(value)),
  NoneOf: (given, values) => !given.some(value => values.includes(value)),
  LessThan: ([given], [value]) => number(given) < number(value),
  AtMost: ([given], [value]) => number(given) <= number(value),
  MoreThan: ([given], [value]) => number(given) > number(value),
  AtLeast: ([given], [value]) => number(given) >= number(value),
};
// Razor prints an empty data attribute where there is nothing to say.
const conditional = '[data-when]:not([data-when=""])';
const number = text => (text ?? '') === '' ? NaN : Number(String(text).replaceAll(',', ''));

const given = (form, name) => new FormData(form).getAll(name).filter(value => value !== '');

// Conditional fields: shown while every condition holds. The server checks again.
function conditions(form) {
  for (const field of all(conditional, form)) {
    const tests = JSON.parse(field.dataset.when);
    field.hidden = !tests.every(test => compare[test.op](given(form, test.f), test.v));
  }
}

onContent(content => {
  const forms = new Set(all(conditional, content).map(field => field.closest('form')));
  forms.forEach(form => form && conditions(form));
  all('[data-add-row]', content).forEach(button => { button.hidden = false; });
  one('[data-focus]', content)?.focus();
});

document.addEventListener('input', event => {
  const form = event.target.form;
  if (form && one(conditional, form)) conditions(form);
});

// Another process or kind asks for another form; what was typed goes along.
document.addEventListener('change', event => {
  if (!event.target.matches('[data-reload-form]')) return;
  const step = Object.assign(document.createElement('input'), { type: 'hidden', name: 'step', value: 'edit' });
  event.target.form.append(step);
  event.target.form.submit();
});

document.addEventListener('click', event => {
  const blocked = event.target.closest('button[aria-disabled=true]');
  if (blocked) { event.preventDefault(); return; }

  const add = event.target.closest('[data-add-row]');
  if (!add) return;
  const body = one('tbody', add.parentElement);
  const row = body.rows[body.rows.length - 1].cloneNode(true);
  const index = body.rows.length;
  for (const cell of all('input, select', row)) {
    cell.name = cell.name.replace(/\[\d+\]/, `[${index}]`);
    cell.setAttribute('aria-label', cell.getAttribute('aria-label').replace(/\d+(?!.*\d)/, index + 1));
    cell.value = '';
  }
  body.append(row);
  one('input, select', row).focus();
});

// A long list stands once on the page; each of its fields has only what is chosen and takes the others from there.
for (const field of all('select[data-options^=options-]')) {
  const chosen = field.value;
  for (const option of document.getElementById(field.dataset.options).content.children) {
    if (option.value !== chosen && option.value !== '') field.append(option.cloneNode(true));
  }
}

// A form that is on its way is not sent again by a second click. Where nothing comes of it, as with a file that is saved, it may be sent again after a while.
const onItsWay = 5_000;
document.addEventListener('submit', event => {
  const form = event.target;
  if (event.defaultPrevented || form.getAttribute('method')?.toLowerCase() !== 'post') return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = '1';
  setTimeout(() => delete form.dataset.sent, onItsWay);
});
window.addEventListener('pageshow', () => all('form[data-sent]').forEach(form => delete form.dataset.sent));

// A preview being worked out dims the old one.
const preview = event => event.detail.elt.dataset?.busy && document.getElementById(event.detail.elt.dataset.busy);
document.addEventListener('htmx:beforeRequest', event => preview(event)?.setAttribute('aria-busy', 'true'));
document.addEventListener('htmx:afterRequest', event => preview(event)?.removeAttribute('aria-busy'));
