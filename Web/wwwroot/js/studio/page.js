// Elsa Studio in our frame: starts it, swaps what it shows without loading it again, keeps our bar and the token up to date.
import '../theme.js';
import '../live.js';
import { fill } from '../dom.js';
import { closeInnermost } from '../popovers.js';
import { describe, markActivities } from './icons.js';
import { nameControls } from './names.js';
import { TokenKeeper } from './token.js';
import { translate } from './translate.js';
import { watchStudio } from './watch.js';

const root = document.documentElement;
const studio = document.getElementById('studio');
const byId = id => document.getElementById(id);

document.addEventListener('keydown', event => {
  if (event.key === 'Escape' && event.target.closest('details.pop')) closeInnermost(event.target);
});

// Files of the package in the order they need each other; their addresses hang on the page's base.
const scripts = [
  '_content/BlazorMonaco/jsInterop.js',
  '_content/BlazorMonaco/lib/monaco-editor/min/vs/loader.js',
  '_content/BlazorMonaco/lib/monaco-editor/min/vs/editor/editor.main.js',
  '_content/MudBlazor/MudBlazor.min.js',
  '_content/CodeBeam.MudBlazor.Extensions/MudExtensions.min.js',
  '_content/Radzen.Blazor/Radzen.Blazor.js',
  '_framework/blazor.webassembly.js',
];

const elements = {
  Definitions: 'elsa-workflow-definition-list',
  Definition: 'elsa-workflow-definition-editor',
  Instances: 'elsa-workflow-instance-list',
  Instance: 'elsa-workflow-instance-viewer',
};
const address = {
  Definitions: () => '/studio',
  Definition: id => `/studio/definitions/${encodeURIComponent(id)}`,
  Instances: () => '/studio/instances',
  Instance: id => `/studio/instances/${encodeURIComponent(id)}`,
};

/** The definition and version Studio has opened to show an instance. */
let shown = {};
let place = { view: studio?.dataset.view, id: studio?.dataset.definition || studio?.dataset.instance || '' };

// The canvas needs a screen; a phone reads the outline, and 9 MB stay where they are.
const wide = matchMedia('(min-width: 768px)');

async function start() {
  localStorage.setItem('BlazorCulture', root.lang === 'zh-CN' ? 'zh-CN' : 'en-US');
  if (root.lang === 'zh-CN') await translate();
  markActivities();
  nameControls(studio);
  watchStudio({ saved, opened, described: describe, refused: ended, asked: at => lead('studio-confirm', at), doubted: at => lead('studio-prove', at) });
  keeper = new TokenKeeper(provide, ended);
  await show(place, { keep: true });
  try {
    for (const script of scripts) await load(script);
  } catch {
    byId('studio-failed').hidden = false;
  }
}

function load(source) {
  return new Promise((done, failed) => {
    const script = Object.assign(document.createElement('script'), { src: source, onload: done, onerror: failed });
    document.body.append(script);
  });
}

// A token is read once, when its element starts; a new element in the old one's place makes Studio use the new token.
function provide(token) {
  const fresh = document.createElement('elsa-backend-provider');
  fresh.setAttribute('remote-endpoint', `${location.origin}/elsa/api`);
  fresh.setAttribute('access-token', token);
  const old = studio.querySelector('elsa-backend-provider');
  if (old) old.replaceWith(fresh);
  else studio.prepend(fresh);
}

function ended() {
  const note = byId('studio-ended');
  note.querySelector('[data-sign-in]').href = `/sign-in?returnUrl=${encodeURIComponent(location.pathname)}`;
  note.hidden = false;
}

// Studio has refused to publish: what the version gives away is confirmed on the process's page, who publishes on the page that asks again
function lead(id, at) {
  stay();
  const note = byId(id);
  note.querySelector('a').href = at;
  note.hidden = false;
}

function stay() {
  for (const id of ['studio-confirm', 'studio-prove']) byId(id).hidden = true;
}

let keeper;
let turning = Promise.resolve();

/** Shows a list, a definition or an instance; what is of the same kind stays and only gets another id. */
function show(next, { keep = false } = {}) {
  place = next;
  shown = {};
  stay();
  turning = turning.then(() => turn(next));
  if (!keep) {
    history.pushState({ designer: next }, '', address[next.view](next.id));
    refreshBar();
  }
  return turning;
}

