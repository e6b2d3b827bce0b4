import { all, fill, one } from './dom.js';

// An open list says how many of its cases are new or changed and brings them when asked to; an open case says that it was changed. Nothing moves by itself.
// The page asks while it is looked at, less often while the server is busy or away, and at once when somebody comes back to it.
const usual = 20_000;
const longest = 300_000;

const list = () => one('.lst[data-live]');
const page = () => list() ?? one('[data-live-case]');
let timer;
let asking = false;
let wait = usual;
let asked = 0;
let over = false;

// a little apart from others who came in at the same moment
const spread = time => time * (0.85 + Math.random() * 0.3);

function later() {
  clearTimeout(timer);
  if (!over && page()) timer = setTimeout(ask, spread(wait));
}

async function ask() {
  if (over || asking || document.hidden || !page()) return;
  asking = true;
  asked = Date.now();
  try {
    const about = page();
    const answer = await fetch(about.dataset.live ?? about.dataset.liveCase, { headers: { Accept: 'application/json' }, redirect: 'manual' });
    if (answer.ok) {
      wait = usual;
      if (about.isConnected) tell(about, await answer.json());
    } else if (answer.type === 'opaqueredirect' || answer.status === 401 || answer.status === 403 || answer.status === 404) {
      over = true;
    } else {
      wait = Math.min(longest, Math.max(wait * 2, Number(answer.headers.get('Retry-After') ?? 0) * 1000));
    }
  } catch {
    wait = Math.min(longest, wait * 2);
  } finally {
    asking = false;
    later();
  }
}

function tell(about, cases) {
  const bar = one('[data-live-bar]');
  if (!bar) return;
  if (about.dataset.liveCase) {
    const now = Object.values(cases)[0];
    show(bar, now !== undefined && now > Number(about.dataset.version) ? bar.dataset.changed : '');
    return;
  }
  const rows = new Map(all('.rowc').map(row => [row.dataset.case, Number(row.dataset.version)]));
  const fresh = Object.keys(cases).filter(id => !rows.has(id)).length;
  const changed = [...rows].filter(([id, version]) => id in cases && cases[id] > version).length;
  const gone = [...rows.keys()].filter(id => !(id in cases)).length;
  const parts = [[fresh, bar.dataset.new], [changed, bar.dataset.changed], [gone, bar.dataset.gone]].filter(([count]) => count > 0).map(([count, words]) => fill(words, count));
  show(bar, parts.join(bar.dataset.separator));
}

function show(bar, text) {
  const words = one('[data-live-words]', bar);
  if (words.textContent !== text) words.textContent = text;
  bar.hidden = text === '';
}

// Brings the list as it is now; what was chosen stays chosen, and the place that was read stays where it is.
async function bring() {
  const before = list();
  const answer = await fetch(location.href, { headers: { Accept: 'text/html' } }).catch(() => null);
  if (!answer?.ok || answer.redirected) { location.reload(); return; }
  const brought = one('.lst[data-live]', new DOMParser().parseFromString(await answer.text(), 'text/html'));
  if (!brought || !before.isConnected) { location.reload(); return; }
  const versions = new Map(all('.rowc', before).map(row => [row.dataset.case, row.dataset.version]));
  const ticked = new Set(all('.rowc input:checked', before).map(box => box.value));
  const on = one('.rowc.on', before)?.dataset.case;
  const scroller = one('.lst-rows', before);
  const anchor = all('.rowc', before).find(row => row.getBoundingClientRect().bottom > scroller.getBoundingClientRect().top);
  const offset = anchor?.getBoundingClientRect().top;
  before.replaceWith(brought);
  for (const row of all('.rowc', brought)) {
    const box = one('input[type=checkbox]', row);
    if (box) box.checked = ticked.has(row.dataset.case);
    row.classList.toggle('on', row.dataset.case === on);
    row.classList.toggle('fresh', versions.get(row.dataset.case) !== row.dataset.version);
  }
  const same = anchor && one(`.rowc[data-case="${anchor.dataset.case}"]`, brought);
  if (same) one('.lst-rows', brought).scrollTop += same.getBoundingClientRect().top - offset;
  window.htmx.process(brought);
  document.dispatchEvent(new CustomEvent('htmx:load', { detail: { elt: brought } }));
  one('#list-title', brought)?.focus();
}

document.addEventListener('click', event => {
  if (!event.target.closest('[data-live-show]')) return;
  event.preventDefault();
  if (list()) bring(); else location.reload();
});

// back from sleep, from another tab, or from where there was no network
function returned() {
  if (document.hidden || over) return;
  wait = usual;
  if (Date.now() - asked > usual / 2) ask(); else later();
}

document.addEventListener('visibilitychange', returned);
addEventListener('online', returned);
addEventListener('pageshow', event => { if (event.persisted) returned(); });
document.addEventListener('htmx:afterSettle', later);
later();
