import { all, one, words } from './dom.js';

// One polite region for what was done; a lost connection says so and keeps the text on the page.
function say(text) {
  const region = one('#live');
  if (!region) return;
  const toast = Object.assign(document.createElement('div'), { className: 'toast-x', textContent: text });
  region.replaceChildren(toast);
  setTimeout(() => toast.remove(), 6000);
}

all('[data-fade]').forEach(toast => setTimeout(() => toast.remove(), 6000));
document.addEventListener('htmx:sendError', () => say(words().offline));
addEventListener('offline', () => say(words().offline));

// The address keeps no trace of what was said, so a reload does not say it again.
const address = new URL(location);
if (address.searchParams.has('said')) {
  address.searchParams.delete('said');
  history.replaceState(history.state, '', address);
}