async function turn(next) {
  const tag = elements[next.view];
  const attribute = { Definition: 'definition-id', Instance: 'instance-id' }[next.view];
  const about = { Definition: { definition: next.id }, Instance: { instance: next.id } }[next.view] ?? {};
  if (!await keeper.ask(about)) return;
  const there = studio.querySelector(tag);
  if (there) {
    if (attribute && there.getAttribute(attribute) !== next.id) there.setAttribute(attribute, next.id);
    return;
  }
  for (const other of Object.values(elements)) await takeAway(studio.querySelector(other));
  const element = document.createElement(tag);
  if (attribute) element.setAttribute(attribute, next.id);
  studio.append(element);
  customElements.whenDefined(tag).then(() => {
    studio.removeAttribute('aria-busy');
    byId('studio-wait')?.remove();
    connect(element);
  });
}

// An element ends its component a second after it is gone; two at once would share one place for dialogs and menus, so it ends first.
async function takeAway(element) {
  if (!element) return;
  const component = await element._addRootComponentPromise;
  await component?.dispose();
  element.remove();
}

function connect(element) {
  const go = view => id => show({ view, id });
  element.editWorkflowDefinition = go('Definition');
  element.viewWorkflowInstance = go('Instance');
}

document.addEventListener('click', event => {
  const link = event.target.closest('a[data-studio-view]');
  if (!link || !wide.matches || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  show({ view: link.dataset.studioView, id: '' });
});

addEventListener('popstate', event => {
  const next = event.state?.designer ?? placeOf(location.pathname);
  if (next) {
    show(next, { keep: true });
    refreshBar();
  }
});

function placeOf(path) {
  const [, kind, id] = path.match(/^\/studio(?:\/(definitions|instances)(?:\/([^/]+))?)?\/?$/) ?? [];
  if (id) return { view: kind === 'definitions' ? 'Definition' : 'Instance', id: decodeURIComponent(id) };
  return path.startsWith('/studio') ? { view: kind === 'instances' ? 'Instances' : 'Definitions', id: '' } : null;
}

// Our bar: what is shown, in which state, how many findings. Asked again when that may have changed.
let asked = 0;

async function refreshBar(savedAt) {
  const turn = ++asked;
  const query = new URLSearchParams({ view: place.view });
  if (place.view === 'Definition') query.set('definition', place.id);
  if (place.view === 'Instance') {
    query.set('instance', place.id);
    if (shown.definition) query.set('definition', shown.definition);
  }
  if (place.view === 'Instance' && shown.version) query.set('version', shown.version);
  const answer = await fetch(`/studio/bar?${query}`);
  if (!answer.ok || turn !== asked) return;
  const parts = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const outline = parts.querySelector('[data-studio-outline]');
  if (outline) outline.open = document.querySelector('[data-studio-outline]')?.open ?? false;
  byId('designer-bar').replaceChildren(parts.querySelector('.studio-bar'));
  byId('designer-outline').replaceChildren(...outline ? [outline] : []);
  if (savedAt) sayWhen(savedAt);
  for (const link of document.querySelectorAll('.topbar a[hreflang]')) {
    link.href = `${address[place.view](place.id)}?lang=${link.hreflang}`;
  }
}

function sayWhen(at) {
  const mark = document.querySelector('[data-studio-saved]');
  if (!mark) return;
  mark.hidden = false;
  mark.querySelector('[role=status]').textContent =
    fill(studio.dataset.saved, at.toLocaleTimeString(root.lang, { hour: '2-digit', minute: '2-digit', hour12: false }));
}

let later = 0;
function saved() {
  stay();
  clearTimeout(later);
  const at = new Date();
  later = setTimeout(() => refreshBar(at), 300);
}

function opened(definition, version) {
  if (place.view !== 'Instance' || (shown.definition === definition && shown.version === version)) return;
  shown = { definition, version };
  refreshBar();
}

if (!wide.matches) for (const part of document.querySelectorAll('[data-studio-outline], [data-studio-outline] .dia-list')) part.open = true;
if (studio && wide.matches) start();
else if (studio) wide.addEventListener('change', () => wide.matches && start(), { once: true });
